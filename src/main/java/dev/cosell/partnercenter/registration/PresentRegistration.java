package dev.cosell.partnercenter.registration;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The webhook registration as Partner Center shows it.
 *
 * @param ownHeader whether the signature travels in {@code x-ms-signature}; null when the answer does not say
 */
record PresentRegistration(String url, Set<String> events, Boolean ownHeader) {

    /** Names of properties compare without case. Null when the answer holds no registration. */
    static PresentRegistration of(Map<String, Object> answer) {
        Map<String, Object> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        named.putAll(answer);
        if (!(named.get("WebhookUrl") instanceof String url) || url.isBlank()) {
            return null;
        }
        Set<String> events = new TreeSet<>();
        if (named.get("WebhookEvents") instanceof List<?> list) {
            list.forEach(event -> events.add(String.valueOf(event)));
        }
        return new PresentRegistration(url, events,
                named.get("SignatureTokenToMsSignatureHeader") instanceof Boolean flag ? flag : null);
    }

    /** Names the holder for people: the host alone, because paths and queries of such addresses hold secrets. */
    String holder() {
        try {
            return String.valueOf(URI.create(url).getHost());
        } catch (IllegalArgumentException unreadable) {
            return "an address that cannot be read";
        }
    }

    boolean hasEvents(Set<String> wanted) {
        Set<String> mine = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        mine.addAll(events);
        return mine.containsAll(wanted);
    }
}
