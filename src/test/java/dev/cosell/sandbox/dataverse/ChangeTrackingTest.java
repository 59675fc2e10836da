package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.dataverse.DataverseClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeTrackingTest {
    private static final String TRACK = "odata.track-changes,odata.maxpagesize=2";

    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient api = dataverse.client();

    private String create(String name) {
        return (String) api.post("opportunities", Map.of("name", name), "Prefer", "return=representation").json()
                .get("opportunityid");
    }

    private static String delta(Reply reply) {
        return (String) reply.json().get("@odata.deltaLink");
    }

    private static String next(Reply reply) {
        return (String) reply.json().get("@odata.nextLink");
    }

    private String deltaOfFullRead() {
        Reply reply = api.get("opportunities?$select=name", "Prefer", "odata.track-changes");
        assertThat(reply.header("Preference-Applied")).contains("odata.track-changes");
        return delta(reply);
    }

    @Test
    void givesTheDeltaLinkOnTheLastPageOnly() {
        create("A");
        create("B");
        String third = create("C");
        Reply first = api.get("opportunities?$select=name", "Prefer", TRACK);
        assertThat(first.value()).hasSize(2);
        assertThat(delta(first)).isNull();
        api.patch("opportunities(" + third + ")", Map.of("name", "C2"));
        Reply second = api.get(next(first), "Prefer", TRACK);
        assertThat(second.value()).extracting(row -> row.get("name")).containsExactly("C2");
        assertThat(api.get(delta(second)).value()).as("changed while the pages were read").hasSize(1);
    }

    @Test
    void givesChangesOnceWithTheirCurrentValuesAndDeletionsLast() {
        String kept = create("A");
        String gone = create("B");
        String link = deltaOfFullRead();
        assertThat(api.get(link).value()).isEmpty();
        api.delete("opportunities(" + gone + ")");
        api.patch("opportunities(" + kept + ")", Map.of("name", "A2"));
        api.patch("opportunities(" + kept + ")", Map.of("name", "A3"));
        create("C");
        api.delete("opportunities(" + create("D") + ")");
        assertThat(api.get(link.replace("/opportunities?", "/opportunities/$count?")).text()).isEqualTo("4");

        Reply first = api.get(link, "Prefer", "odata.maxpagesize=3");
        assertThat(first.value().get(0)).containsEntry("name", "A3").containsKey("@odata.etag");
        assertThat(first.value().get(1)).containsEntry("name", "C");
        assertThat(first.value().get(2)).containsEntry("id", gone).containsEntry("reason", "deleted");
        Reply rest = api.get(next(first), "Prefer", "odata.maxpagesize=3");
        assertThat(rest.value()).singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("reason", "deleted"));
        assertThat(api.get(delta(rest)).value()).isEmpty();
    }

    @Test
    void forbidsOtherOptions() {
        Reply reply = api.get("opportunities?$select=name&$filter=name eq 'x'", "Prefer", "odata.track-changes");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("query parameter isn't supported when Change Tracking is enabled");
        assertThat(api.get("systemusers", "Prefer", "odata.track-changes").status()).isEqualTo(400);
    }

    @Test
    void forgetsOldTokens() {
        String link = deltaOfFullRead();
        api.post("/sandbox/settings", Map.of("deltaExpired", true, "expiredDeltaStatus", 410));
        Reply expired = api.get(link);
        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.errorCode()).isEqualTo("0x80044352");
        assertThat(api.get(link).status()).isEqualTo(200);
        api.post("/sandbox/settings", Map.of("expiredDeltaStatus", 400));
        dataverse.clock().forward(Duration.ofDays(8));
        assertThat(api.get(link).status()).isEqualTo(400);
    }

    @Test
    void tellsNothingToAUserWhoReadsOnlyHisOwnRows() {
        api.post("/sandbox/settings", Map.of("ownRowsOnly", List.of("opportunities")));
        assertThat(api.get("opportunities?$select=name").status()).isEqualTo(200);
        Reply refused = api.get("opportunities?$select=name", "Prefer", "odata.track-changes");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("0x80040220");
        assertThat(api.get("accounts?$select=name", "Prefer", "odata.track-changes").status()).isEqualTo(200);
    }
}
