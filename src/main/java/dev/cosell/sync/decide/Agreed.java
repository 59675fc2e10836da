package dev.cosell.sync.decide;

import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What both sides showed of one mapping row when they last agreed, in its normal form. While a write is under way also
 * the value that is being written: until somebody has seen it there, it may have arrived or not.
 *
 * @param referral   the referral's value; null for an empty one
 * @param crm        the CRM's value; null for an empty one
 * @param toReferral what is being written to the referral; null when nothing is
 * @param toCrm      what is being written to the CRM; null when nothing is
 * @param mark       of the row's Partner Center fields, about which it was agreed; null when nobody noted that
 */
public record Agreed(Object referral, Object crm, Begun toReferral, Begun toCrm, String mark) {

    /**
     * @param value   null when the field is being cleared
     * @param earlier what was being written when that came to no known end, oldest first: any of it may have arrived
     * @param since   what both sides showed when it began; null when it is known not to have arrived
     * @param told    what is to be said of it once it is known to have arrived; empty when that is no more than that
     *     it travelled
     */
    public record Begun(Object value, List<Object> earlier, Shown since, List<String> told) {
        private static final int REMEMBERED = 20;

        public Begun {
            earlier = Collections.unmodifiableList(new ArrayList<>(earlier));
            told = List.copyOf(told);
        }

        public Begun(Object value) {
            this(value, List.of(), null);
        }

        public Begun(Object value, List<Object> earlier, Shown since) {
            this(value, earlier, since, List.of());
        }

        private static Begun after(Begun unfinished, Object value, Shown since) {
            if (unfinished == null) {
                return new Begun(value, List.of(), since);
            }
            List<Object> all = new ArrayList<>(unfinished.earlier);
            all.add(unfinished.value);
            all.removeIf(each -> Objects.equals(each, value));
            return new Begun(value, all.subList(Math.max(0, all.size() - REMEMBERED), all.size()),
                    since == null ? unfinished.since : since,
                    Objects.equals(unfinished.value, value) ? unfinished.told : List.of());
        }

        /** What is to be said now that the side shows this. */
        List<String> toldOf(Object now) {
            return Objects.equals(value, now) ? told : List.of();
        }

        private boolean wrote(Object now) {
            return Objects.equals(value, now) || earlier.contains(now);
        }
    }

    /** What both sides showed of a row at one moment, in its normal form. */
    public record Shown(Object referral, Object crm) {}

    public Agreed(Object referral, Object crm, Begun toReferral, Begun toCrm) {
        this(referral, crm, toReferral, toCrm, null);
    }

    /** Nothing is being written. */
    public static Agreed on(Object referral, Object crm) {
        return new Agreed(referral, crm, null, null);
    }

    /** The same of a row of the table in force. */
    static Agreed of(Row row, Object referral, Object crm) {
        return new Agreed(referral, crm, null, null, row.mark());
    }

    /** What two records show of a row. */
    public static Agreed shown(Row row, Map<String, Object> referral, Map<String, Object> crm) {
        return of(row, row.normalReferral(row.referralValue(referral)), row.normalCrm(row.crmValue(crm)));
    }

    /** Whether it was agreed about the fields that the row has now; where nobody noted them they count as the same. */
    boolean isOf(Row row) {
        return mark == null || mark.equals(row.mark());
    }

    /** @param since what both sides show; null when the write is known not to arrive */
    Agreed writingReferral(Object value, Shown since) {
        return new Agreed(referral, crm, Begun.after(toReferral, value, since), toCrm, mark);
    }

    /** The same with what is to be said of the write to the referral; no sentence leaves those there are. */
    Agreed saying(List<String> told) {
        return told.isEmpty() ? this
                : new Agreed(referral, crm,
                        new Begun(toReferral.value, toReferral.earlier, toReferral.since, told), toCrm, mark);
    }

    /** Of {@link #writingReferral} towards the CRM. */
    Agreed writingCrm(Object value, Shown since) {
        return new Agreed(referral, crm, toReferral, Begun.after(toCrm, value, since), mark);
    }

    /**
     * The same of a record that is being made, while that of an earlier attempt may be found instead: what the CRM
     * shows may be from either.
     *
     * @param earlier what was noted of that attempt; null when it noted nothing of the row
     */
    Agreed orOf(Agreed earlier) {
        boolean same = earlier == null || !earlier.isOfThoseOf(this)
                || Objects.equals(earlier.crm, crm) && !earlier.isBegun();
        return same ? this : earlier.writingCrm(crm, new Shown(referral, earlier.crm));
    }

    /** Whether a write of it is under way. */
    boolean isBegun() {
        return toReferral != null || toCrm != null;
    }

    boolean referralMoved(Object now) {
        return !Objects.equals(referral, now);
    }

    boolean crmMoved(Object now) {
        return !Objects.equals(crm, now);
    }

    /** Whether the referral shows what unfinished syncs were about to write: that is our own write and no edit. */
    boolean isOurReferral(Object now) {
        return toReferral != null && toReferral.wrote(now) && referralMoved(now);
    }

    /**
     * Whether what an unfinished sync was about to write to the referral may have arrived there before somebody edited
     * it: it shows neither that nor what was agreed.
     */
    boolean isOursPerhaps(Object now) {
        return toReferral != null && toReferral.since != null && !toReferral.wrote(now) && referralMoved(now);
    }

    /**
     * The same once it was told that what was being written to the referral arrived, or may have: it is agreed with
     * what it was copied from. Where nobody noted that, or an earlier write arrived instead, all stays as it is.
     */
    Agreed told(Object now) {
        boolean known = toReferral.since != null && !toReferral.earlier.contains(now);
        return known ? new Agreed(toReferral.value, toReferral.since.crm, null, toCrm, mark) : this;
    }

    /** The same of the CRM. */
    boolean isOurCrm(Object now) {
        return toCrm != null && toCrm.wrote(now) && crmMoved(now);
    }

    /**
     * Whether somebody edited the referral after a write to it began whose end is not known, and nobody the CRM, from
     * which it was copied. Whether the write had arrived then or not, the edit came later.
     */
    boolean referralEditedSince(Object referralNow, Object crmNow) {
        return toReferral != null && toReferral.since != null && !toReferral.wrote(referralNow)
                && !Objects.equals(toReferral.since.referral, referralNow)
                && Objects.equals(toReferral.since.crm, crmNow);
    }

    /** The same of the CRM. */
    boolean crmEditedSince(Object referralNow, Object crmNow) {
        return toCrm != null && toCrm.since != null && !toCrm.wrote(crmNow)
                && !Objects.equals(toCrm.since.crm, crmNow) && Objects.equals(toCrm.since.referral, referralNow);
    }

    /** The same of the fields about which another was agreed. */
    boolean isOfThoseOf(Agreed other) {
        return mark == null || mark.equals(other.mark);
    }

    /** Without the mark: a link of an earlier build that says the same is not written again for it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Agreed that && Objects.equals(referral, that.referral) && Objects.equals(crm, that.crm)
                && Objects.equals(toReferral, that.toReferral) && Objects.equals(toCrm, that.toCrm);
    }

    @Override
    public int hashCode() {
        return Objects.hash(referral, crm, toReferral, toCrm);
    }
}
