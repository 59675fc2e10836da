package dev.cosell.sync.decide;

import java.time.Instant;

/**
 * Something that people have to do in time.
 *
 * @param due    when it is too late
 * @param remind when to warn
 */
public record Deadline(Kind kind, Instant due, Instant remind, State state) {

    /** Whose turn it is, and for what. */
    public enum Kind {
        /** The partner has to accept or decline an inbound deal. */
        ANSWER,
        /** The partner has to contact the customer, who asked for it. */
        CONTACT,
        /**
         * Microsoft has to answer a request for help; nobody here can do it, so this one is told when it has passed.
         */
        MICROSOFT
    }

    /** How far a deadline is. */
    public enum State {
        /** Nothing was said yet. */
        OPEN,
        /** Microsoft's silence was looked up and is to be told. */
        SILENT,
        /** The same where the deal has no referral of Microsoft's, so that nobody there was asked. */
        ABSENT,
        /** The seller was warned; it is said once. */
        TOLD,
        /** The same of what is absent. */
        ABSENT_TOLD,
        /** Microsoft has answered, or its referral has ended without an answer. */
        ANSWERED
    }

    public static Deadline open(Kind kind, Instant due, Instant remind) {
        return new Deadline(kind, due, remind, State.OPEN);
    }

    public Deadline as(State next) {
        return new Deadline(kind, due, remind, next);
    }

    Deadline told() {
        return as(state == State.ABSENT ? State.ABSENT_TOLD : State.TOLD);
    }

    /** Whether the seller was warned. */
    public boolean isTold() {
        return state == State.TOLD || state == State.ABSENT_TOLD;
    }

    /** Whether the seller is to be warned now. */
    boolean speaks(Instant now) {
        return isLookedUp() || state == State.OPEN && kind != Kind.MICROSOFT && !remind.isAfter(now);
    }

    /** When the pair has to be looked at for it; null when that time is over. */
    Instant next() {
        return state == State.OPEN || isLookedUp() ? remind : null;
    }

    private boolean isLookedUp() {
        return state == State.SILENT || state == State.ABSENT;
    }

    /** What the seller reads. */
    public String sentence() {
        return switch (kind) {
        case ANSWER -> "This deal from Microsoft waits for your answer: accept or decline it before "
                + Moments.text(due) + ", then it expires";
            case CONTACT -> "The customer asked to be contacted: do so before " + Moments.text(due);
            case MICROSOFT -> state == State.ABSENT || state == State.ABSENT_TOLD
                ? "Microsoft was asked for help, and Partner Center shows no part of Microsoft's in this deal. Invite "
                        + "Microsoft in Partner Center, or ask your contact at Microsoft"
                : "Microsoft did not answer the request for help by " + Moments.text(due)
                        + ". The deal continues without it; ask your contact at Microsoft";
        };
    }
}
