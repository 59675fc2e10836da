package dev.cosell.partnercenter;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which addresses a notification may name for its certificate; nothing else is ever fetched. */
final class CertificateUrlPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateUrlPolicy.class);
    private static final Pattern PATH = Pattern.compile("/cert/[A-Za-z0-9._-]+\\.cer");
    private static final int LONGEST = 512;

    private static final int MOST_NAMED = 100;

    private final Set<String> origins;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    /** @param origins scheme, host and, unless it is the usual one, port, e.g. {@code https://certificates.example} */
    CertificateUrlPolicy(Set<String> origins) {
        this.origins = origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Throws {@link WebhookRefusal} unless the address is on the list. */
    URI accepted(String url) {
        URI uri = parsed(url);
        boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!plain || uri.getRawPath() == null || !PATH.matcher(uri.getRawPath()).matches()) {
            throw refused();
        }
        String origin = (uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())).toLowerCase(Locale.ROOT);
        if (!origins.contains(origin)) {
            name(origin);
            throw refused();
        }
        return uri;
    }

    /** Once for each origin and not for many, because anybody can send such a notification. */
    private void name(String origin) {
        if (named.size() < MOST_NAMED && named.add(origin)) {
            LOG.warn("A notification names a certificate at {}, which is not on the list of certificate origins; if Microsoft has moved"
                    + " its certificates, add this origin to the settings", origin);
        }
    }

    private static URI parsed(String url) {
        try {
            if (url.length() <= LONGEST) {
                return URI.create(url);
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw refused();
        }
        throw refused();
    }

    private static WebhookRefusal refused() {
        return new WebhookRefusal(401, "certificate address not accepted");
    }
}
