package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Hint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which reported versions are looked at. */
class ReportedVersionsTest extends BooksAtHand {
    private static final Link JOINED = Link.of("crm", Ends.deal("r1", "e1", "crm-1")).at("\"1\"", "7");
    private ReportedVersions versions;

    @BeforeEach
    void steps() {
        versions = new ReportedVersions(links, CLOCK);
    }

    @Test
    void the_key_of_a_version_is_answered_by_the_link_and_new_for_a_retry() {
        Link joined = stored(JOINED);
        Pair pair = reported("crm", null, opportunity(Map.of("Version", "7"))).withLink(joined);
        String key = versions.seenKey(pair);
        assertThat(key).isEqualTo(SeenVersions.key("crm", "crm", "crm-1", "7"));
        assertThat(seen.contains(key)).isTrue();
        assertThat(seen.contains(versions.seenKey(pair.withOpportunity(shown(opportunity(Map.of("Version", "8")))))))
                .isFalse();
        Pair retry = pair(new Hint("crm", "crm-1", null, Hint.Origin.RETRY), joined, null, pair.opportunity().fields());
        assertThat(versions.seenKey(retry)).startsWith("retry:").endsWith(key);
        assertThat(versions.seenKey(pair.withOpportunity(null))).endsWith("gone");
    }

    /** A sweep reports the hour before it every ten minutes, whatever waits in the queue. */
    @Test
    void a_version_that_is_reported_again_after_it_was_handled_needs_no_look() {
        Link joined = stored(JOINED);
        Pair swept = Pair.of("crm", new Hint("partner-center", "r1", "\"1\"", Hint.Origin.SWEEP), joined);
        assertThat(versions.wasHandled(swept)).isTrue();
        assertThat(seen.contains(versions.seenKey(swept))).isTrue();
        assertThat(versions.wasHandled(Pair.of("crm", new Hint("crm", "crm-1", "7", Hint.Origin.POLL), joined)))
                .isTrue();

        Hint later = new Hint("partner-center", "r1", "\"2\"", Hint.Origin.SWEEP);
        assertThat(versions.wasHandled(Pair.of("crm", later, joined))).as("another version").isFalse();
        assertThat(versions.wasHandled(Pair.of("crm", later, null))).as("without a link").isFalse();
        seen.add(SeenVersions.key("crm", "partner-center", "r1", "\"2\""));
        assertThat(versions.wasHandled(Pair.of("crm", later, null))).isTrue();
        assertThat(versions.wasHandled(Pair.of("crm", later, joined.with(Standing.of(LinkState.ORPHANED, "hidden")))))
                .as("what is back is looked at").isFalse();
        for (Hint.Origin asked : List.of(Hint.Origin.RETRY, Hint.Origin.BACKFILL, Hint.Origin.PARTS)) {
            assertThat(versions.wasHandled(Pair.of("crm", new Hint("crm", "crm-1", "7", asked), joined))).isFalse();
        }
    }

    /** Microsoft's referral counted as gone where a tenant does not show it by its id. */
    @Test
    void anothers_referral_that_is_not_shown_to_us_is_not_gone() {
        Hint news = new Hint("partner-center", "r9", null, Hint.Origin.RELATED);
        Pair hidden = Pair.of("crm", news, null);
        assertThat(versions.wasHandled(hidden)).isFalse();
        assertThat(seen.contains(versions.seenKey(hidden))).as("nothing is to be done").isTrue();
        Pair shown = pair(news, null, Map.of("id", "r9", "eTag", "\"1\""), null);
        assertThat(versions.seenKey(shown)).isEqualTo(SeenVersions.key("crm", "partner-center", "r9", "\"1\""));
    }

    @Test
    void solution_rows_have_a_version_of_their_own() {
        Pair pair = pair(new Hint("crm", "crm-1", null, Hint.Origin.PARTS), null, null,
                opportunity(Map.of("Version", "7", "solutions", List.of(Map.of("id", "s1", "name", "Azure")))));
        Pair without = pair.withOpportunity(shown(opportunity(Map.of("Version", "7"))));
        assertThat(versions.seenKey(pair)).isNotEqualTo(versions.seenKey(without)).contains("s1=Azure");
    }

    /** Our note about it may have the stamp of the second in which the first of both was seen. */
    @Test
    void a_solution_row_that_is_taken_away_again_is_news_though_the_opportunity_has_its_old_version() {
        Pair pair = pair(new Hint("crm", "crm-1", null, Hint.Origin.PARTS), JOINED, null,
                opportunity(Map.of("Version", "7", "solutions", List.of(Map.of("id", "s1", "name", "Azure")))));
        Agreed before = new Agreed(List.of("s1"), List.of("s1"), null, null);
        Agreed meanwhile = new Agreed(List.of("s1", "s2"), List.of("s1", "s2"), null, null);
        assertThat(versions.seenKey(pair.withLink(agreed(before)))).isEqualTo(versions.seenKey(pair.withLink(agreed(
                before)))).isNotEqualTo(versions.seenKey(pair.withLink(agreed(meanwhile))));
    }

    private static Link agreed(Agreed solutions) {
        return JOINED.with(new AgreedValues(Map.of("solutions", solutions)));
    }

    @Test
    void a_referral_that_is_back_was_dropped_where_its_version_was_remembered_though_another_instance_forgot_it() {
        String key = SeenVersions.key("crm", "partner-center", "r1", "\"1\"");
        seen.add(key);
        new SeenVersions(database, CLOCK).remove(key);
        assertThat(seen.contains(key)).as("what this instance remembers").isTrue();
        Link orphan = stored(JOINED.at(null, "7").with(Standing.of(LinkState.ORPHANED, "hidden")));
        assertThat(versions.seenKey(reported("partner-center", orphan, value(100, "\"1\""), null))).isEqualTo(key);
        assertThat(seen.contains(key)).isFalse();
    }

    @Test
    void an_opportunity_that_is_shown_again_is_looked_at_once_for_each_time_it_was_gone() {
        Link orphan = stored(JOINED.at("\"1\"", "7").with(Standing.orphaned(Situation.OPPORTUNITY_GONE, "hidden")));
        Hint again = new Hint("crm", "crm-1", null, Hint.Origin.AGAIN);
        Map<String, Object> shown = opportunity(Map.of("Version", "7"));
        String key = versions.seenKey(pair(again, orphan, null, shown));
        assertThat(seen.contains(key)).isFalse();
        assertThat(versions.seenKey(pair(again, orphan, null, shown))).isEqualTo(key);
        Standing later = new Standing(orphan.state(), orphan.reason(), orphan.standing().causes(), NOW.plusSeconds(9));
        assertThat(versions.seenKey(pair(again, orphan.with(later), null, shown))).isNotEqualTo(key);
    }

    @Test
    void a_parked_link_answers_no_version() {
        Link parked = stored(JOINED.with(Standing.of(LinkState.PARKED, "why")));
        versions.seenKey(reported("crm", null, opportunity(Map.of("Version", "9"))).withLink(parked));
        assertThat(seen.contains(SeenVersions.key("crm", "crm", "crm-1", "9"))).isFalse();
    }
}
