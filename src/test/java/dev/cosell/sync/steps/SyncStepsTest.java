package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.known;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.RecordView;
import dev.cosell.verbs.SystemRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the steps of the sync route know of a pair, from the hint to the decision. */
class SyncStepsTest extends BooksAtHand {
    private static final Link JOINED = Link.of("crm", Ends.deal("r1", "e1", "crm-1")).at("\"1\"", "7");
    private SyncSteps steps;

    @BeforeEach
    void steps() {
        steps = new SyncSteps(CRMS, REFERRALS, PlainDeals.decider(REFERRALS, LeadMode.LEADS), MAPPINGS, links, brakes,
                TimeRules.USUAL, CLOCK);
    }

    private static Pair reported(String system, Map<String, Object> referral, Map<String, Object> opportunity) {
        return pair(hint(system), null, referral, opportunity);
    }

    @Test
    void a_hint_finds_its_link_and_through_it_the_other_side() {
        stored(JOINED);
        Pair byCrm = steps.open(hint("crm"), "crm", null);
        assertThat(byCrm.isLinked()).isTrue();
        assertThat(steps.referralId(byCrm)).isEqualTo("r1");
        assertThat(steps.opportunityId(byCrm)).isEqualTo("crm-1");
        Pair byReferral = steps.open(hint("partner-center"), "crm", null);
        assertThat(steps.opportunityId(byReferral)).isEqualTo("crm-1");
        assertThat(steps.opportunityId(
                steps.open(new Hint("partner-center", "r2", null, Hint.Origin.POLL), "crm", null))).isNull();
    }

    /**
     * The first round had read a later change than the hint's. The second took the hint's for known, and the later one
     * counted as handled: it was lost.
     */
    @Test
    void the_round_after_a_conflict_reads_what_the_hint_told_although_it_is_known() {
        Instant changed = Instant.parse("2026-01-01T00:00:00.000100Z");
        stored(JOINED.with(new Agreement(AgreedValues.NONE,
                new Seen("\"1\"", RecordView.micros(changed)), new Seen("7", 1L))));
        Hint told = new Hint("partner-center", "r1", null, Hint.Origin.WEBHOOK).changedAt(changed);
        Pair first = steps.open(told, "crm", null);
        assertThat(first.isKnownChange()).isTrue();
        assertThat(steps.open(told, "crm", first).isKnownChange()).isFalse();
    }

