package dev.cosell.partnercenter.door;

import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Public keys of trusted certificates by address, so that a usual notification costs no fetch and no chain. */
final class SigningKeys {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);
    private static final int UNAVAILABLE = 503;
    private static final int MOST = 16;
    private static final int MOST_WAITING = 8;

    /**
     * @param fetched when the certificate came; a forged signature must not make us fetch it over and over
     * @param until   when it is to be fetched again
     * @param end     of its validity
     */
    record Key(PublicKey key, Instant fetched, Instant until, Instant end) {
        private Key until(Instant again) {
            return new Key(key, fetched, again.isBefore(end) ? again : end, end);
        }
    }

    private final CertificateDownload download;
    private final CertificateTrust trust;
    private final Clock clock;
    private final Map<URI, Key> keys = new ConcurrentHashMap<>();
    private final ReentrantLock fetching = new ReentrantLock();

    SigningKeys(CertificateDownload download, CertificateTrust trust, Clock clock) {
        this.download = download;
        this.trust = trust;
        this.clock = clock;
    }

    Key get(URI uri) {
        Key known = keys.get(uri);
        if (fresh(known)) {
            return known;
        }
        try {
            return fetch(uri, known);
        } catch (WebhookRefusal refusal) {
            if (refusal.status() != UNAVAILABLE || known == null || !clock.instant().isBefore(known.end())) {
                throw refusal;
            }
            // Its host is away, and it is as valid as it was; not every notification has to wait for that host.
            Key again = known.until(clock.instant().plus(BETWEEN_TRIES));
            keys.replace(uri, known, again);
            return again;
        }
    }

    /** The key after a refetch; null when it was fetched only just now. */
    Key newer(URI uri, Key refused) {
        return clock.instant().isBefore(refused.fetched().plus(BETWEEN_FETCHES)) ? null : fetch(uri, refused);
    }

    private boolean fresh(Key key) {
        return key != null && clock.instant().isBefore(key.until());
    }

    /** One fetch at a time: those who wait for the same certificate find it done. */
    private Key fetch(URI uri, Key unwanted) {
        boolean mine = false;
        try {
            // Forged addresses must not make every worker of the door wait.
            mine = fetching.getQueueLength() < MOST_WAITING && fetching.tryLock(5, TimeUnit.SECONDS);
            if (!mine) {
                throw new WebhookRefusal(UNAVAILABLE, "certificate not available");
            }
            Key known = keys.get(uri);
            return known != unwanted && fresh(known) ? known : fetched(uri);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebhookRefusal(UNAVAILABLE, "certificate not available");
        } finally {
            if (mine) {
                fetching.unlock();
            }
        }
    }

    private Key fetched(URI uri) {
        X509Certificate certificate = download.fetch(uri);
        Instant now = clock.instant();
        trust.check(certificate, now);
        Instant end = certificate.getNotAfter().toInstant();
        Key key = new Key(certificate.getPublicKey(), now, now, end).until(now.plus(LONGEST));
        if (keys.size() >= MOST) {
            keys.clear();
        }
        keys.put(uri, key);
        return key;
    }
}
