package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.LEADS;
import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.agreedStatus;
import static dev.cosell.sync.decide.PlainDeals.decider;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.known;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.other;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;

import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Lead;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Every situation with a pair that is in it; several where several things lead to it. */
final class SituationRows {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    /** Closing and sharing cannot be taken back, and wait until somebody approves them. */
    private static final ReferralRules FINAL = new PlainReferrals() {
        @Override
        public Irreversible irreversible(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
            return referral == null ? new Irreversible("Sharing", "clear the switch", null, null)
                    : closed(patch) ? new Irreversible("Closing", "set the stage back", null, null) : null;
        }
    };
    private static final Waits SHARING = new Waits(List.of(new Held("Sharing", NOW, null)), List.of(), null);
    private static final Waits CLOSING = new Waits(List.of(new Held("Closing", NOW, null)), List.of(), null);
    private static final Waits ANSWER = new Waits(List.of(),
            List.of(Deadline.open(Deadline.Kind.ANSWER, NOW.plusSeconds(60), NOW)), null);

    static final List<Row> ALL = List.of(
            new Row(Situation.NEW_REFERRAL, "our referral alone",
                    () -> decide(reported("partner-center", unnamed(), null))),
            new Row(Situation.NEW_OPPORTUNITY, "an opportunity alone",
                    () -> decide(reported("crm", null, unidentified()))),
            new Row(Situation.TWIN, "both name each other",
                    () -> decide(reported("crm", referral(Map.of()), opportunity(Map.of())))),
            new Row(Situation.BEING_SHARED, "the share of a copy is parked, and its referral reports",
                    () -> decide(reported("partner-center", referral(Map.of()), copy(""))
                            .withLink(begun().with(Standing.of(LinkState.PARKED, "refused"))))),
            new Row(Situation.NEW_OPPORTUNITY, "the share of a copy goes on though it names its referral by now",
                    () -> decide(reported("crm", referral(Map.of()), copy("r1")).withLink(begun()))),
            new Row(Situation.TWIN, "an opportunity that was made of the referral, and was switched off as a claim",
                    () -> decide(reported("crm", referral(Map.of()), opportunity(Map.of("Audit",
                            "2026-01-02 03:04 Created from referral r1 in Partner Center"))).withLink(begun()))),
            new Row(Situation.TWIN, "a parked share that would only join the two",
                    () -> decide(reported("partner-center", referral(Map.of()), unidentified())
                            .withLink(begun().with(Standing.of(LinkState.PARKED, "refused"))))),
            new Row(Situation.TWIN, "a copy that was entered in another deal's referral",
                    () -> decide(reported("partner-center", unnamed(), copy("r1"))
                            .withLink(begun().with(Standing.of(LinkState.PARKED, "refused"))))),
            new Row(Situation.TWINS, "two opportunities",
            () -> decide(twoSided(null).withRivals(List.of(shown(opportunity(Map.of("Id", "crm-2"))))))),
            new Row(Situation.TAKEN, "the other side is joined",
                    () -> decide(twoSided(null).withOther(other(LinkState.LINKED)))),
            new Row(Situation.TAKEN, "won while a person is asked about it",
                    () -> decide(reported("partner-center", with(lost(Map.of()), "substatus", "Won"), unidentified())
                            .withLink(Link.of("crm", Ends.deal("r1", null, null))).withOther(other(LinkState.LINKED)))),
            new Row(Situation.NAMES_ANOTHER, "the opportunity names another referral",
                    () -> decide(
                            reported("partner-center", referral(Map.of()), opportunity(Map.of("ReferralId", "r9"))))),
            new Row(Situation.UNKNOWN_REFERRAL, "a referral that is not there",
                    () -> decide(reported("crm", null, opportunity(Map.of())))),
            new Row(Situation.UNKNOWN_REFERRAL, "a text of one's own",
                    () -> decide(reported("crm", null, opportunity(Map.of("ReferralId", "PO-1"))))),
            new Row(Situation.UNKNOWN_REFERRAL, "Microsoft's referral",
                    () -> decide(reported("crm", microsofts(), opportunity(Map.of())))),
            new Row(Situation.UNKNOWN_REFERRAL, "a lead, and leads are off",
                    () -> decide(reported("crm", with(referral(Map.of()), "qualification", "Direct"),
                            opportunity(Map.of())))),
            new Row(Situation.UNKNOWN_REFERRAL, "won, and its referral is not there",
                    () -> decide(reported("crm", null, opportunity(Map.of("Stage", "Closed Won"))))),
            new Row(Situation.UNKNOWN_REFERRAL, "lost while its deal was being made, and another is named since",
                    () -> decide(reported("crm", null, opportunity(Map.of("Stage", "Closed Lost")))
                            .withLink(begun()))),
            new Row(Situation.AGREED, "nothing moved", () -> decide(amounts("100.00", 100, 100))),
            new Row(Situation.AGREED, "both moved to the same", () -> decide(amounts("100.00", 200, 200))),
            new Row(Situation.CHANGED, "one side moved", () -> decide(amounts("100.00", 100, 300))),
            new Row(Situation.CHANGED, "one has lost the other's id",
                    () -> decide(pair(Map.of(), unnamed(), opportunity(Map.of())))),
            new Row(Situation.CHANGED, "the mark of a failure that is over", () -> decide(pair(
                    Map.of("Name", Agreed.on("Deal", "✖ Deal")), named("Deal"),
                    opportunity(Map.of("Name", "✖ Deal"))))),
            new Row(Situation.CONFLICT, "both sides moved", () -> decide(amounts("100.00", 200, 300))),
            new Row(Situation.UNDECIDED, "both moved, and a person decides",
                    () -> decide(pair(agreed("Currency", "GBP"),
                            referral(Map.of("currency", "USD")), opportunity(Map.of("Currency", "EUR"))))),
            new Row(Situation.CLOSING, "the referral closed",
                    () -> decide(pair(agreedStatus("Active", "Accepted", "Open"), closed("Won"),
                            opportunity(Map.of())))),
            new Row(Situation.CLOSING, "closed when the two meet, and the opportunity has the id of its engagement",
                    () -> decide(reported("partner-center", with(closed("Lost"), "engagementId", "r7"),
                            opportunity(Map.of("ReferralId", "r7"))))),
            new Row(Situation.REFUSED, "the referral is closed and takes nothing",
                    () -> decide(pair(agreed("Amount", "100.00"),
                            lost(Map.of("dealValue", 100)),
                            opportunity(Map.of("Amount", 300, "Stage", "Closed Lost"))))),
            new Row(Situation.HELD, "a close waits since now", () -> irreversibly(closing(Waits.NONE))),
            new Row(Situation.HELD, "a close is not wanted any more",
                    () -> irreversibly(twoSided(link(Map.of()).with(CLOSING)))),
            new Row(Situation.HELD, "sharing waits since now",
                    () -> irreversibly(reported("crm", null, unidentified()))),
            new Row(Situation.WAITING, "a close still waits", () -> irreversibly(closing(CLOSING))),
            new Row(Situation.WAITING, "sharing still waits", () -> irreversibly(reported("crm", null, unidentified())
                    .withLink(Link.of("crm", Ends.deal(null, null, "crm-1")).with(SHARING)))),
            new Row(Situation.STOPPED, "the CRM is not written", () -> stopped(Direction.TO_CRM, 300, 100)),
            new Row(Situation.STOPPED, "Partner Center is not written",
                    () -> stopped(Direction.TO_PARTNER_CENTER, 100, 300)),
            new Row(Situation.CHANGED, "the other direction goes on",
                    () -> stopped(Direction.TO_CRM, 100, 300)),
            new Row(Situation.DEADLINE, "a deadline is near", () -> decide(twoSided(link(Map.of()).with(ANSWER)))),
            new Row(Situation.OPPORTUNITY_GONE, "deleted",
                    () -> decide(reported("crm", referral(Map.of()), null).withLink(link(Map.of())))),
            new Row(Situation.OPPORTUNITY_GONE, "deleted before anything was known",
                    () -> decide(reported("crm", null, null))),
            new Row(Situation.REFERRAL_GONE, "not visible any more",
                    () -> decide(reported("crm", null, opportunity(Map.of())).withLink(link(Map.of())))),
            new Row(Situation.REFERRAL_GONE, "gone before it was read",
                    () -> decide(reported("partner-center", null, null))),
            new Row(Situation.UNKNOWN_CRM_RECORD, "names no record that is there",
                    () -> decide(reported("partner-center", referral(Map.of()), null))),
            new Row(Situation.FOREIGN, "another partner's",
                    () -> decide(reported("partner-center", with(unnamed(), "organizationId", "msft"), null))),
            new Row(Situation.FOREIGN, "of a deal that was joined",
                    () -> decide(pair(Map.of(), microsofts(), opportunity(Map.of())))),
            new Row(Situation.CLOSED_BEFORE, "an opportunity that was lost, and names Microsoft's referral",
                    () -> decide(reported("crm", microsofts(), opportunity(Map.of("Stage", "Closed Lost"))))),
            new Row(Situation.CHANGED, "parked before, and all is well",
                    () -> decide(twoSided(link(Map.of()).with(Standing.of(LinkState.PARKED, "why"))))),
            new Row(Situation.CHANGED, "not shown before, and all is well",
                    () -> decide(twoSided(link(Map.of()).with(Standing.of(LinkState.ORPHANED, "why"))))),
            new Row(Situation.AGREED, "parked before, and takes no change",
                    () -> decide(twoSided(link(Map.of()).with(Standing.of(LinkState.PARKED, "why")))
                            .withOpportunity(shown(opportunity(Map.of("ReadOnly", true)))))),
            new Row(Situation.CHANGED_LEAD, "parked before, and all is well",
                    () -> withLead(parked(leadLinked(lead("New", "Pending"))), crmLead("On Hold"))),
            new Row(Situation.AGREED_LEAD, "parked before, and takes no change",
                    () -> withLead(parked(leadLinked(lead("New", "Pending"))),
                            with(crmLead("On Hold"), "Converted", true))),
            new Row(Situation.FOREIGN, "Microsoft's of a deal that is not joined",
                    () -> decide(reported("partner-center", null, null).withRelated(known(referral(Map.of())), null))),
            new Row(Situation.FOREIGN, "another one of a joined engagement",
                    () -> decide(reported("partner-center", unnamed(), null).withInItsPlace("r2"))),
            new Row(Situation.SWITCHED_OFF, "the switch is off",
                    () -> decide(pair(Map.of(), referral(Map.of()), opportunity(Map.of("Sync", false))))),
            new Row(Situation.CLOSED_BEFORE, "no opportunity",
                    () -> decide(reported("partner-center", closed("Lost"), null))),
            new Row(Situation.CLOSED_BEFORE, "an older deal",
                    () -> decide(reported("partner-center", closed("Lost"), unidentified()))),
            new Row(Situation.CLOSING, "closed while it was being made, before the opportunity was told of it",
                    () -> decide(reported("partner-center", closed("Lost"), unidentified()).withLink(cutShort()))),
            new Row(Situation.CLOSED_BEFORE, "an older deal of an opportunity that names another referral",
                    () -> decide(reported("partner-center", lost(Map.of()), opportunity(Map.of("ReferralId", "r9"))))),
            new Row(Situation.CLOSED_BEFORE, "an older deal of an opportunity that is joined with another referral",
                    () -> decide(reported("partner-center", lost(Map.of()), unidentified())
                            .withOther(other(LinkState.LINKED)))),
            new Row(Situation.CLOSED_BEFORE, "an opportunity that was lost",
                    () -> decide(reported("crm", null, with(unidentified(), "Stage", "Closed Lost")))),
            new Row(Situation.CLOSED_BEFORE, "an opportunity that was lost, and its referral is not there",
                    () -> decide(reported("crm", null, opportunity(Map.of("Stage", "Closed Lost"))))),
            new Row(Situation.NEW_OPPORTUNITY, "won, and not shared yet",
                    () -> decide(reported("crm", null, with(unidentified(), "Stage", "Closed Won")))),
            new Row(Situation.NEW_OPPORTUNITY, "lost while its deal was being made",
                    () -> decide(reported("crm", null, with(unidentified(), "Stage", "Closed Lost"))
                            .withLink(begun()))),
            new Row(Situation.CLOSED_BEFORE, "a lead that ended", () -> leads(lead("Closed", "Declined"))),
            new Row(Situation.UNSTABLE, "written again and again",
                    () -> decide(pair(agreed("Amount", "100.00"), referral(Map.of("dealValue", 100)),
                            opportunity(Map.of("Amount", 300)))
                            .withLink(link(agreed("Amount", "100.00")).with(new WriteCount(NOW, 3))))),
            new Row(Situation.LEAD, "leads are off", () -> decide(lead("New", "Pending"))),
            new Row(Situation.KEPT_LEAD, "leads are kept as leads", () -> leads(lead("New", "Pending"))),
            new Row(Situation.KEPT_LEAD, "pushed by the marketplace", () -> decide(pushed())),
            new Row(Situation.NEW_LEAD, "not in the CRM", () -> withLead(unnamedLead(), null)),
            new Row(Situation.UNKNOWN_CRM_RECORD, "a lead that was deleted before the books knew it",
                    () -> withLead(lead("New", "Pending"), null)),
            new Row(Situation.NEW_LEAD, "pushed, and not in the CRM", () -> withLead(pushed(), null)),
            new Row(Situation.CHANGED_LEAD, "declined",
                    () -> withLead(leadLinked(lead("Closed", "Lost")), crmLead("Open"))),
            new Row(Situation.CHANGED_LEAD, "without its referral's id",
                    () -> withLead(leadLinked(lead("New", "Pending")), with(crmLead("On Hold"), "ReferralId", null))),
            new Row(Situation.AGREED_LEAD, "nothing moved",
                    () -> withLead(leadLinked(lead("New", "Pending")), crmLead("On Hold"))),
            new Row(Situation.ACCEPTED_LEAD, "accepted",
                    () -> withLead(leadLinked(lead("Active", "Accepted")), crmLead("On Hold"))),
            new Row(Situation.ACCEPTED_LEAD, "accepted before it was in the CRM",
                    () -> withLead(lead("Active", "Accepted"), null)),
            new Row(Situation.LEAD_GONE, "deleted in the CRM",
                    () -> withLead(leadLinked(lead("New", "Pending")), null)));

