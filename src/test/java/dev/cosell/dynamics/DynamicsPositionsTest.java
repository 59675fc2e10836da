package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cosell.sandbox.dataverse.DataverseClient;
import dev.cosell.sandbox.dataverse.RunningDataverse;
import dev.cosell.stories.Log;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** In the batch, and when it is asked for by itself. */
    private void refuse(int status, String code) {
        people.post("/sandbox/faults", Map.of("path", "/opportunities$", "times", 2, "status", status, "body",
                Map.of("error", Map.of("code", code, "message", "not this one"))));
    }

    /** Each poll failed from then on, and the alarm named columns. */
    @ParameterizedTest
    @CsvSource({"400, 0x80060888", "400, ''", "400, 0x0", "404, 0x8006088a"})
    void aPositionThatIsRefusedWithACodeOfAnotherKindIsOneReadOfAll(int status, String code) {
        String added = deal();
        refuse(status, code);
        Changes refused = changes(kept);
        assertThat(ids(refused)).doesNotContain(known);
        Changes all = changes(refused.position());
        assertThat(ids(all)).containsExactly(known, added);
        assertThat(changes(all.position()).changes()).isEmpty();
    }

    @Test
    void aReadOfAllThatIsRefusedTooIsAFault() {
        refuse(404, "0x8006088a");
        Changes refused = changes(kept);
        refuse(404, "0x8006088a");
        assertThatThrownBy(() -> changes(refused.position())).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("0x8006088a");
    }

    @Test
    void aPositionThatIsRefusedWhileTheEnvironmentIsBeingCustomizedIsTriedAgain() {
        refuse(400, "0x8004F061");
        assertThatThrownBy(() -> changes(kept)).isInstanceOf(Fault.Transient.class);
    }

    @Test
    void whenEachNewPositionIsRefusedPollsGoOnAndItIsSaidOnce() {
        try (Log log = Log.from(Level.WARN)) {
            String position = kept;
            for (int poll = 0; poll < 4; poll++) {
                refuse(400, "0x80060888");
                String added = deal();
                Changes all = changes(changes(position).position());
                assertThat(ids(all)).contains(known, added);
                position = all.position();
            }
            assertThat(log.lines()).filteredOn(line -> line.contains("refuses the position that it gave")).hasSize(1);
        }
    }
}
