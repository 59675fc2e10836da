package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.dataverse.DataverseClient;
import dev.cosell.sandbox.dataverse.RunningDataverse;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions of the poll that an earlier start has kept, perhaps with other settings. */
class DynamicsPositionsTest {
    private static final String SELECT = "$select=cosell_syncwithpartnercenter,cosell_referralidentifier";
    private static final String ROWS = "cosell_partnercentersolutions?$select=_cosell_opportunityid_value";

    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient people = dataverse.client();
    private DynamicsRoutes dynamics;
    private String known;
    private String kept;

    @BeforeEach
    void aPositionIsKept() throws Exception {
        dynamics = new DynamicsRoutes(dataverse, 500);
        known = deal();
        kept = changes(null).position().replace("%2C", ",");
        dynamics.handedOver();
        assertThat(kept).contains("/opportunities?" + SELECT + "&$deltatoken=").contains("|/" + ROWS);
        startAgain();
    }

    private void startAgain() throws Exception {
        dynamics.close();
        dynamics = new DynamicsRoutes(dataverse, 500);
    }

    @AfterEach
    void stop() {
        dynamics.close();
    }

    private String deal() {
        return (String) people.post("/sandbox/opportunities", Map.of()).json().get("opportunityid");
    }

    private Changes changes(String position) {
        return dynamics.verb("changes", position);
    }

    private static List<String> ids(Changes changes) {
        return changes.changes().stream().map(Change::id).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$select=name,cosell_referralidentifier", "$select=cosell_gone,cosell_referralidentifier",
            "$select=cosell_referralidentifier", "%24select=name%2Ccosell_referralidentifier",
            SELECT + ",cosell_gone"})
    void aPositionOfOtherColumnsBeginsAnew(String select) {
        String added = deal();
        Changes all = changes(kept.replace(SELECT, select));
        assertThat(ids(all)).containsExactly(known, added);
        assertThat(all.position().replace("%2C", ",")).startsWith("/opportunities?" + SELECT + "&$deltatoken=");
        assertThat(changes(all.position()).changes()).isEmpty();
    }

    /** As a release wrote it that compared nothing, or as a service may spell it. */
    @ParameterizedTest
    @ValueSource(strings = {SELECT + "&", "$select=cosell_referralidentifier,cosell_syncwithpartnercenter&",
            "%24select=cosell_syncwithpartnercenter%2Ccosell_referralidentifier&",
            "$select=cosell_syncwithpartnercenter%2c%20cosell_referralidentifier&", ""})
    void aPositionOfTodaysColumnsGoesOn(String select) {
        String added = deal();
        Changes since = changes(kept.replace(SELECT + "&", select));
        assertThat(ids(since)).containsExactly(added);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contoso_rows?$select=_cosell_opportunityid_value&$deltatoken=1", "null", "again:null",
            "/cosell_partnercentersolutions?$select=_contoso_deal_value&$deltatoken=1"})
    void aPositionOfAnotherTableOrLookupOfSolutionsBeginsAnewAndReportsTheirOpportunities(String rows) {
        people.delete("/sandbox/opportunities/" + deal());
        Changes all = changes(kept.replaceFirst("\\|.*", "|" + rows.replace("$", "\\$")));
        assertThat(ids(all)).contains(known);
        assertThat(all.position()).contains("|/" + ROWS).doesNotContain("null");
        assertThat(changes(all.position()).changes()).isEmpty();
    }

    /** A first read of the rows reports nothing, one that changed in the middle neither. */
    @Test
    void aFirstReadOfAnotherTableBeginsAnewWithoutAWord() {
        Changes all = changes(kept.replaceFirst("\\|.*", "|first:/contoso_rows?\\$skiptoken=1"));
        assertThat(all.changes()).isEmpty();
        assertThat(all.position()).contains("|/" + ROWS);
    }
}