    private SituationRows() {}

    /** @param when what the pair is like */
    record Row(Situation situation, String when, Supplier<Decision> decision) {
        @Override
        public String toString() {
            return situation + ": " + when;
        }
    }

    private static Link begun() {
        return Link.of("crm", Ends.deal(null, null, "crm-1")).with(new AgreedValues(agreed("Amount", "100.00")));
    }

    private static Link cutShort() {
        return Link.of("crm", Ends.deal("r1", null, "crm-1")).with(Standing.of(LinkState.CLAIMED, "refused"))
                .with(new AgreedValues(agreed("Amount", "100.00")));
    }

    private static Decision decide(Pair pair) {
        return decider(REFERRALS, LeadMode.OFF).decide(pair, SIDE, TimeRules.USUAL.at(NOW));
    }

    private static Decision stopped(Direction direction, int referral, int opportunity) {
        return decider(REFERRALS, LeadMode.OFF).decide(amounts("100.00", referral, opportunity),
                new CrmSide(SIDE.view(), SIDE.mapping(), true, new Stops(Set.of(direction), Map.of())),
                TimeRules.USUAL.at(NOW));
    }

    private static Decision irreversibly(Pair pair) {
        return decider(FINAL, LeadMode.OFF).decide(pair, SIDE,
                new TimeRules(HoldPolicy.AFTER_APPROVAL, Duration.ofDays(3)).at(NOW));
    }

