package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.known;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an opportunity finds the referral that it is, before one is created for it. */
class ClaimStepsTest extends BooksAtHand {
    private static final ClaimSteps.Claims NONE_LISTED = new ClaimSteps.Claims(List.of("r1"));
    private Watermarks watermarks;
    private Intents intents;
    private ReferralIndex index;
    private ClaimSteps claims;

    @BeforeEach
    void steps() {
        watermarks = new Watermarks(database, CLOCK);
        intents = new Intents(database, CLOCK);
        index = new ReferralIndex(database, watermarks, REFERRALS, CRMS, CLOCK);
        claims = new ClaimSteps(CRMS, REFERRALS, MAPPINGS, links, intents, index);
    }

    private static Pair alone(Map<String, Object> fields) {
        Map<String, Object> opportunity = opportunity(fields);
        opportunity.remove("ReferralId");
        return pair(hint("crm"), null, null, opportunity);
    }

    private static Map<String, Object> named(String id, String status, String crmId) {
        Map<String, Object> referral = referral(Map.of());
        referral.putAll(Map.of("id", id, "status", status, "externalReferenceId", crmId));
        return referral;
    }

    private void everythingWasRead() {
        index.begin(NOW);
        watermarks.advance("partner-center-full", NOW.toString());
    }

    @Test
    void only_an_opportunity_that_would_be_shared_is_looked_up() {
        assertThat(claims.wanted(alone(Map.of()))).isTrue();
        assertThat(claims.wanted(alone(Map.of("Sync", false)))).isFalse();
        assertThat(claims.wanted(alone(Map.of()).withReferral(known(referral(Map.of()))))).isFalse();
        assertThat(claims.wanted(pair(hint("crm"), null, null, opportunity(Map.of())))).as("it names one").isFalse();
        intents.begin("crm", "crm-1");
        assertThat(claims.wanted(alone(Map.of()))).as("a create that was begun looks for itself").isFalse();
    }

    @Test
    void nothing_is_created_before_all_referrals_were_read_once() {
        assertThatThrownBy(() -> claims.claims(alone(Map.of()))).isInstanceOf(Fault.Early.class)
                .hasMessageContaining("crm-1");
        everythingWasRead();
        assertThat(claims.claims(alone(Map.of())).isLeft()).isFalse();
    }

    @Test
    void open_claimants_come_first_and_each_once() {
        everythingWasRead();
        index.note(List.of(named("r1", "Closed", "crm-1"), named("r2", "Active", "crm-1"),
                named("r3", "Active", "crm-9")));
        ClaimSteps.Claims known = claims.claims(alone(Map.of()));
        assertThat(known.ids()).containsExactly("r2", "r1");
        assertThat(claims.withFound(alone(Map.of()), known,
                List.of(named("r4", "Active", "crm-1"), named("r2", "Active", "crm-1"))).ids())
                .containsExactly("r4", "r2", "r1");
        assertThat(known.next()).isEqualTo("r2");
        assertThat(known.rest().rest().isLeft()).isFalse();
    }

    /** It was left out, and a second referral was created beside it. */
    @Test
    void a_referral_that_is_listed_and_cannot_be_read_is_read_again() {
        everythingWasRead();
        Pair pair = alone(Map.of());
        ClaimSteps.Claims listed = claims.withFound(pair, claims.claims(pair),
                List.of(named("r4", "Active", "crm-1")));
        assertThatThrownBy(() -> claims.withClaimant(pair, listed, null)).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("r4").hasMessageContaining("crm-1");
        index.note(List.of(named("r5", "Active", "crm-1")));
        assertThat(claims.withClaimant(pair, claims.claims(pair), null).referral()).as("of the index alone").isNull();
    }

    @Test
    void an_open_claimant_is_the_other_side_and_a_second_one_a_rival() {
        Pair one = claims.withClaimant(alone(Map.of()), NONE_LISTED, named("r1", "Active", "crm-1"));
        assertThat(one.referral().fields()).containsEntry("id", "r1");
        assertThat(claims.withClaimant(one, NONE_LISTED, named("r2", "Active", "crm-1")).rivals()).hasSize(1);
        assertThat(claims.withClaimant(one, NONE_LISTED, named("r3", "Active", "crm-9")).rivals())
                .as("it names another one")
                .isEmpty();
        assertThat(claims.withClaimant(alone(Map.of()), NONE_LISTED, null).referral()).isNull();
    }

    @Test
    void a_closed_referral_is_an_older_deal_of_an_open_opportunity() {
        Map<String, Object> older = named("r1", "Closed", "crm-1");
        older.put("substatus", "Lost");
        assertThat(claims.withClaimant(alone(Map.of()), NONE_LISTED, older).referral()).isNull();
        assertThat(claims.withClaimant(alone(Map.of("Stage", "Closed Lost")), NONE_LISTED, older).referral())
                .extracting(Referral::fields).isEqualTo(older);
    }

    @Test
    void the_link_of_a_copy_does_not_count_when_the_original_is_joined() {
        String guid = "11111111-1111-1111-1111-111111111111";
        Map<String, Object> referral = referral(Map.of());
        referral.put("id", guid);
        referral.put("externalReferenceId", null);
        Pair copy = alone(Map.of("Link", "https://portal.example/" + guid));
        assertThat(claims.withClaimant(copy, NONE_LISTED, referral).referral().fields()).isEqualTo(referral);
        stored(Link.of("crm", Ends.deal(guid, null, "crm-2")));
        assertThat(claims.withClaimant(copy, NONE_LISTED, referral).referral()).isNull();
    }

    @Test
    void an_opportunity_that_the_referral_names_is_a_rival_of_one_that_does_not_name_it() {
        Pair pair = alone(Map.of()).withReferral(known(named("r1", "Active", "crm-7")));
        assertThat(claims.mayHaveRivals(pair)).isTrue();
        assertThat(claims.otherNamedId(pair)).isEqualTo("crm-7");
        assertThat(claims.withNamedRival(pair, opportunity(Map.of("Id", "crm-7"))).rivals()).hasSize(1);
        assertThat(claims.withNamedRival(pair, null).rivals()).isEmpty();
        assertThat(claims.withRivals(pair, List.of(opportunity(Map.of()), opportunity(Map.of("Id", "crm-8")))).rivals())
                .hasSize(1);
    }

    /** It was parked when it reported, and joined when its referral did. */
    @Test
    void the_opportunity_that_the_referral_names_is_no_rival_of_one_whose_identifier_is_the_referrals() {
        Map<String, Object> referral = named("r1", "Active", "crm-7");
        referral.put("engagementId", "r-7");
        assertThat(claims.otherNamedId(pair(hint("crm"), null, referral, opportunity(Map.of())))).isNull();
        assertThat(claims.otherNamedId(pair(hint("crm"), null, referral, opportunity(Map.of("ReferralId", "r-7")))))
                .as("the id of its engagement").isNull();
    }
}
