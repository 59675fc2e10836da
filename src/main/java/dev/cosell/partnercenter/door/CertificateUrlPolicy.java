package dev.cosell.partnercenter.door;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses a notification may name for its certificate; nothing else is ever fetched. The address is compared as
 * a text, before anything takes it apart, so that no reading of it can differ from another.
 */
final class CertificateUrlPolicy {
    private static final Pattern PATH = Pattern.compile("/cert/[A-Za-z0-9._-]+\\.cer");
    private static final int LONGEST = 512;

    private final Set<String> origins;
    private final RejectedOrigins rejected;

    /**
     * @param origins scheme, host and, unless it is the usual one, port, in small letters, e.g.
     * {@code https://certificates.example}
     */
    CertificateUrlPolicy(Set<String> origins, RejectedOrigins rejected) {
        this.origins = Set.copyOf(origins);
        this.rejected = rejected;
    }

    /** Throws {@link WebhookRefusal} unless the address is on the list. */
    URI accepted(String url) {
        if (url.length() <= LONGEST) {
            for (String origin : origins) {
                if (url.startsWith(origin) && PATH.matcher(url.substring(origin.length())).matches()) {
                    return URI.create(url);
                }
            }
            rejected.add(url, origins);
        }
        throw new WebhookRefusal(401, "certificate address not accepted");
    }
}
