package dev.cosell.partnercenter.door;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Origins of certificates that notifications needed and that are not on the list. Microsoft has moved its certificates
 * before, so a person must get to know; but anybody can send such a notification, so memory and log lines are limited.
 */
public final class RejectedOrigins {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final int MOST = 20;
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private record Seen(int times, Instant last) {}

    private static final String SIGNING = "A notification was refused because it names a certificate at {}, which is "
            + "not in webhook.certificate-origins. If Microsoft has moved its certificates there, add this origin to "
            + "the setting; if not, somebody tries to forge notifications{}";
    private static final String ISSUING = "A notification was refused because the issuer of its certificate is to be "
            + "had at {} alone, which is not in webhook.issuer-origins. If that is Microsoft's or its authority's, add "
            + "this origin to the setting, or put the issuer's certificate into the file of webhook.intermediates; if "
            + "not, somebody tries to forge notifications{}";

    private final Clock clock;
    /** The origin, and how many others went without a line. */
    private final String sentence;
    private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);
    private Instant nextLine = Instant.MIN;
    private int untold;

    /** Those of signing certificates. */
    public RejectedOrigins(Clock clock) {
        this(clock, SIGNING);
    }

    private RejectedOrigins(Clock clock, String sentence) {
        this.clock = clock;
        this.sentence = sentence;
    }

    /** Those of the certificates that issued them. */
    static RejectedOrigins ofIssuers(Clock clock) {
        return new RejectedOrigins(clock, ISSUING);
    }

    /** @return whether its origin is one that is not accepted */
    synchronized boolean add(String url, Set<String> accepted) {
        String origin = origin(url);
        // The right origin with a wrong path is a forgery or a mistake, not a move.
        if (origin == null || accepted.contains(origin)) {
            return false;
        }
        Instant now = clock.instant();
        Seen before = seen.put(origin, new Seen(seen.containsKey(origin) ? seen.get(origin).times() + 1 : 1, now));
        forgetTheOldest();
        if (before == null) {
            tell(origin, now);
        }
        return true;
    }

    private void forgetTheOldest() {
        if (seen.size() > MOST) {
            Iterator<String> oldestFirst = seen.keySet().iterator();
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private void tell(String origin, Instant now) {
        if (now.isBefore(nextLine)) {
            untold++;
            return;
        }
        LOG.error(sentence, origin, untold == 0 ? "" : " (" + untold + " other origins since the last line)");
        untold = 0;
        nextLine = now.plus(BETWEEN_LINES);
    }

    /** Null when nobody could connect to the address. */
    private static String origin(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null || uri.getScheme() == null ? null
                    : (uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
                            .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** The latest ones, the newest last, each with how often and when it was last named. */
    public synchronized List<String> latest() {
        return seen.entrySet().stream()
                .map(origin -> origin.getKey() + " (" + origin.getValue().times() + " times, last "
                        + origin.getValue().last() + ")")
                .toList();
    }
}
