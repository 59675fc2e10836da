package dev.cosell.sync.decide;

import dev.cosell.verbs.Cause;
import java.util.Arrays;
import java.util.Optional;

/** Every state a pair can be found in, with the action it asks for. */
public enum Situation implements Cause {
    NEW_REFERRAL("CS-101", Action.CREATE_OPPORTUNITY,
            "The referral has no opportunity in this CRM yet."),
    NEW_OPPORTUNITY("CS-102", Action.CREATE_REFERRAL,
            "The opportunity is to be shared and has no referral yet."),
    TWIN("CS-103", Action.UPDATE,
            "The two were never joined, and they belong together."),
    TWINS("CS-104", Action.PARK,
            "Several records claim to be the other side.",
            "Enter or leave the Referral Identifier on the right one and clear it on the others."),
    TAKEN("CS-105", Action.PARK,
            "It claims a record that is joined with another one.",
            "If it is a deal of its own, clear its Referral Identifier, or correct the CRM id of the referral that "
                    + "names it. Join the two if it takes the other's place."),
    NAMES_ANOTHER("CS-106", Action.PARK,
            "The referral names an opportunity that itself names another referral.",
            "Enter the right id as the Referral Identifier of that opportunity, or clear it."),
    UNKNOWN_REFERRAL("CS-107", Action.PARK,
            "What the opportunity calls its referral is not there, or can be no opportunity's.",
            "Clear the Referral Identifier to share the opportunity as a new deal, or enter the id of its referral."),
    AGREED("CS-108", Action.NOTHING,
            "Both sides agree."),
    CHANGED("CS-109", Action.UPDATE,
            "Fields changed on one side, or different fields on both."),
    CONFLICT("CS-110", Action.UPDATE,
            "The same field changed on both sides; its mapping row says who wins."),
    UNDECIDED("CS-111", Action.PARK,
            "The same field changed on both sides, and its mapping row asks for a person.",
            "Enter the value you want on both sides."),
    CLOSING("CS-112", Action.CLOSE,
            "The referral is closed, so the opportunity closes too."),
    REFUSED("CS-113", Action.UPDATE,
            "The other side cannot take the changes that were found.",
            "Set the value back, or change it where the sentence says."),
    HELD("CS-114", Action.UPDATE,
            "A move that cannot be taken back has to wait.",
            "Wait, approve it, or undo it in the CRM."),
    DEADLINE("CS-115", Action.UPDATE,
            "A deadline comes near or has passed.",
            "Do in the CRM or in Partner Center what the deadline asks for."),
    WAITING("CS-116", Action.NOTHING,
            "Nothing is new; a move still waits."),
    STOPPED("CS-131", Action.NOTHING,
            "Fields changed, and the brake has stopped the direction in which they would travel.",
            "Find out what makes these changes, mend it there, and release the direction."),
    BEING_SHARED("CS-132", Action.NOTHING,
            "The opportunity that the referral names is being shared, and that has not come to its end.",
            "Mend what the opportunity is parked for, or approve what holds it back: sharing it goes on where it broke "
                    + "off, and then the two are joined."),
    OPPORTUNITY_GONE("CS-117", Action.NOTHING,
            "The opportunity was deleted, or our user may not see it any more.",
            "Restore it in the CRM if it was deleted by mistake. If it is there, give the connection's user access to "
                    + "it: it is synced again by itself (sync.parked-interval)."),
    REFERRAL_GONE("CS-118", Action.TELL,
            "The referral is not there, or our user may not see it.",
            "Look it up in Partner Center as the connection's user: one that is there needs that user's role for the "
                    + "location of its deal."),
    UNKNOWN_CRM_RECORD("CS-119", Action.NOTHING,
            "The referral names a record of this CRM that does not exist.",
            "Correct or clear the reference in Partner Center."),
    FOREIGN("CS-120", Action.NOTHING,
            "The referral belongs to another organisation."),
    LEAD("CS-121", Action.NOTHING,
            "It is a lead, and leads are not synced."),
    KEPT_LEAD("CS-122", Action.LEAD,
            "It is a lead that the CRM keeps as a lead."),
    NEW_LEAD("CS-123", Action.CREATE_LEAD,
            "It is a lead that this CRM does not have yet."),
    CHANGED_LEAD("CS-124", Action.UPDATE_LEAD,
            "The lead changed in Partner Center."),
    AGREED_LEAD("CS-125", Action.NOTHING,
            "The CRM's lead shows what Partner Center shows."),
    ACCEPTED_LEAD("CS-126", Action.ACCEPT_LEAD,
            "The lead was accepted and becomes an opportunity."),
    LEAD_GONE("CS-127", Action.NOTHING,
            "The lead was deleted in the CRM, or our user may not see it any more."),
    SWITCHED_OFF("CS-128", Action.NOTHING,
            "The seller has switched the sync off for this opportunity.",
            "Switch it on again to have it synced."),
    CLOSED_BEFORE("CS-129", Action.NOTHING,
            "The referral was closed, or the opportunity lost, before it had another side."),
    UNSTABLE("CS-130", Action.PARK,
            "Something undoes our writes again and again.",
            "Stop what undoes the sync, such as a workflow of the CRM, then retry.");

    private final Entry entry;
    private final Action action;

    Situation(String code, Action action, String meaning) {
        this(code, action, meaning, "");
    }

    Situation(String code, Action action, String meaning, String remedy) {
        entry = new Entry(code, meaning, remedy);
        this.action = action;
    }

    /** The one of this name; empty for a name that the books hold for something else, such as {@code ASKED}. */
    public static Optional<Situation> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public Entry entry() {
        return entry;
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
