package dev.cosell.explain;

import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.RowFinding;
import dev.cosell.sync.decide.Situation;

/** What the names in our books mean, in one sentence each, for people who have never seen them. */
final class Words {
    private Words() {}

    /** @param name of a situation; a name that no comparison gives has no sentence and answers null */
    static String ofSituation(String name) {
        try {
            return of(Situation.valueOf(name));
        } catch (IllegalArgumentException anothers) {
            return switch (name) {
                case "BROKEN_RULE" -> "The record breaks a rule of the other side.";
                case "JOINED" -> "A person said that these two records are one deal.";
                case "ASKED" -> "A person asked for it.";
                default -> null;
            };
        }
    }

    static String of(Situation situation) {
        return switch (situation) {
            case NEW_REFERRAL -> "The referral has no opportunity in this CRM yet.";
            case NEW_OPPORTUNITY -> "The opportunity is to be shared and has no referral yet.";
            case TWIN -> "The two were never joined, and they belong together.";
            case TWINS -> "Several records claim to be the other side.";
            case TAKEN -> "It claims a record that is joined with another one.";
            case NAMES_ANOTHER -> "The referral names an opportunity that itself names another referral.";
            case UNKNOWN_REFERRAL -> "What the opportunity calls its referral is not there.";
            case AGREED -> "Both sides agree.";
            case CHANGED -> "Fields changed on one side, or different fields on both.";
            case CONFLICT -> "The same field changed on both sides; its mapping row says who wins.";
            case UNDECIDED -> "The same field changed on both sides, and its mapping row asks for a person.";
            case CLOSING -> "The referral is closed, so the opportunity closes too.";
            case REFUSED -> "The other side cannot take the changes that were found.";
            case HELD -> "A move that cannot be taken back has to wait.";
            case DEADLINE -> "A deadline comes near or has passed.";
            case WAITING -> "Nothing is new; a move still waits.";
            case STOPPED -> "Fields changed, and the brake has stopped the direction in which they would travel.";
            case OPPORTUNITY_GONE -> "The opportunity was deleted.";
            case REFERRAL_GONE -> "The referral is not there, or our user may not see it.";
            case UNKNOWN_CRM_RECORD -> "The referral names a record of this CRM that does not exist.";
            case FOREIGN -> "The referral belongs to another organisation.";
            case LEAD -> "It is a lead, and leads are not synced.";
            case KEPT_LEAD -> "It is a lead that the CRM keeps as a lead.";
            case NEW_LEAD -> "It is a lead that this CRM does not have yet.";
            case CHANGED_LEAD -> "The lead changed in Partner Center.";
            case AGREED_LEAD -> "The CRM's lead shows what Partner Center shows.";
            case ACCEPTED_LEAD -> "The lead was accepted and becomes an opportunity.";
            case LEAD_GONE -> "The lead was deleted in the CRM.";
            case SWITCHED_OFF -> "The seller has switched the sync off for this opportunity.";
            case CLOSED_BEFORE -> "The referral was closed before it had an opportunity here.";
            case UNSTABLE -> "Something undoes our writes again and again.";
        };
    }

    /** What a sync would do. */
    static String of(Action action) {
        return switch (action) {
            case CREATE_OPPORTUNITY -> "It would create the opportunity.";
            case CREATE_REFERRAL -> "It would create the referral.";
            case UPDATE -> "It would write what is listed below.";
            case CLOSE -> "It would write what is listed below and close the opportunity.";
            case NOTHING -> "It would write nothing.";
            case PARK -> "It would park the record and write no field.";
            case LEAD, CREATE_LEAD, UPDATE_LEAD, ACCEPT_LEAD ->
                    "It would look after the lead; leads are not compared here.";
        };
    }

    static String of(LinkState state) {
        return switch (state) {
            case LINKED -> "synced";
            case PARKED, CLAIMED -> "parked";
            case ORPHANED -> "one side is gone";
        };
    }

    static String of(RowFinding.Outcome outcome) {
        return switch (outcome) {
            case SAME -> "both show the same";
            case STAYS -> "differs, and nothing moved since it was last compared";
            case TO_CRM -> "goes to the CRM";
            case TO_PARTNER_CENTER -> "goes to Partner Center";
            case NOT_SENT -> "moved, and its row does not send it to the other side";
            case WAITS -> "waits until the deal is accepted or closed";
            case REFUSED -> "stays: the other side cannot take it";
            case HELD -> "waits: it cannot be taken back";
            case STOPPED -> "waits: the brake has stopped this direction";
            case UNDECIDED -> "a person has to decide";
            case FAULTY -> "breaks a rule";
        };
    }
}
