package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.decide;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.other;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Opportunity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which situation a pair is in, and what a seller reads about it. */
class DeciderTest {
    static Stream<SituationRows.Row> rows() {
        return SituationRows.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_pair_is_in_this_situation(SituationRows.Row row) {
        Decision decision = row.decision().get();
        assertThat(decision.situation()).isEqualTo(row.situation());
        assertThat(decision.action()).isEqualTo(row.situation().action());
        assertThat(decision.problems().isEmpty()).as("whoever parks says why")
                .isEqualTo(decision.action() != Action.PARK
                        && decision.situation() != Situation.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void every_situation_has_a_row(Situation situation) {
        assertThat(rows().map(SituationRows.Row::situation)).contains(situation);
    }

    @Test
    void a_record_that_is_joined_or_claimed_elsewhere_is_taken() {
        Map<String, Object> referral = referral(Map.of("dealValue", 900));
        Map<String, Object> opportunity = opportunity(Map.of("Amount", 100));
        Pair byPartnerCenter = pair(hint("partner-center"), null, referral, opportunity);
        Pair byCrm = pair(hint("crm"), null, referral, opportunity);
        for (Pair each : List.of(byPartnerCenter, byCrm)) {
            Decision decision = decide(each.withOther(other(LinkState.LINKED)));
            assertThat(decision.situation()).isEqualTo(Situation.TAKEN);
            assertThat(decision.problems()).singleElement().asString().contains("other-referral", "crm-other",
                    "already joined");
            assertThat(decision.referralPatch()).isEmpty();
            assertThat(decision.crmPatch()).isEmpty();
            assertThat(decide(each.withOther(other(LinkState.PARKED))).situation()).isEqualTo(Situation.TAKEN);
            assertThat(decide(each.withOther(other(LinkState.CLAIMED))).situation()).as("both name each other")
                    .isEqualTo(Situation.TWIN);
        }
        opportunity.remove("ReferralId");
        assertThat(decide(byPartnerCenter.withOther(other(LinkState.CLAIMED))).problems()).singleElement().asString()
                .contains("claimed by");
        opportunity.put("ReferralId", referral.get("id"));
        referral.put("externalReferenceId", "crm-9");
        assertThat(decide(byCrm.withOther(other(LinkState.CLAIMED))).situation()).isEqualTo(Situation.TAKEN);
        assertThat(decide(byCrm.withLink(other(LinkState.CLAIMED))).situation()).as("a claim of one's own is no link")
                .isEqualTo(Situation.TWIN);
    }

    /** They were told to clear a Referral Identifier that was empty. */
    @Test
    void an_opportunity_that_the_referral_alone_names_is_told_of_the_referrals_crm_id() {
        Map<String, Object> unidentified = opportunity(Map.of());
        unidentified.remove("ReferralId");
        Pair named = pair(hint("crm"), null, referral(Map.of()), unidentified);
        String[] remedy = {"correct the CRM id of referral r1 (externalReferenceId)", "switch the sync off"};
        assertThat(decide(named.withOther(other(LinkState.LINKED))).problems()).singleElement().asString()
                .contains(remedy).contains("already joined", "join (JMX)").doesNotContain("clear");
        Opportunity identified = shown(opportunity(Map.of("Id", "crm-2")));
        assertThat(decide(named.withRivals(List.of(identified))).problems()).singleElement().asString()
                .contains(remedy).contains("crm-1, crm-2", "enter r1 as the Referral Identifier of the right one");

        Map<String, Object> unnamed = referral(Map.of());
        unnamed.put("externalReferenceId", null);
        Opportunity linking = shown(opportunity(Map.of("Id", "crm-2", "ReferralId", "")));
        assertThat(decide(pair(hint("partner-center"), null, unnamed, unidentified).withRivals(List.of(linking)))
                .problems()).singleElement().asString().contains("crm-1, crm-2; enter r1 as")
                .doesNotContain("clear");
        assertThat(decide(pair(hint("crm"), null, unnamed, unidentified).withOther(other(LinkState.CLAIMED)))
                .problems()).singleElement().asString().contains("clear the Referral Link");
    }

    @Test
    void a_twin_is_joined_by_writing_each_others_ids() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        Map<String, Object> referral = referral(Map.of());
        referral.put("externalReferenceId", null);
        Decision decision = decide(pair(hint("crm"), null, referral, opportunity));

        assertThat(decision.situation()).isEqualTo(Situation.TWIN);
        assertThat(decision.crmPatch()).containsEntry("ReferralId", "r1");
        assertThat(decision.referralPatch()).containsEntry("externalReferenceId", "crm-1");
    }

    /** Partner Center won, as its row says of two that moved apart, and the opportunity was open again. */
    @Test
    void two_that_never_agreed_are_closed_when_the_opportunity_is() {
        Decision won = decide(pair(hint("crm"), null, referral(Map.of()), opportunity(Map.of("Stage", "Closed Won"))));
        assertThat(won.referralPatch()).containsEntry("status", "Closed").containsEntry("substatus", "Won");
        assertThat(won.crmPatch()).doesNotContainKey("Stage");
        Decision reopened = decide(pair(PlainDeals.agreedStatus("Closed", "Won", "Closed Won"), referral(Map.of()),
                opportunity(Map.of("Stage", "Closed Lost"))));
        assertThat(reopened.crmPatch()).as("who agreed once moved apart").containsEntry("Stage", "Open");
    }

    /** Partner Center won, and a deal that was won became a lost one because its old referral had expired. */
    @ParameterizedTest
    @CsvSource({"Lost, Closed Won", "Won, Closed Lost"})
    void two_that_never_agreed_and_have_ended_apart_keep_their_ends(String substatus, String stage) {
        Map<String, Object> referral = referral(Map.of());
        referral.putAll(Map.of("status", "Closed", "substatus", substatus));
        Map<String, Object> opportunity = opportunity(Map.of("Stage", stage));
        Decision decision = decide(pair(hint("crm"), null, referral, opportunity));
        assertThat(decision.situation()).isEqualTo(Situation.TWIN);
        assertThat(decision.outcome()).isNull();
        assertThat(decision.crmPatch()).doesNotContainKey("Stage");
        assertThat(decision.referralPatch()).isEmpty();
        assertThat(decision.problems()).singleElement().asString().contains(substatus,
                "each with another end");
        assertThat(decide(pair(decision.agreed().rows(), referral, opportunity)).situation()).as("said once")
                .isEqualTo(Situation.AGREED);
    }

    @Test
    void what_somebody_typed_for_purposes_of_their_own_is_kept_and_named() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.put("ReferralId", "REF-123");
        Decision nothingFound = decide(pair(hint("crm"), null, null, opportunity));
        assertThat(nothingFound.situation()).isEqualTo(Situation.UNKNOWN_REFERRAL);
        assertThat(nothingFound.problems()).singleElement().asString().contains("REF-123", "Clear the field");
        Map<String, Object> lost = opportunity(Map.of("ReferralId", "REF-123", "Stage", "Closed Lost"));
        assertThat(decide(pair(hint("crm"), null, null, lost)).story()).singleElement().asString()
                .contains("is lost", "REF-123", "nothing to do");

        Decision joined = decide(pair(hint("partner-center"), null, referral(Map.of()), opportunity));
        assertThat(joined.situation()).isEqualTo(Situation.TWIN);
        assertThat(joined.crmPatch()).doesNotContainKey("ReferralId");
        assertThat(joined.sentences()).anySatisfy(sentence -> assertThat(sentence).contains("keeps \"REF-123\""));
        assertThat(decide(pair(hint("crm"), link(Map.of()), referral(Map.of()), opportunity)).situation())
                .as("said once").isEqualTo(Situation.AGREED);

        Map<String, Object> referral = referral(Map.of());
        referral.put("externalReferenceId", "PO-4711");
        Decision named = decide(pair(hint("crm"), null, referral, opportunity(Map.of())));
        assertThat(named.referralPatch()).doesNotContainKey("externalReferenceId");
        assertThat(named.sentences()).anySatisfy(sentence -> assertThat(sentence).contains("keeps \"PO-4711\""));
    }

    /** Nothing was synced and nobody was told; what a typo had said before went on standing there. */
    @Test
    void an_opportunity_that_names_no_deal_of_ours_is_told_whose_it_is() {
        Map<String, Object> microsofts = referral(Map.of());
        microsofts.put("organizationId", "msft");
        Pair pair = pair(hint("crm"), null, microsofts, opportunity(Map.of()));
        assertThat(decide(pair).problems()).singleElement().asString()
                .contains("names referral r1, which is Microsoft's", "none of ours", "Clear the field");
        ReferralRules another = new PlainReferrals() {
            @Override
            public boolean microsofts(Map<String, Object> referral) {
                return false;
            }
        };
        assertThat(decide(pair.withReferral(new Referral(microsofts, another))).problems()).singleElement().asString()
                .contains("another organisation's, msft");
        Map<String, Object> lead = referral(Map.of());
        lead.put("qualification", "Direct");
        Pair inquiry = pair(hint("crm"), null, lead, opportunity(Map.of()));
        assertThat(decide(inquiry).problems()).singleElement().asString().contains("a lead, and leads are not synced");
        assertThat(PlainDeals.decider(PlainDeals.REFERRALS, LeadMode.LEADS).decide(inquiry, PlainDeals.SIDE,
                TimeRules.USUAL.at(java.time.Instant.EPOCH)).situation()).isEqualTo(Situation.TWIN);
    }

    /** The sync was switched off while the deal was parked, and on again: the failure stayed the newest line. */
    @Test
    void a_deal_whose_audit_still_tells_of_a_failure_says_that_it_is_well() {
        Link linked = link(Map.of());
        Map<String, Object> failed = opportunity(Map.of("Audit",
                "2026-03-01 10:00:00 UTC  Amount in Partner Center: 1 → 2; Not synced: why (CS-419)"));
        assertThat(decide(pair(hint("crm"), linked, referral(Map.of()), failed)).sentences())
                .containsExactly("Both sides show the same again (CS-109)");
        failed.put("Audit", "2026-03-02 10:00:00 UTC  Both sides show the same again (CS-109)\n" + failed.get("Audit"));
        assertThat(decide(pair(hint("crm"), linked, referral(Map.of()), failed)).situation())
                .isEqualTo(Situation.AGREED);
    }

    /** The failure stayed the newest line, so that the same failure was not told again weeks later. */
    @Test
    void a_deal_that_is_well_again_says_so_and_nothing_else() {
        Link parked = link(Map.of()).with(Standing.of(LinkState.PARKED, "why"));
        Decision well = decide(pair(hint("crm"), parked, referral(Map.of()), opportunity(Map.of())));
        assertThat(well.sentences()).containsExactly("Both sides show the same again (CS-109)");
        assertThat(well.crmPatch()).isEmpty();
        assertThat(well.referralPatch()).isEmpty();
        Decision changed = decide(pair(hint("crm"),
                parked.with(new AgreedValues(PlainDeals.agreed("Amount", "100.00"))),
                referral(Map.of("dealValue", 100)), opportunity(Map.of("Amount", 300))));
        assertThat(changed.sentences()).singleElement().asString().contains("Amount").doesNotContain("again");
    }

    /** The field filled itself again, and the seller did not learn why. */
    @Test
    void a_referral_identifier_that_was_cleared_is_put_back_with_a_word() {
        Map<String, Object> cleared = opportunity(Map.of("Amount", 100));
        cleared.remove("ReferralId");
        Decision decision = decide(pair(hint("crm"), link(PlainDeals.agreed("Amount", "100.00")),
                referral(Map.of("dealValue", 100)), cleared));
        assertThat(decision.crmPatch()).containsEntry("ReferralId", "r1");
        assertThat(decision.sentences()).singleElement().asString()
                .contains("Referral Identifier restored; this opportunity stays joined with referral r1");
    }

    @Test
    void an_opportunity_that_names_another_referral_is_a_persons_choice() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.put("ReferralId", "r9");
        Decision decision = decide(pair(hint("partner-center"), null, referral(Map.of()), opportunity));
        assertThat(decision.situation()).isEqualTo(Situation.NAMES_ANOTHER);
        assertThat(decision.problems()).singleElement().asString().contains("r9", "r1");
        assertThat(decision.crmPatch()).isEmpty();
    }

    /** The notification of a referral that we create may be worked on before we have told the opportunity. */
    @Test
    void an_opportunity_whose_new_referral_is_heard_of_first_is_told_that_it_was_shared() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        Link begun = Link.of("crm", Ends.deal(null, null, "crm-1"));
        Decision news = decide(pair(hint("partner-center"), begun, referral(Map.of()), opportunity));
        assertThat(news.situation()).isEqualTo(Situation.TWIN);
        assertThat(news.sentences()).contains("Shared with Partner Center as referral r1 (CS-103)");
        assertThat(decide(pair(hint("crm"), null, referral(Map.of()), opportunity(Map.of()))).sentences())
                .contains("Joined with referral r1 (CS-103)");
    }
}
