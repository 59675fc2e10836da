package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of hints before a person has let the first sync go. */
class FirstSyncStepsTest extends BooksAtHand {
    private static final List<String> CRM = List.of("crm");
    /** What a backfill hands over, by CRM and id. */
    private static final Set<String> HANDED = Set.of("crm r1");

    private FirstSync first;
    private ReferralIndex index;
    private FirstSyncSteps steps;

    @BeforeEach
    void asks() {
        database.client().sql("DELETE FROM first_sync").update();
        first = new FirstSync(database, CRM);
        first.begin(false, false);
        index = new ReferralIndex(database, new Watermarks(database, CLOCK), REFERRALS, CRMS, CLOCK);
        steps = new FirstSyncSteps(first, (crm, id) -> HANDED.contains(crm + " " + id), index, links);
    }

    private boolean holds(Hint hint) {
        return steps.holds(Pair.of("crm", hint, null), hint);
    }

    private static Hint referral(String id, Hint.Origin origin) {
        return new Hint(Hint.PARTNER_CENTER, id, null, origin);
    }

    /** It was a warning each minute for each of them, as if a system were away. */
    @Test
    void a_lead_of_the_marketplace_waits_for_the_first_sync_without_a_word() {
        Hint lead = new Hint(Hint.MARKETPLACE, "lead-1", null, Hint.Origin.WEBHOOK);
        assertThatThrownBy(() -> holds(lead)).isInstanceOf(Fault.Early.class).hasMessageContaining("first sync");
        assertThat(holds(hint("crm"))).isTrue();

        first.done("crm", CRM);
        first.done(FirstSync.PARTNER_CENTER, CRM);
        assertThat(holds(lead)).isFalse();
    }

    /** A backfill from before a CRM was added handed each referral to it as well, and all were made in it. */
    @Test
    void a_hint_of_a_backfill_that_did_not_count_the_record_for_this_crm_is_held() {
        assertThat(holds(referral("r1", Hint.Origin.BACKFILL))).isFalse();
        assertThat(holds(referral("r1", Hint.Origin.SWEEP))).isTrue();
        assertThat(holds(referral("r2", Hint.Origin.BACKFILL))).isTrue();
    }

    /** Microsoft's answer to a deal that was joined already arrived days later, when Partner Center was let go. */
    @Test
    void news_of_microsofts_referral_of_a_joined_deal_was_held() {
        Map<String, Object> microsofts = Map.of("id", "m1", "engagementId", "e1", "organizationId", "msft");
        index.note(List.of(microsofts));
        for (Hint.Origin origin : List.of(Hint.Origin.SWEEP, Hint.Origin.WEBHOOK, Hint.Origin.RELATED)) {
            assertThat(holds(referral("m1", origin))).as("its deal is not joined").isTrue();
        }
        stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")));
        for (Hint.Origin origin : List.of(Hint.Origin.SWEEP, Hint.Origin.WEBHOOK, Hint.Origin.RELATED)) {
            assertThat(holds(referral("m1", origin))).isFalse();
            assertThat(holds(referral("r9", origin))).as("one of ours that is not joined").isTrue();
        }
    }
}
