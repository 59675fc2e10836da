package dev.cosell.sync.decide;

import dev.cosell.text.Storable;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.SystemRecord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why nothing is done about a pair, or a person has to decide, in sentences that a seller reads. */
record Reasons(Pair pair, Naming naming) {
    private static final String NAMED_BY_MISTAKE = "clear the referral's CRM id (externalReferenceId) in Partner "
            + "Center if this is a deal of its own, ";

    /** What the rows that changed apart ask of a person. */
    static List<Reason> undecided(Merged merge) {
        return merge.undecided().stream()
                .map(apart -> new Reason(Situation.UNDECIDED, apart.row(), whatIsAsked(apart) + "; the sync then "
                        + "continues"))
                .toList();
    }

    private static String whatIsAsked(Undecided apart) {
        String changed = apart.row() + " was changed " + where(apart.moved());
        return apart.tied() == null ? changed + ". Enter the value you want in both"
                : changed + ", and " + apart.tied() + " " + where(apart.tiedMoved())
                        + "; an amount and its currency go together. Enter the amount and the currency you want in "
                        + "both";
    }

    private static String where(RowFinding.Moved side) {
        return switch (side) {
            case PARTNER_CENTER -> FieldNews.IN_PARTNER_CENTER;
            case CRM -> FieldNews.IN_THE_CRM;
            default -> FieldNews.IN_PARTNER_CENTER + " and " + FieldNews.IN_THE_CRM;
        };
    }