    private static Decision leads(Pair pair) {
        return decider(REFERRALS, LeadMode.LEADS).decide(pair, SIDE, TimeRules.USUAL.at(NOW));
    }

    private static Decision withLead(Pair pair, Map<String, Object> crmLead) {
        return leads(pair.withLead(Lead.of(crmLead, LEADS)));
    }

    private static Pair reported(String system, Map<String, Object> referral, Map<String, Object> opportunity) {
        return pair(hint(system), null, referral, opportunity);
    }

    private static Pair twoSided(Link link) {
        return reported("crm", referral(Map.of()), opportunity(Map.of())).withLink(link);
    }

    private static Pair amounts(String agreed, int referral, int opportunity) {
        return pair(agreed("Amount", agreed), referral(Map.of("dealValue", referral)),
                opportunity(Map.of("Amount", opportunity)));
    }

    private static Pair closing(Waits waits) {
        return twoSided(link(agreedStatus("Active", "Accepted", "Open")).with(waits))
                .withOpportunity(shown(opportunity(Map.of("Stage", "Closed Won"))));
    }

    private static Map<String, Object> with(Map<String, Object> record, String field, Object value) {
        record.put(field, value);
        return record;
    }

    private static Map<String, Object> unnamed() {
        return with(referral(Map.of()), "externalReferenceId", null);
    }

