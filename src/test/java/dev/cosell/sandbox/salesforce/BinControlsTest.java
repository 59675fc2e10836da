package dev.cosell.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BinControlsTest {
    private final RunningSalesforce salesforce = new RunningSalesforce();

    @AfterEach
    void close() {
        salesforce.close();
    }

    private JsonNode all(String soql) {
        return salesforce.api("GET", "queryAll/?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8), null).body()
                .get("records");
    }

    @Test
    void a_merge_moves_what_belonged_to_the_loser_and_leaves_a_trace_in_the_recycle_bin() {
        String opportunity = salesforce.opportunity("{}");
        String loser = all("SELECT AccountId FROM Opportunity").get(0).get("AccountId").asText();
        String winner = salesforce.api("POST", "sobjects/Account", "{\"Name\":\"Winner\"}").body().get("id").asText();

        assertThat(salesforce
                .control("POST", "accounts/merge", "{\"winner\":\"" + winner + "\",\"loser\":\"" + loser + "\"}")
                .status()).isEqualTo(204);
        JsonNode moved = salesforce.query("SELECT Id, AccountId FROM Opportunity").body().get("records").get(0);
        assertThat(moved.get("Id").asText()).isEqualTo(opportunity);
        assertThat(moved.get("AccountId").asText()).isEqualTo(winner);
        assertThat(salesforce.query("SELECT Id FROM Contact WHERE AccountId = '" + winner + "'").body().get("totalSize")
                .asInt()).isEqualTo(1);
        JsonNode gone = all("SELECT IsDeleted, MasterRecordId FROM Account WHERE Id = '" + loser + "'").get(0);
        assertThat(gone.get("IsDeleted").asBoolean()).isTrue();
        assertThat(gone.get("MasterRecordId").asText()).isEqualTo(winner);
        assertThat(salesforce.control("POST", "accounts/merge", "{\"winner\":\"" + winner + "\",\"loser\":\"001x\"}")
                .status()).isEqualTo(404);
    }

    @Test
    void an_undelete_brings_back_the_row_and_what_went_with_it_as_news() {
        String opportunity = salesforce.opportunity("{}");
        salesforce.control("DELETE", "opportunities/" + opportunity, null);
        assertThat(salesforce.query("SELECT Id FROM Opportunity").body().get("totalSize").asInt()).isZero();

        salesforce.clock.advance(Duration.ofSeconds(5));
        assertThat(salesforce.control("POST", "opportunities/" + opportunity + "/undelete", "{}").status())
                .isEqualTo(204);
        JsonNode back = salesforce
                .query("SELECT SystemModstamp, (SELECT Id FROM Microsoft_Solutions__r) FROM Opportunity").body()
                .get("records").get(0);
        assertThat(back.get("Microsoft_Solutions__r").get("totalSize").asInt()).isEqualTo(1);
        assertThat(back.get("SystemModstamp").asText())
                .startsWith(salesforce.clock.instant().toString().substring(0, 19));
    }
}
