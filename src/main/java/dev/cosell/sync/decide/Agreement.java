package dev.cosell.sync.decide;

import dev.cosell.verbs.SystemRecord;

/**
 * What two records last agreed on, and how far each had come then.
 *
 * @param referral not null
 * @param crm      not null
 */
public record Agreement(AgreedValues values, Seen referral, Seen crm) {
    /** Of records that never agreed. */
    public static final Agreement NONE = new Agreement(AgreedValues.NONE, Seen.NONE, Seen.NONE);

    /**
     * A state of a record.
     *
     * @param version null when it is not known, or has to come back as news
     * @param order   {@link dev.cosell.verbs.RecordView#order} of that state; null when not known
     */
    public record Seen(String version, Long order) {
        public static final Seen NONE = new Seen(null, null);

        Seen at(String latest) {
            return new Seen(latest, order);
        }

        /** With the order of the state that our writes have left, so that an older read is known as one. */
        Seen upTo(SystemRecord now) {
            return now.order() == null ? this : new Seen(version, now.order());
        }
    }

    public Agreement with(AgreedValues now) {
        return new Agreement(now, referral, crm);
    }
}