    private static Map<String, Object> microsofts() {
        return with(referral(Map.of()), "organizationId", "msft");
    }

    private static Pair parked(Pair lead) {
        return lead.withLink(lead.link().with(Standing.of(LinkState.PARKED, "why")));
    }

    private static Map<String, Object> named(String name) {
        return with(referral(Map.of()), "name", name);
    }

    private static Map<String, Object> closed(String end) {
        return with(with(unnamed(), "status", "Closed"), "substatus", end);
    }

    private static Map<String, Object> lost(Map<String, Object> details) {
        return with(with(referral(details), "status", "Closed"), "substatus", "Lost");
    }

    private static Map<String, Object> unidentified() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        return opportunity;
    }

    /** Of an opportunity that is joined with another deal. */
    private static Map<String, Object> copy(String referralId) {
        return opportunity(Map.of("ReferralId", referralId, "Audit", "2026-01-02 03:04 Joined with referral r0"));
    }

    private static Pair lead(String status, String substatus) {
        Map<String, Object> lead = with(with(named("Deal"), "status", status), "substatus", substatus);
        return reported("partner-center", with(lead, "qualification", "Direct"), null);
    }

    private static Pair unnamedLead() {
        Pair lead = lead("New", "Pending");
        with(lead.referral().fields(), "externalReferenceId", null);
        return lead;
    }

    private static Pair pushed() {
        Pair lead = lead("New", "Pending");
        return pair(new Hint(Hint.MARKETPLACE, "r1", null, Hint.Origin.WEBHOOK), null, lead.referral().fields(), null);
    }

    private static Pair leadLinked(Pair lead) {
        return lead.withLink(Link.of("crm", Ends.lead("r1", "e1", "lead-1"))
                .with(new AgreedValues(Map.of("Topic", Agreed.on("Deal", "Deal")))));
    }

    private static Map<String, Object> crmLead(String status) {
        return new HashMap<>(Map.of("Id", "lead-1", "ReferralId", "r1", "Topic", "Deal", "Status", status));
    }
}
