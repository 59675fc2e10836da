package dev.cosell.sync.decide;

/** Every state a pair can be found in, with the action it asks for. */
public enum Situation {
    /** Our referral has no opportunity in this CRM yet. */
    NEW_REFERRAL(Action.CREATE_OPPORTUNITY),
    /** A seller wants this opportunity shared, and it has no referral yet. */
    NEW_OPPORTUNITY(Action.CREATE_REFERRAL),
    /** Never joined in our books, but exactly one record on the other side names this one. */
    TWIN(Action.UPDATE),
    /** Never joined, and several records on the other side claim to be it. */
    TWINS(Action.PARK),
    /** Claims a record that is joined with another one. */
    TAKEN(Action.PARK),
    /** The referral names an opportunity that itself names another referral. */
    NAMES_ANOTHER(Action.PARK),
    /** The opportunity was never joined, and what it calls its referral is not there. */
    UNKNOWN_REFERRAL(Action.PARK),
    /** Both sides show what they last agreed on, or agree now. */
    AGREED(Action.NOTHING),
    /** Fields moved on one side, or different fields on both. */
    CHANGED(Action.UPDATE),
    /** The same field moved apart on both sides; the row's policy names the winner. */
    CONFLICT(Action.UPDATE),
    /** The same field moved apart on both sides, and its policy asks for a person. */
    UNDECIDED(Action.PARK),
    /** The referral closed: the opportunity closes too. */
    CLOSING(Action.CLOSE),
    /** Every change found is one that the other side cannot take; said once, then left alone. */
    REFUSED(Action.UPDATE),
    /** An irreversible move has to wait; said once, with the way to prevent it. */
    HELD(Action.UPDATE),
    /** A deadline comes near or has passed; said once. */
    DEADLINE(Action.UPDATE),
    /** Nothing is new, and something that was held back before still waits. */
    WAITING(Action.NOTHING),
    /** Fields moved, and the brake has stopped the direction in which they would travel. */
    STOPPED(Action.NOTHING),
    /** The opportunity was deleted. Partner Center has no delete: the link is kept as orphaned. */
    OPPORTUNITY_GONE(Action.NOTHING),
    /** The referral no longer exists or is not visible to our user. */
    REFERRAL_GONE(Action.NOTHING),
    /** The referral names a record of this CRM that does not exist. */
    UNKNOWN_CRM_RECORD(Action.NOTHING),
    /** The referral belongs to another partner, or is Microsoft's copy of a deal that is not joined here. */
    FOREIGN(Action.NOTHING),
    /** A lead, and leads are not synced. */
    LEAD(Action.NOTHING),
    /** A lead that the CRM holds, or shall hold, as a lead. */
    KEPT_LEAD(Action.LEAD),
    /** A lead that this CRM does not have yet. */
    NEW_LEAD(Action.CREATE_LEAD),
    /** The lead changed in Partner Center: answered, expired or edited. */
    CHANGED_LEAD(Action.UPDATE_LEAD),
    /** The CRM's lead shows what Partner Center shows. */
    AGREED_LEAD(Action.NOTHING),
    /** The lead was accepted in Partner Center, or leads become opportunities at once. */
    ACCEPTED_LEAD(Action.ACCEPT_LEAD),
    /** The lead was deleted in the CRM; it is not made again. */
    LEAD_GONE(Action.NOTHING),
    /** The seller has switched the sync off for this opportunity. */
    SWITCHED_OFF(Action.NOTHING),
    /** A referral that was closed before it ever had an opportunity here. */
    CLOSED_BEFORE(Action.NOTHING),
    /** Written too often in a short time: something undoes our writes. */
    UNSTABLE(Action.PARK);

    private final Action action;

    Situation(Action action) {
        this.action = action;
    }

    public Action action() {
        return action;
    }

    /** Whether both records were compared, so that what they show now may become what they agree on. */
    public boolean compared() {
        return this == AGREED || this == WAITING || this == STOPPED || action == Action.UPDATE || action == Action.CLOSE
                || action == Action.CREATE_OPPORTUNITY
                || action == Action.CREATE_REFERRAL || this == AGREED_LEAD || action == Action.CREATE_LEAD
                || action == Action.UPDATE_LEAD;
    }

    /** Whether it is about the CRM's lead, not about an opportunity. */
    public boolean ofLead() {
        return this == NEW_LEAD || this == CHANGED_LEAD || this == AGREED_LEAD || this == LEAD_GONE;
    }
}
