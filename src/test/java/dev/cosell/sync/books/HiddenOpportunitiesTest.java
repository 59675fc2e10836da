package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.PlainCrm;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.steps.HiddenOpportunities;
import dev.cosell.sync.steps.HiddenOpportunities.Piece;
import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenOpportunitiesTest extends StateContract {
    @TempDir
    Path directory;
    private LinkStore links;
    private HiddenOpportunities hidden;

    @Override
    Database open() {
        return Database.open(ReadyDatabase.h2(directory.resolve("cosell")), null, null);
    }

    @BeforeEach
    void store() {
        links = new LinkStore(database, new SeenVersions(database, clock), clock);
        hidden = new HiddenOpportunities(links, Map.of("crm", new PlainCrm()), "busy"::equals);
    }

    private void stands(String crmId, Standing standing) {
        stands(Ends.deal("r-" + crmId, "e-" + crmId, crmId), standing);
    }

    private void stands(Ends ends, Standing standing) {
        links.finish(new Finished(Link.of("crm", ends).with(standing), null, List.of()));
    }

    private static Standing gone(Situation situation) {
        return Standing.orphaned(situation, "it is not shown any more");
    }

    private static List<String> ids(List<Piece> pieces) {
        return pieces.stream().flatMap(piece -> piece.ids().stream()).toList();
    }

    @Test
    void opportunities_that_are_not_shown_are_asked_for_and_those_that_are_shown_again_are_looked_at() {
        stands("a", gone(Situation.OPPORTUNITY_GONE));
        stands("b", gone(Situation.REFERRAL_GONE));
        stands("c", Standing.of(LinkState.ORPHANED, "the opportunity was deleted in the CRM"));
        stands("d", Standing.LINKED);
        stands(Ends.deal(null, null, "e"), gone(Situation.OPPORTUNITY_GONE));
        stands(Ends.lead("r-f", "e-f", "f"), gone(Situation.LEAD_GONE));

        List<Piece> pieces = hidden.next();
        assertThat(ids(pieces)).containsExactly("a", "c", "e");
        assertThat(hidden.shown(pieces.get(0), List.of(Map.of("Id", "c")))).containsExactly(
                new Hint("crm", "c", null, Hint.Origin.AGAIN));
        assertThat(hidden.shown(pieces.get(0), List.of())).isEmpty();
        assertThat(new HiddenOpportunities(links, Map.of("crm", new PlainCrm()), "crm"::equals).next())
                .as("while there is much to do").isEmpty();
    }

    @Test
    void so_many_that_were_deleted_cost_four_calls_a_turn_and_all_have_their_turn() {
        for (int number = 0; number < 250; number++) {
            stands("op-" + number, gone(Situation.OPPORTUNITY_GONE));
        }
        List<String> all = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            List<Piece> pieces = hidden.next();
            assertThat(pieces).hasSize(turn < 2 ? 4 : 2).allMatch(piece -> piece.ids().size() == 25);
            all.addAll(ids(pieces));
        }
        assertThat(all).doesNotHaveDuplicates().hasSize(250);
        assertThat(ids(hidden.next())).as("anew").isEqualTo(all.subList(0, 100));
    }
}
