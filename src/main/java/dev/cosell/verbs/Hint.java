package dev.cosell.verbs;

import java.time.Instant;

/**
 * "Look at this record." All that a webhook, a poll, a sweep or a retry says; never data.
 *
 * @param system    who owns the record: {@code partner-center} or a CRM's name
 * @param id        the record's id in that system
 * @param version   the version that was reported, null when the reporter does not tell
 * @param changedAt when the record changed, as a notification says; null when the reporter does not tell, or told of
 *     several changes
 */
public record Hint(String system, String id, String version, Origin origin, Instant changedAt) {
    /** The system of all other referrals. */
    public static final String PARTNER_CENTER = "partner-center";

    /** The system of leads that the marketplace pushed: they are not in Partner Center. */
    public static final String MARKETPLACE = "marketplace";

    public Hint(String system, String id, String version, Origin origin) {
        this(system, id, version, origin, null);
    }

    public enum Origin {
        WEBHOOK, POLL, SWEEP, RETRY, EVENT,
        /** A backfill handed it over: live changes go first. */
        BACKFILL,
        /** The same as a retry, of one of very many: live changes go first. */
        BULK,
        /** Time brought it: a parked record is looked at once more, though nobody asked. Live changes go first. */
        AGAIN,
        /** Rows that belong to the record changed, which leaves the record's own version as it was. */
        PARTS,
        /**
         * Another organisation's referral of the deal changed, such as Microsoft's. The id may be that one's, which
         * need not be shown to us, or that of our own.
         */
        RELATED,
        /** Somebody asks what a sync would do. It is on no queue, and nothing is written because of it. */
        PREVIEW;

        /** Whether live changes go first. */
        public boolean canWait() {
            return this == BACKFILL || this == BULK || this == AGAIN;
        }
    }

    /** Whether the record is no CRM's, so that every CRM has to hear of it. */
    public boolean concernsAll() {
        return system.equals(PARTNER_CENTER) || system.equals(MARKETPLACE);
    }

    /** The same about a change at that time; null for one that is not known. */
    public Hint changedAt(Instant time) {
        return new Hint(system, id, version, origin, time);
    }
}
