package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
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

    @Test
    void without_a_link_what_the_opportunity_names_is_looked_for_and_not_believed() {
        assertThat(steps.referralId(reported("crm", null, opportunity(Map.of("ReferralId", "r7"))))).isNull();
        assertThat(steps.referralId(reported("crm", null, opportunity(Map.of("ReferralId", "PO-1"))))).isNull();
        assertThat(steps.namedOpportunityId(reported("partner-center", referral(Map.of()), null))).isEqualTo("crm-1");
    }

    /** It had been corrected in Partner Center, and the two were joined for having been parked together. */
    @Test
    void a_referral_that_an_opportunity_was_parked_with_is_its_other_side_only_while_one_names_the_other() {
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(Standing.of(LinkState.CLAIMED, "Broken")));
        Link claim = links.findByReferral("crm", "r1").orElseThrow();
        Map<String, Object> elsewhere = referral(Map.of());
        elsewhere.put("externalReferenceId", "crm-2");
        Pair identified = reported("crm", null, opportunity(Map.of())).withLink(claim);
        Pair alone = reported("crm", null, opportunity(Map.of("ReferralId", ""))).withLink(claim);
        assertThat(steps.withReferral(identified, elsewhere).referral()).isNotNull();
        assertThat(steps.withReferral(alone, referral(Map.of())).referral()).isNotNull();
        Pair free = steps.withReferral(alone, elsewhere);
        assertThat(free.referral()).isNull();
        assertThat(free.link().ends()).isEqualTo(Ends.deal(null, null, "crm-1"));
        assertThat(links.due("crm", NOW, 10)).extracting(each -> each.ends().referralId()).contains("r1");
    }

    /** The two were parked by themselves because somebody had asked what a sync would do. */
    @Test
    void a_preview_leaves_an_opportunity_in_the_books_with_the_referral_that_is_its_own_no_more() {
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(Standing.of(LinkState.CLAIMED, "Broken")));
        Link claim = links.findByReferral("crm", "r1").orElseThrow();
        Map<String, Object> elsewhere = referral(Map.of());
        elsewhere.put("externalReferenceId", "crm-2");
        Pair alone = pair(new Hint("crm", "crm-1", null, Hint.Origin.PREVIEW), claim, null,
                opportunity(Map.of("ReferralId", "")));
        Pair free = steps.withReferral(alone, elsewhere);
        assertThat(free.referral()).isNull();
        assertThat(free.link().ends()).isEqualTo(Ends.deal(null, null, "crm-1"));
        assertThat(links.findByReferral("crm", "r1")).contains(claim);
        assertThat(links.due("crm", NOW, 10)).isEmpty();
    }

    /** It was waited for, because the one named before had been changed later. */
    @Test
    void an_opportunity_is_not_old_for_being_older_than_the_one_that_the_referral_named_before() {
        Link claim = Link.of("crm", Ends.deal("r1", "e1", "crm-2")).with(Standing.of(LinkState.CLAIMED, "Broken"))
                .with(new Agreement(AgreedValues.NONE, Seen.NONE, new Seen("9", Long.MAX_VALUE)));
        Pair pair = reported("partner-center", referral(Map.of()), null).withLink(claim);
        assertThat(steps.withOpportunity(pair, opportunity(Map.of("Modified", "2026-01-01T00:00:00Z"))).opportunity())
                .isNotNull();
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

    /** It was waited for, for seven seconds, with a word about a joined record that shows nothing. */
    @Test
    void the_opportunity_of_a_lead_that_is_just_accepted_is_not_expected_to_be_there() {
        Link lead = stored(Link.of("crm", Ends.lead("r1", "e1", "lead-1")).at("\"1\"", "7"));
        Pair pair = reported("partner-center", referral(Map.of()), null).withLink(lead);
        assertThat(steps.withOpportunity(pair, null).opportunity()).isNull();
        assertThatThrownBy(() -> steps.withOpportunity(pair.withLink(stored(Link.of("crm",
                Ends.deal("r2", "e2", "crm-2")).at("\"1\"", "7"))), null)).isInstanceOf(Fault.Transient.class)
                        .hasMessageContaining("crm-2");
    }

    /** The first look of the hour took what was hidden for a moment for deleted. */
    @Test
    void a_look_that_time_has_brought_does_not_believe_one_read_that_shows_nothing() {
        Link parked = stored(Link.of("crm", Ends.deal(null, null, "crm-1")).with(Standing.of(LinkState.PARKED, "odd")));
        Pair again = pair(new Hint("crm", "crm-1", null, Hint.Origin.AGAIN), parked, null, null);
        for (int read = 0; read < 3; read++) {
            assertThatThrownBy(() -> steps.withOpportunity(again, null)).isInstanceOf(Fault.Transient.class);
        }
        assertThat(steps.withOpportunity(again, null).opportunity()).isNull();
        assertThat(steps.withOpportunity(reported("crm", parked, null, null), null).opportunity())
                .as("the CRM itself reports it, so it may be deleted").isNull();
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

}