    /** A half-made link knew of no other side, and what was reported was not named. */
    @Test
    void an_opportunity_that_is_being_shared_and_whose_referral_is_not_read_does_no_harm() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1")).with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", null, opportunity(Map.of()));
        assertThat(steps.withKnownLink(pair).link().crmId()).isEqualTo("crm-1");
        assertThat(steps.withKnownLink(pair).referralId(null)).isEqualTo("r1");
    }

    @Test
    void without_a_link_what_the_opportunity_names_is_looked_for_and_not_believed() {
        assertThat(steps.referralId(reported("crm", null, opportunity(Map.of("ReferralId", "r7"))))).isNull();
        assertThat(steps.referralId(reported("crm", null, opportunity(Map.of("ReferralId", "PO-1"))))).isNull();
        assertThat(steps.namedOpportunityId(reported("partner-center", referral(Map.of()), null))).isEqualTo("crm-1");
    }

    @Test
    void of_the_opportunities_found_one_is_the_other_side_and_the_rest_are_rivals() {
        Pair pair = reported("partner-center", referral(Map.of()), null);
        Map<String, Object> second = opportunity(Map.of("Id", "crm-2"));
        Pair found = steps.withFound(pair,
                List.of(opportunity(Map.of("ReferralId", "r9")), opportunity(Map.of()), second));
        assertThat(found.opportunity().fields()).containsEntry("Id", "crm-1");
        assertThat(found.rivals()).extracting(SystemRecord::id).containsExactly("crm-2");
        assertThat(steps.withFound(pair, List.of()).opportunity()).isNull();
    }

    @Test
    void the_link_of_the_other_side_is_taken_over_only_when_it_is_half_made_or_a_lead() {
        Pair pair = reported("partner-center", referral(Map.of()), opportunity(Map.of()));
        stored(Link.of("crm", Ends.deal(null, null, "crm-1")));
        assertThat(steps.withKnownLink(pair).link().crmId()).isEqualTo("crm-1");
        empty();
        steps();
        stored(Link.of("crm", Ends.deal("r2", "e2", "crm-1")));
        assertThat(steps.withKnownLink(pair).link()).isNull();
        assertThat(steps.withKnownLink(pair).other().referralId()).isEqualTo("r2");
        empty();
        steps();
        stored(Link.of("crm", Ends.lead("r1", "e1", "lead-1")));
        assertThat(steps.withKnownLink(pair(hint("crm"), null, referral(Map.of()), opportunity(Map.of())))
                .isLeadLinked()).isTrue();
    }

    /**
     * A poll that saw a new opportunity before its link was stored took the two for records of others, and told the
     * seller so.
     */
    @Test
    void a_pair_that_was_joined_while_it_was_read_is_read_again() {
        Pair begun = steps.open(hint("crm"), "crm", null);
        stored(JOINED);
        assertThatThrownBy(() -> steps.withKnownLink(begun.withReferral(known(referral(Map.of())))
                .withOpportunity(shown(opportunity(Map.of())))))
                .isInstanceOf(Fault.VersionConflict.class).hasMessageContaining("joined by another sync");
        assertThat(steps.open(hint("crm"), "crm", null).isLinked()).isTrue();
    }

    /**
     * Somebody won the deal in Partner Center within the second in which it was created there. Its news was quicker
     * than our own next step, taken for an older deal, and never looked at again.
     */
    @Test
    void a_referral_that_was_closed_while_it_was_being_created_waits_until_it_is_joined() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(Map.of("Name", Agreed.on("Harbour", "Harbour")))));
        Map<String, Object> won = referral(Map.of());
        won.put("status", "Closed");
        won.put("substatus", "Won");
        Pair closed = reported("partner-center", won, opportunity(Map.of("ReferralId", "")));
        assertThatThrownBy(() -> steps.withKnownLink(closed)).isInstanceOf(Fault.Taken.class)
                .hasMessageContaining("was closed while opportunity crm-1");
        assertThat(links.due(NOW, 10)).as("its own news may be lost").extracting(Link::crmId).containsExactly("crm-1");
        Pair open = reported("partner-center", referral(Map.of()), opportunity(Map.of("ReferralId", "")));
        assertThat(steps.withKnownLink(open).link().crmId()).isEqualTo("crm-1");
        Pair off = reported("partner-center", won, opportunity(Map.of("ReferralId", "", "Sync", false)));
        assertThat(steps.decide(steps.withKnownLink(off)).situation()).as("nobody goes on with the create")
                .isEqualTo(Situation.SWITCHED_OFF);
    }

    /**
     * The rights on one of two records were taken away while the other was being made of it, and each was parked by
     * itself. An edit behind the create looked like a conflict then, and lost.
     */
    @Test
    void what_was_noted_of_a_create_is_known_when_the_other_half_reports() {
        AgreedValues noted = new AgreedValues(agreed("Amount", "100.00"));
        Standing parked = Standing.of(LinkState.PARKED, "No right");
        for (boolean withReferral : List.of(true, false)) {
            empty();
            steps();
            stored(Link.of("crm", Ends.deal("r1", "e1", null)).with(parked)
                    .with(withReferral ? noted : AgreedValues.NONE));
            stored(Link.of("crm", Ends.deal(null, null, "crm-1")).with(parked)
                    .with(withReferral ? AgreedValues.NONE : noted));
            for (String system : List.of("crm", "partner-center")) {
                Pair pair = steps.open(hint(system), "crm", null)
                        .withReferral(known(referral(Map.of("dealValue", 400))))
                        .withOpportunity(shown(opportunity(Map.of("Amount", 100))));
                Decision decision = steps.decide(steps.withKnownLink(pair));
                assertThat(decision.crmPatch()).as(system).containsKey("Amount");
                assertThat(decision.referralPatch()).as(system).doesNotContainKey("details.dealValue");
            }
        }
    }

    @Test
    void another_referral_of_a_joined_engagement_is_somebody_elses() {
        stored(JOINED);
        Map<String, Object> referral = referral(Map.of());
        referral.put("id", "r2");
        referral.put("engagementId", "e1");
        referral.put("externalReferenceId", null);
        Pair pair = steps.withKnownLink(pair(new Hint("partner-center", "r2", null, Hint.Origin.POLL), null, referral,
                null));
        assertThat(pair.inItsPlace()).isEqualTo("r1");
        assertThat(steps.decide(pair).situation()).isEqualTo(Situation.FOREIGN);
    }

    @Test
    void the_key_of_a_version_is_answered_by_the_link_and_new_for_a_retry() {
        Link joined = stored(JOINED);
        Pair pair = reported("crm", null, opportunity(Map.of("Version", "7"))).withLink(joined);
        String key = steps.seenKey(pair);
        assertThat(key).isEqualTo(SeenVersions.key("crm", "crm", "crm-1", "7"));
        assertThat(seen.contains(key)).isTrue();
        assertThat(seen.contains(steps.seenKey(pair.withOpportunity(shown(opportunity(Map.of("Version", "8")))))))
                .isFalse();
        Pair retry = pair(new Hint("crm", "crm-1", null, Hint.Origin.RETRY), joined, null, pair.opportunity().fields());
        assertThat(steps.seenKey(retry)).startsWith("retry:").endsWith(key);
        assertThat(steps.seenKey(pair.withOpportunity(null))).endsWith("gone");
    }

    @Test
    void solution_rows_have_a_version_of_their_own() {
        Pair pair = pair(new Hint("crm", "crm-1", null, Hint.Origin.PARTS), null, null,
                opportunity(Map.of("Version", "7", "solutions", List.of(Map.of("id", "s1", "name", "Azure")))));
        Pair without = pair.withOpportunity(shown(opportunity(Map.of("Version", "7"))));
        assertThat(steps.seenKey(pair)).isNotEqualTo(steps.seenKey(without)).contains("s1=Azure");
    }

    /** A write of ours, or what another hint had read, was undone by it: an edit was lost. */
    @Test
    void a_read_that_shows_less_than_an_earlier_one_is_not_believed_at_once() {
        Pair pair = reported("crm", null, null);
        steps.withOpportunity(pair, opportunity(Map.of("Modified", "2026-01-02T00:00:00Z")));
        Map<String, Object> old = opportunity(Map.of("Modified", "2026-01-01T00:00:00Z"));
        for (int read = 0; read < 3; read++) {
            assertThatThrownBy(() -> steps.withOpportunity(pair, old)).isInstanceOf(Fault.Transient.class);
        }
        assertThat(steps.withOpportunity(pair, old).opportunity().fields()).isEqualTo(old);
        assertThat(steps.withOpportunity(pair, old).opportunity().fields()).as("then it is the state").isEqualTo(old);
    }

    @Test
    void a_read_that_shows_an_older_state_is_not_believed_at_once() {
        Agreement later = new Agreement(AgreedValues.NONE, Seen.NONE, new Seen("8", Long.MAX_VALUE));
        Pair pair = reported("crm", null, null).withLink(stored(JOINED.with(later)));
        Map<String, Object> old = opportunity(Map.of("Modified", "2026-01-01T00:00:00Z"));
        for (int read = 0; read < 3; read++) {
            assertThatThrownBy(() -> steps.withOpportunity(pair, old)).isInstanceOf(Fault.Transient.class)
                    .hasMessageContaining("crm-1");
        }
        assertThat(steps.withOpportunity(pair, old).opportunity().fields())
                .as("a record that was restored shows an old state for good").isEqualTo(old);
    }

    @Test
    void microsofts_copy_is_a_part_of_our_own_deal() {
        stored(JOINED);
        Map<String, Object> copy = referral(Map.of());
        copy.putAll(Map.of("id", "r5", "organizationId", "msft", "engagementId", "e1"));
        Pair pair = steps.withReferral(pair(new Hint("partner-center", "r5", null, Hint.Origin.POLL), null, null,
                null), copy);
        assertThat(pair.isReportedByMicrosoft()).isTrue();
        assertThat(pair.isLinked()).isTrue();
        assertThat(steps.referralId(pair)).isEqualTo("r1");
    }

    @Test
    void a_lead_is_decided_as_a_deal_once_it_is_accepted() {
        Map<String, Object> lead = referral(Map.of());
        lead.putAll(Map.of("qualification", "Direct", "status", "Active"));
        lead.put("externalReferenceId", null);
        Pair pair = reported("partner-center", lead, null);
        assertThat(steps.decide(pair).situation()).isEqualTo(Situation.KEPT_LEAD);
        assertThat(steps.decide(pair.withLead(null).accepted(steps.decide(pair.withLead(null)))).situation())
                .isEqualTo(Situation.NEW_REFERRAL);
    }

    @Test
    void a_parked_link_answers_no_version() {
        Link parked = stored(JOINED.with(Standing.of(LinkState.PARKED, "why")));
        steps.seenKey(reported("crm", null, opportunity(Map.of("Version", "9"))).withLink(parked));
        assertThat(seen.contains(SeenVersions.key("crm", "crm", "crm-1", "9"))).isFalse();
    }
}
