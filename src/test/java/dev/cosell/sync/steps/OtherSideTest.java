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

import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the books say of the side that did not report. */
class OtherSideTest extends BooksAtHand {
    private static final Link JOINED = Link.of("crm", Ends.deal("r1", "e1", "crm-1")).at("\"1\"", "7");
    private static final Hint PREVIEW = new Hint("partner-center", "r1", null, Hint.Origin.PREVIEW);
    private SyncSteps steps;
    private OtherSide otherSide;

    @BeforeEach
    void steps() {
        steps = new SyncSteps(CRMS, REFERRALS, PlainDeals.decider(REFERRALS, LeadMode.LEADS), MAPPINGS, links, brakes,
                TimeRules.USUAL, CLOCK);
        otherSide = new OtherSide(CRMS, MAPPINGS, links, CLOCK);
    }

    /** A half-made link knew of no other side, and what was reported was not named. */
    @Test
    void an_opportunity_that_is_being_shared_and_whose_referral_is_not_read_does_no_harm() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1")).with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = reported("partner-center", null, opportunity(Map.of()));
        assertThat(otherSide.withKnownLink(pair).link().crmId()).isEqualTo("crm-1");
        assertThat(otherSide.withKnownLink(pair).referralId(null)).isEqualTo("r1");
    }

    @Test
    void the_link_of_the_other_side_is_taken_over_only_when_it_is_half_made_or_a_lead() {
        Pair pair = reported("partner-center", referral(Map.of()), opportunity(Map.of()));
        stored(Link.of("crm", Ends.deal(null, null, "crm-1")));
        assertThat(otherSide.withKnownLink(pair).link().crmId()).isEqualTo("crm-1");
        empty();
        steps();
        stored(Link.of("crm", Ends.deal("r2", "e2", "crm-1")));
        assertThat(otherSide.withKnownLink(pair).link()).isNull();
        assertThat(otherSide.withKnownLink(pair).other().referralId()).isEqualTo("r2");
        empty();
        steps();
        stored(Link.of("crm", Ends.lead("r1", "e1", "lead-1")));
        assertThat(otherSide.withKnownLink(pair(hint("crm"), null, referral(Map.of()), opportunity(Map.of())))
                .isLeadLinked()).isTrue();
    }

    /** The lead's deadlines went, and nobody was warned that it expires. */
    @Test
    void an_opportunity_that_is_switched_off_has_no_say_in_the_lead_that_it_names() {
        stored(Link.of("crm", Ends.lead("r1", "e1", "lead-1")));
        Pair pair = pair(hint("crm"), null, referral(Map.of()), opportunity(Map.of("Sync", false)));
        assertThat(otherSide.withKnownLink(pair).link()).isNull();
        assertThat(otherSide.withKnownLink(pair).other().isLead()).isTrue();
    }

    /**
     * A poll that saw a new opportunity before its link was stored took the two for records of others, and told the
     * seller so.
     */
    @Test
    void a_pair_that_was_joined_while_it_was_read_is_read_again() {
        Pair begun = steps.open(hint("crm"), "crm", null);
        stored(JOINED);
        assertThatThrownBy(() -> otherSide.withKnownLink(begun.withReferral(known(referral(Map.of())))
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
        assertThatThrownBy(() -> otherSide.withKnownLink(closed)).isInstanceOf(Fault.Taken.class)
                .hasMessageContaining("waits while opportunity crm-1");
        assertThat(links.due("crm", NOW, 10)).as("its own news may be lost").extracting(Waiting::crmId)
                .containsExactly("crm-1");
        Pair open = reported("partner-center", referral(Map.of()), opportunity(Map.of("ReferralId", "")));
        assertThat(otherSide.withKnownLink(open).link().crmId()).isEqualTo("crm-1");
        Pair off = reported("partner-center", won, opportunity(Map.of("ReferralId", "", "Sync", false)));
        assertThat(steps.decide(otherSide.withKnownLink(off)).situation()).as("nobody goes on with the create")
                .isEqualTo(Situation.SWITCHED_OFF);
    }

    /** It kept for good what Microsoft's side had said of the original, when the news of its referral was quicker. */
    @Test
    void the_referral_of_a_copy_waits_until_the_share_has_emptied_what_belongs_to_the_original() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(Map.of("Name", Agreed.on("Harbour", "Harbour")))));
        Pair copy = reported("partner-center", referral(Map.of()), opportunity(Map.of("ReferralId", "", "Audit",
                "2026-01-02 03:04 Joined with referral r0")));
        assertThatThrownBy(() -> otherSide.withKnownLink(copy)).isInstanceOf(Fault.Taken.class);
        assertThat(links.due("crm", NOW, 10)).extracting(Waiting::crmId).containsExactly("crm-1");
    }

    /** It was joined without the rest of the share when that was parked; to wait for a person would last for days. */
    @Test
    void the_referral_of_a_copy_whose_share_is_parked_is_left_to_the_share_and_waits_in_no_queue() {
        Map<String, Object> copy = opportunity(Map.of("ReferralId", "", "Audit",
                "2026-01-02 03:04 Joined with referral r0"));
        Link parked = Link.of("crm", Ends.deal(null, null, "crm-1")).with(Standing.of(LinkState.PARKED, "refused"))
                .with(new AgreedValues(Map.of("Name", Agreed.on("Harbour", "Harbour"))));
        stored(parked);
        Pair pair = otherSide.withKnownLink(reported("partner-center", referral(Map.of()), copy));
        assertThat(steps.decide(pair).situation()).isEqualTo(Situation.BEING_SHARED);
        assertThat(links.findByCrmId("crm", "crm-1").orElseThrow().state()).isEqualTo(LinkState.PARKED);
    }

    /** Each time that the referral came again another look was put on the queue, for as long as an outage lasted. */
    @Test
    void a_referral_that_waits_for_long_does_not_bring_a_look_at_the_opportunity_each_time() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(Map.of("Name", Agreed.on("Harbour", "Harbour")))));
        links.postpone(half.id(), NOW.plusSeconds(600));
        Pair copy = reported("partner-center", referral(Map.of()), opportunity(Map.of("ReferralId", "", "Audit",
                "2026-01-02 03:04 Joined with referral r0")));
        assertThatThrownBy(() -> otherSide.withKnownLink(copy)).isInstanceOf(Fault.Taken.class);
        assertThat(links.due("crm", NOW, 10)).isEmpty();
        assertThat(links.due("crm", NOW.plusSeconds(600), 10)).hasSize(1);
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
                Decision decision = steps.decide(otherSide.withKnownLink(pair));
                assertThat(decision.crmPatch()).as(system).containsKey("Amount");
                assertThat(decision.referralPatch()).as(system).doesNotContainKey("details.dealValue");
            }
        }
    }

    /** The one that it had named before was in no list any more, and nobody looked at it. */
    @Test
    void a_referral_that_names_another_opportunity_than_the_one_it_is_parked_with_lets_that_one_go() {
        Standing parked = Standing.of(LinkState.CLAIMED, "Name is missing");
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-2")).with(parked).at("\"1\"", "7"));
        Link claim = links.findByReferral("crm", "r1").orElseThrow();
        Pair corrected = otherSide.withKnownLink(reported("partner-center", referral(Map.of()), opportunity(Map.of()))
                .withLink(claim));
        assertThat(corrected.link().id()).isEqualTo(claim.id());
        assertThat(corrected.link().crmId()).isNull();
        Link freed = links.findByCrmId("crm", "crm-2").orElseThrow();
        assertThat(freed.referralId()).isNull();
        assertThat(freed.state()).isEqualTo(LinkState.PARKED);
        assertThat(freed.reason()).isEqualTo("Name is missing");
        assertThat(links.due("crm", NOW, 10)).extracting(Waiting::id).contains(freed.id());
    }

    @Test
    void a_claim_stays_for_as_long_as_one_of_the_two_names_the_other() {
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(Standing.of(LinkState.CLAIMED, "Name is missing")));
        Link claim = links.findByReferral("crm", "r1").orElseThrow();
        Map<String, Object> unnamed = referral(Map.of());
        unnamed.put("externalReferenceId", null);
        List.of(reported("partner-center", referral(Map.of()), null),
                reported("partner-center", unnamed, opportunity(Map.of())),
                reported("partner-center", unnamed, opportunity(Map.of("Id", "crm-2")))
                        .withRivals(List.of(shown(opportunity(Map.of())))))
                .forEach(pair -> assertThat(otherSide.withKnownLink(pair.withLink(claim)).link()).isEqualTo(claim));
        assertThat(links.due("crm", NOW, 10)).isEmpty();
    }

    /** A preview and the count of a backfill, which say that they write nothing, parked the two by themselves. */
    @Test
    void a_preview_of_a_claim_that_is_over_shows_what_becomes_of_it_and_writes_nothing() {
        Link claim = stored(Link.of("crm", Ends.deal("r1", "e1", "crm-2"))
                .with(Standing.of(LinkState.CLAIMED, "Name is missing")).at("\"1\"", "7"));
        Pair pair = pair(PREVIEW, claim, referral(Map.of()), opportunity(Map.of()));
        Link released = otherSide.withKnownLink(pair).link();
        assertThat(released.ends()).isEqualTo(Ends.deal("r1", "e1", null));
        assertThat(released.state()).isEqualTo(LinkState.PARKED);
        assertThat(links.findByReferral("crm", "r1")).contains(claim);
        assertThat(links.due("crm", NOW, 10)).isEmpty();
    }

    /** The same of a share that is under way: each look brought a look of the sync. */
    @Test
    void a_preview_of_a_referral_that_is_being_shared_brings_no_look_at_its_opportunity() {
        stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(Map.of("Name", Agreed.on("Harbour", "Harbour")))));
        Pair copy = pair(PREVIEW, null, referral(Map.of()), opportunity(Map.of("ReferralId", "", "Audit",
                "2026-01-02 03:04 Joined with referral r0")));
        assertThatThrownBy(() -> otherSide.withKnownLink(copy)).isInstanceOf(Fault.Taken.class);
        assertThat(links.due("crm", NOW, 10)).isEmpty();
    }

    @Test
    void another_referral_of_a_joined_engagement_is_somebody_elses() {
        stored(JOINED);
        Map<String, Object> referral = referral(Map.of());
        referral.put("id", "r2");
        referral.put("engagementId", "e1");
        referral.put("externalReferenceId", null);
        Pair pair = otherSide.withKnownLink(pair(new Hint("partner-center", "r2", null, Hint.Origin.POLL), null,
                referral, null));
        assertThat(pair.inItsPlace()).isEqualTo("r1");
        assertThat(steps.decide(pair).situation()).isEqualTo(Situation.FOREIGN);
    }
}
