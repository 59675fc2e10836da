package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to a deal that began in the CRM: its solutions, its upgrades, and what is left undone half-way. */
abstract class DealStories {
    protected static final Map<String, Object> FIRST = Map.of("id", "SOL-20011-KLM", "name", "Crane Insight");
    protected static final Map<String, Object> SECOND = Map.of("id", "SOL-30022-ABC", "name", "Dock Planner");

    protected abstract World world();

    /** Adds a solution row without touching the opportunity; gives its id. */
    protected abstract String addSolutionRow(String crmId, Map<String, Object> solution);

    protected abstract void deleteSolutionRow(String rowId);

    protected CrmDriver crm() {
        return world().crm();
    }

    protected List<Object> solutionIds(String referralId) {
        List<?> solutions = (List<?>) map(map(world().referral(referralId).get("details")).get("requirements")).get("solutions");
        return solutions.stream().map(solution -> map(solution).get("id")).toList();
    }

    @Test
    void a_solution_row_that_is_added_or_removed_alone_is_noticed() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST)));
        String referralId = (String) world().referralFor(id).get("id");

        String row = addSolutionRow(id, SECOND);
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactlyInAnyOrder("SOL-20011-KLM", "SOL-30022-ABC"));
        world().settle();
        deleteSolutionRow(row);
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactly("SOL-20011-KLM"));
        world().andAgainNothingHappens();
    }
}
