package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written down before something is written. */
class BeginningsTest extends BooksAtHand {
    private static final Fault REFUSED = new Fault.Throttled("partner-center", "Not now", Duration.ZERO);
    private Beginnings beginnings;

    @BeforeEach
    void steps() {
        beginnings = new Beginnings(MAPPINGS, links, brakes);
    }

    private Agreed amount() {
        return link().agreed().rows().get("Amount");
    }

    @Test
    void an_update_is_noted_on_the_side_that_it_goes_to() {
        Link joined = stored(
                Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = pair(hint("crm"), joined, referral(Map.of("dealValue", 100)), opportunity(Map.of("Amount", 300)));
        beginnings.update(decided(pair));
        Agreed noted = amount();
        assertThat(noted.toReferral()).isNotNull();
        assertThat(noted.toCrm()).isNull();

        Decision after = decided(pair(hint("crm"), link(), referral(Map.of("dealValue", 300)),
                opportunity(Map.of("Amount", 500))));
        assertThat(after.situation()).as("our own write is no edit that the CRM's could conflict with")
                .isEqualTo(Situation.CHANGED);
    }

    @Test
    void an_edit_behind_a_write_whose_answer_is_missing_is_no_conflict_and_behind_a_refused_one_it_is() {
        Link joined = stored(
                Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = pair(hint("crm"), joined, referral(Map.of("dealValue", 100)), opportunity(Map.of("Amount", 300)));
        Decision decision = decided(pair);
        beginnings.update(decision);
        assertThat(decided(edited(400, 300)).situation()).isEqualTo(Situation.CHANGED);
        assertThat(decided(edited(400, 300)).crmPatch()).containsKey("Amount");
        assertThat(decided(edited(400, 500)).situation()).as("both were edited since").isEqualTo(Situation.CONFLICT);

        beginnings.refused(pair, decision, pair.referral().fields(),
                new Fault.Transient("partner-center", "No answer"));
        assertThat(decided(edited(400, 300)).situation()).as("it may have arrived").isEqualTo(Situation.CHANGED);
        beginnings.refused(pair, decision, pair.referral().fields(), REFUSED);

        assertThat(decided(edited(400, 300)).situation()).isEqualTo(Situation.CONFLICT);
        assertThat(decided(edited(300, 500)).situation()).as("an earlier attempt may have brought it")
                .isEqualTo(Situation.CHANGED);
        beginnings.refused(pair, null, null, REFUSED);
    }

    /** The next round read nothing, because another sync had handled the hint's version; this one counted as done. */
    @Test
    void a_version_that_was_read_by_a_round_that_broke_off_is_not_handled() {
        Pair pair = pair(hint("crm"), null, null, opportunity(Map.of("Version", "9")));
        beginnings.refused(pair, null, null, new Fault.VersionConflict("state", "Link 1 was changed"));
        String key = SeenVersions.key("crm", "crm", "crm-1", "9");
        assertThat(seen.add(key)).as("the consumer ends").isTrue();
        assertThat(seen.contains(key)).isFalse();

        beginnings.refused(pair, null, null, new Fault.VersionConflict("state", "Link 1 was changed"));
        assertThat(seen.asked(key)).as("a round that reads it again").isFalse();
        assertThat(seen.add(key)).isTrue();
        assertThat(new SeenVersions(database, CLOCK).contains(key)).isTrue();
    }

    @Test
    void what_another_sync_has_stored_is_not_touched_after_a_refused_write() {
        Link joined = stored(
                Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = pair(hint("crm"), joined, referral(Map.of("dealValue", 100)), opportunity(Map.of("Amount", 300)));
        new LinkStore(database, seen, Clock.offset(CLOCK, Duration.ofSeconds(1)))
                .finish(new Finished(joined.with(new AgreedValues(agreed("Amount", "700.00"))), null,
                        List.of()));

        beginnings.refused(pair, decided(pair), pair.referral().fields(), REFUSED);

        assertThat(amount()).isEqualTo(agreed("Amount", "700.00").get("Amount"));
    }

    /** The referral that the edit had changed was taken for one that the refused write had changed. */
    @Test
    void an_edit_that_refused_a_write_was_taken_for_the_write_when_the_next_round_ended_before_it_had_decided() {
        Pair pair = pair(hint("crm"), joined(), referral(Map.of("dealValue", 100)), amount(300, "8"));
        Decision decision = decided(pair);
        beginnings.update(decision);
        beginnings.refused(pair, decision, pair.referral().fields(),
                new Fault.VersionConflict("partner-center", "moved"));
        Agreed refused = amount();

        beginnings.refused(Pair.of("crm", pair.hint(), link()), decision, value(400, "\"2\""), REFUSED);
        assertThat(amount()).isEqualTo(refused);
        assertThat(decided(edited(400, 300)).situation()).isEqualTo(Situation.CONFLICT);
    }

    private Pair edited(int inPortal, int inCrm) {
        return pair(hint("crm"), link(), referral(Map.of("dealValue", inPortal)), opportunity(Map.of("Amount", inCrm)));
    }

    /**
     * The process died after the create, and then after the CRM was written: the CRM's value counted as an edit there,
     * and won over one that was made in Partner Center meanwhile.
     */
    @Test
    void the_first_update_of_a_deal_whose_create_was_cut_short_is_noted_too() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        beginnings.update(decided(pair(hint("partner-center"), half, referral(Map.of("dealValue", 300)),
                opportunity(Map.of("Amount", 100)))));
        Link noted = links.findByReferral("crm", "r1").orElseThrow();
        assertThat(noted.agreed().rows().get("Amount").toCrm()).isNotNull();

        Decision after = decided(pair(hint("partner-center"), noted, referral(Map.of("dealValue", 400)),
                opportunity(Map.of("Amount", 300))));
        assertThat(after.crmPatch()).containsKey("Amount");
        assertThat(after.referralPatch()).doesNotContainKey("details.dealValue");
    }

    /** The answer of the CRM was missing, and no audit named what had been written in Partner Center. */
    @Test
    void the_first_update_of_a_deal_whose_opportunity_was_parked_is_noted_and_told_when_both_are_equal() {
        Link parked = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(Standing.of(LinkState.PARKED, "Name is missing")));
        beginnings.update(decided(pair(hint("crm"), parked, referral(Map.of("dealValue", 100)),
                opportunity(Map.of("Amount", 300)))));
        assertThat(link().state()).isEqualTo(LinkState.PARKED);
        assertThat(decided(edited(300, 300)).story())
                .contains("Amount in Partner Center: 100.00 → 300.00 (both sides changed it; 100.00 lost)");
    }

    /** After the database had been lost and the process died in between, no audit named the edit that had lost. */
    @Test
    void the_first_update_of_a_pair_that_the_books_do_not_know_is_noted_and_told_when_both_are_equal() {
        beginnings.update(decided(pair(hint("crm"), null, referral(Map.of("dealValue", 100)),
                opportunity(Map.of("Amount", 300)))));
        Link noted = links.findByReferral("crm", "r1").orElseThrow();
        assertThat(noted.crmId()).isNull();
        assertThat(decided(pair(hint("crm"), noted, referral(Map.of("dealValue", 300)),
                opportunity(Map.of("Amount", 300)))).story())
                .contains("Amount in Partner Center: 100.00 → 300.00 (both sides changed it; 100.00 lost)");
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")));
        assertThat(link().id()).isEqualTo(noted.id());
    }

    /** It counted as one that may have arrived, and the edit that had refused it won against the rule. */
    @Test
    void a_refused_first_update_of_a_deal_whose_create_was_cut_short_is_known_not_to_have_arrived() {
        Link half = stored(Link.of("crm", Ends.deal(null, null, "crm-1"))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair pair = pair(hint("crm"), half, referral(Map.of("dealValue", 100)), opportunity(Map.of("Amount", 300)));
        beginnings.update(decided(pair));
        beginnings.refused(pair, decided(pair), pair.referral().fields(),
                new Fault.VersionConflict("partner-center", "moved"));
        Decision after = decided(edited(400, 300));
        assertThat(after.situation()).isEqualTo(Situation.TWIN);
        assertThat(after.referralPatch()).as("both were edited, and the CRM wins").containsKey("details.dealValue");
        assertThat(after.story()).noneMatch(sentence -> sentence.contains("perhaps"));
    }

    @Test
    void nothing_is_noted_when_nothing_is_written() {
        Link joined = stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")));
        beginnings.update(decided(pair(hint("crm"), joined, referral(Map.of()), opportunity(Map.of()))));
        assertThat(link().agreed()).isEqualTo(AgreedValues.NONE);
    }

    @Test
    void a_create_leaves_half_a_link_that_the_other_half_completes() {
        Pair pair = pair(hint("partner-center"), null, referral(Map.of("dealValue", 100)), null);
        beginnings.opportunity(Decision.nothing(pair, Situation.NEW_REFERRAL),
                new Writes.NewOpportunity("r1", Map.of("Amount", 100), Map.of(), Map.of(), List.of()));
        Link half = links.findByReferral("crm", "r1").orElseThrow();
        assertThat(half.crmId()).isNull();
        assertThat(half.agreed().rows()).containsKey("Amount");
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")));
        assertThat(link().id()).isEqualTo(half.id());
    }

    /** The first one's answer was lost and a search did not show it; an edit in the portal lost against its values. */
    @Test
    void the_opportunity_of_an_earlier_attempt_is_known_as_our_own_after_a_second_one_began() {
        Link half = stored(Link.of("crm", Ends.deal("r1", "e1", null))
                .with(new AgreedValues(agreed("Amount", "100.00"))));
        Pair edited = pair(hint("partner-center"), half, referral(Map.of("dealValue", 300)), null);
        beginnings.opportunity(Decision.nothing(edited, Situation.NEW_REFERRAL),
                new Writes.NewOpportunity("r1", Map.of("Amount", 300), Map.of(), Map.of(), List.of()));
        Decision first = decided(created(300, 100));
        assertThat(first.crmPatch()).as("the first arrived").containsKey("Amount");
        assertThat(first.referralPatch()).doesNotContainKey("details.dealValue");
        Decision second = decided(created(300, 300));
        assertThat(second.crmPatch()).as("the second arrived").doesNotContainKey("Amount");
        assertThat(decided(created(400, 300)).crmPatch()).as("edited since in the portal").containsKey("Amount");
        assertThat(decided(created(300, 500)).referralPatch()).as("edited since in the CRM")
                .containsKey("details.dealValue");
    }

    private Pair created(int inPortal, int inCrm) {
        return pair(hint("partner-center"), links.findByReferral("crm", "r1").orElseThrow(),
                referral(Map.of("dealValue", inPortal)), opportunity(Map.of("Amount", inCrm)));
    }

    @Test
    void the_second_attempt_of_a_referral_leaves_what_the_first_wrote_down() {
        Pair pair = pair(hint("crm"), null, null, opportunity(Map.of("Amount", 100)));
        Decision decision = Decision.nothing(pair, Situation.NEW_OPPORTUNITY);
        beginnings.referral(decision,
                new Writes.NewReferral("crm", "crm-1", referral(Map.of("dealValue", 100)), List.of(), false));
        Agreed first = amount();
        Pair edited = pair.withLink(link()).withOpportunity(shown(opportunity(Map.of("Amount", 500))));
        beginnings.referral(Decision.nothing(edited, Situation.NEW_OPPORTUNITY),
                new Writes.NewReferral("crm", "crm-1", referral(Map.of("dealValue", 500)), List.of(), true));
        assertThat(amount()).isEqualTo(first);
    }

    /** The sales team could not be read, and the seller's edit behind a lost answer of the next attempt was lost. */
    @Test
    void the_second_attempt_of_a_referral_is_written_down_when_the_first_was_cut_short_before_it_was() {
        Pair pair = pair(hint("crm"), null, null, opportunity(Map.of("Amount", 100)));
        beginnings.referral(Decision.nothing(pair, Situation.NEW_OPPORTUNITY),
                new Writes.NewReferral("crm", "crm-1", referral(Map.of("dealValue", 100)), List.of(), true));
        assertThat(amount()).isNotNull();
    }

    @Test
    void a_lead_stays_one_with_its_own_values_while_its_opportunity_is_made() {
        Link lead = stored(Link.of("crm", Ends.lead("r1", "e1", "lead-1"))
                .with(new AgreedValues(agreed("Name", "Contoso"))));
        Pair pair = pair(hint("partner-center"), lead, referral(Map.of("dealValue", 100)), null);
        beginnings.opportunity(Decision.nothing(pair, Situation.NEW_REFERRAL),
                new Writes.NewOpportunity("r1", Map.of("Amount", 100), Map.of(), Map.of(), List.of()));
        Link still = links.findByReferral("crm", "r1").orElseThrow();
        assertThat(still.isLead()).isTrue();
        assertThat(still.agreedOnDeal().rows()).containsKey("Amount");
        assertThat(still.agreed().rows()).containsEntry("Name", agreed("Name", "Contoso").get("Name"))
                .doesNotContainKey("Amount");
    }
}