    /** How a lead ended, in Partner Center's own word: the value map may have one CRM status for several ends. */
    static String ending(Referral referral) {
        String reason = referral.reason();
        return "Closed in Partner Center as " + referral.fields().get("substatus")
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    static Reason undone(Pair pair, Breaker breaker) {
        return new Reason(Situation.UNSTABLE, "written " + pair.link().writes().writes() + " times within "
                + breaker.window().toMinutes()
                + " minutes; something keeps undoing the sync, for example a workflow in the CRM; stop it, then use "
                + "the operation retryParked (JMX)");
    }

    /** The decision about a pair that was not compared. */
    Decision decision(Situation situation) {
        return switch (situation) {
            case TWINS -> park(situation, whoClaims());
            case UNKNOWN_REFERRAL -> park(situation, whatIsTyped());
            case NAMES_ANOTHER -> park(situation, "referral " + pair.referral().id() + " names opportunity "
                    + pair.opportunity().id()
                    + ", whose Referral Identifier is that of another referral (" + pair.opportunity().referralId()
                    + "); enter the right one there, or clear it");
            case TAKEN -> park(situation, whyTaken());
            case REFERRAL_GONE -> isOrphaned() ? Decision.nothing(pair, situation)
                    : Decision.nothing(pair, situation, "Partner Center does not show the referral "
                            + pair.referralId(null) + " any more: it was removed there, or the connection's user may "
                            + "not see it. This record is no longer synced");
            case FOREIGN -> Decision.nothing(pair, situation, whose());
            case CLOSED_BEFORE -> pair.referral() != null ? Decision.nothing(pair, situation)
                    : Decision.nothing(pair, situation, whatWasLost());
            case UNKNOWN_CRM_RECORD -> Decision.nothing(pair, situation, whatIsNamed());
            case BEING_SHARED -> Decision.nothing(pair, situation, whatComesFirst());
            case NEW_REFERRAL -> Decision.nothing(pair, situation, leadThatStays());
            default -> Decision.nothing(pair, situation);
        };
    }

    /** It was told when it became so. */
    private boolean isOrphaned() {
        return pair.link() == null || pair.link().state() == LinkState.ORPHANED;
    }

    private Decision park(Situation situation, String problem) {
        return Decision.park(pair, situation, List.of(new Reason(situation, problem)));
    }

    private String whose() {
        if (pair.isReportedByMicrosoft()) {
            return "Microsoft's referral of a deal that is not synced here; when that deal is, this one is checked "
                    + "again";
        }
        return pair.inItsPlace() == null ? "The referral belongs to another organisation, " + pair.referral().owner()
                : "The deal is synced with referral " + pair.inItsPlace()
                        + "; this referral of the same engagement belongs to another organisation, "
                        + pair.referral().owner();
    }

    private String whoClaims() {
        return pair.rivals().get(0) instanceof Referral
                ? "several referrals claim to be the other side of this opportunity: " + names(pair.referral())
                        + "; enter the id of the right one as its Referral Identifier"
                : "several opportunities claim to be the other side of this referral: " + names(pair.opportunity())
                        + "; " + whichOpportunity();
    }

    /** How a person says which opportunity is the referral's, by what claims it so far. */
    private String whichOpportunity() {
        if (pair.referral() == null || isIdentifiedBy(pair.opportunity())) {
            return "leave the Referral Identifier on one of them and clear it on the others";
        }
        boolean byAnother = pair.rivals().stream()
                .anyMatch(each -> each instanceof Opportunity rival && isIdentifiedBy(rival));
        String right = "enter " + pair.referral().id() + " as the Referral Identifier of the right one";
        return byAnother ? ownDeal() + ", or " + right + " and clear it on the others" : right;
    }

    private boolean isIdentifiedBy(Opportunity opportunity) {
        return naming.identifiesDeal(opportunity, pair.referral());
    }

    /** What a person does about an opportunity that reported and is not the referral's, by what claims the referral. */
    private String ownDeal() {
        if (isIdentifiedBy(pair.opportunity())) {
            return "clear the Referral Identifier here if this is a deal of its own";
        }
        if (!naming.names(pair.referral(), pair.opportunity())) {
            return "clear the Referral Link here if this is a deal of its own";
        }
        String off = "switch the sync off here if it is the same deal";
        return pair.referral().isClosed() ? off : "if this is a deal of its own, correct the CRM id of referral "
                + pair.referral().id() + " (externalReferenceId), which is this opportunity's, in Partner Center; "
                + off;
    }

    private String names(SystemRecord first) {
        return Stream.concat(Stream.of(first), pair.rivals().stream()).map(SystemRecord::id)
                .collect(Collectors.joining(", "));
    }

    private String whatWasLost() {
        String typed = pair.opportunity().referralId();
        return typed == null ? "The opportunity was lost before it was shared; no deal was made of it in Partner Center"
                : "The opportunity is lost, and Partner Center shows no referral " + Storable.shortened(typed, 100)
                        + ", which its Referral Identifier names; there is nothing to do";
    }

    private String whatComesFirst() {
        return "The referral is joined with opportunity " + pair.opportunity().id() + " when that one has been shared "
                + "to the end, which has not happened yet: see what its Audit field says";
    }

    private String whatIsNamed() {
        String named = "The referral names the CRM record " + pair.referral().externalReference() + ", which ";
        return namedLead() == null ? named + "does not exist; nothing was created"
                : named + "is no opportunity; nothing was created. If it is the lead that another program made of this "
                        + "inquiry, clear the referral's CRM id (externalReferenceId) in Partner Center: an "
                        + "opportunity is created then, and the lead can be closed";
    }

    private String[] leadThatStays() {
        String lead = namedLead();
        return lead == null ? new String[0]
                : new String[] {"The referral names the lead " + lead
                        + ", which stays as it is; close it in the CRM if it is the same inquiry"};
    }

    /** What the referral of a lead names and may be a lead, where none is looked for; null when nothing. */
    private String namedLead() {
        return pair.lead() == null && pair.referral().isLead()
                ? naming.crm().readLeadId(pair.referral().externalReference()) : null;
    }

    private String whatIsTyped() {
        String text = Storable.shortened(pair.opportunity().referralId(), 100);
        if (pair.referral() != null) {
            return "the Referral Identifier names referral " + text + ", which is " + whoseIsNamed()
                    + "; nothing was created. Clear the field to share the opportunity as a new deal, or enter the id "
                    + "of the deal's own referral";
        }
        return (naming.referrals().readId(text) == null
                ? "the Referral Identifier \"" + text
                        + "\" is not a referral's id, and no referral names this opportunity"
                : "Partner Center shows no referral " + text + ", which the Referral Identifier names")
                + "; nothing was created. Clear the field to share the opportunity as a new deal, or enter the id of "
                + "its referral"
                + (naming.referrals().readId(text) == null ? ""
                        : "; if the id is right, the connection's user needs its role for the location of that deal as "
                                + "well");
    }

    private String whoseIsNamed() {
        if (pair.referral().isOwn()) {
            return "a lead, and leads are not synced (leads = off)";
        }
        return (pair.referral().isMicrosofts() ? "Microsoft's" : "another organisation's, " + pair.referral().owner())
                + ", and Partner Center shows none of ours for that deal";
    }

    private String whyTaken() {
        Link joined = pair.other();
        String already = joined.isJoined() ? " is already joined with " : " is claimed by ";
        String unwritten = ", so nothing of this one is written there; ";
        String join = ", or use the operation join (JMX) if this one takes its place";
        return pair.isReportedByCrm()
                ? "referral " + joined.referralId() + already + "opportunity " + joined.crmId() + unwritten
                        + ownDeal() + join
                : "opportunity " + joined.crmId() + already + "referral " + joined.referralId() + unwritten
                        + (naming.names(pair.referral(), pair.opportunity()) ? NAMED_BY_MISTAKE : "")
                        + "leave it so if it is the same deal" + join;
    }
}
