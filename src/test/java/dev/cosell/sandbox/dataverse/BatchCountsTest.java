package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How requests inside of a batch are counted, and how fault rules find them. */
class BatchCountsTest {
    private static final String HTTP = "Content-Type: application/http\nContent-Transfer-Encoding: binary\n";

    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient people = dataverse.client();

    private static String write(int id, String request, String body) {
        return "--c\n" + HTTP + "Content-ID: " + id + "\n\n" + request + " HTTP/1.1\nContent-Type: application/json\n\n"
                + body + "\n";
    }

    private String batch(String... writes) throws IOException, InterruptedException {
        String set = writes.length == 0 ? ""
                : "--b\nContent-Type: multipart/mixed; boundary=c\n\n" + String.join("", writes) + "--c--\n";
        String text = set + "--b\n" + HTTP + "\nGET accounts?$select=name HTTP/1.1\n\n\n--b--\n";
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(dataverse.baseAddress() + "/$batch"))
                .header("Authorization", "Bearer " + dataverse.token())
                .header("Content-Type", "multipart/mixed; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(text.replace("\n", "\r\n"))).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private Map<String, Object> stats() {
        return people.get("/sandbox/stats").json();
    }

    @Test
    void aBatchIsOneCallAndItsWritesAreWrites() throws Exception {
        assertThat(
                batch(write(1, "POST accounts", "{\"name\":\"a\"}"), write(2, "POST contacts", "{\"lastname\":\"b\"}")))
                .contains("HTTP/1.1 204", "HTTP/1.1 200");
        assertThat(stats()).containsEntry("total", 1).containsEntry("writes", 2).containsEntry("inside",
                Map.of("POST /api/data/v9.2/accounts", 1,
                        "POST /api/data/v9.2/contacts", 1, "GET /api/data/v9.2/accounts", 1));
    }

    @Test
    void aBatchThatOnlyReadsWritesNothingAndSoDoesAChangeSetThatIsRefused() throws Exception {
        batch();
        assertThat(
                batch(write(1, "POST accounts", "{\"name\":\"a\"}"), write(2, "POST contacts", "{\"lastnme\":\"b\"}")))
                .contains("HTTP/1.1 400");
        assertThat(stats()).containsEntry("total", 2).containsEntry("writes", 0);
    }

    @Test
    void aFaultRuleFindsARequestInside() throws Exception {
        people.post("/sandbox/faults",
                Map.of("path", "contacts", "status", 429, "headers", Map.of("Retry-After", "9")));
        assertThat(
                batch(write(1, "POST accounts", "{\"name\":\"a\"}"), write(2, "POST contacts", "{\"lastname\":\"b\"}")))
                .contains("HTTP/1.1 429", "Retry-After: 9");
        assertThat(people.get("accounts/$count").text()).isEqualTo("0");
        for (String drop : new String[] {"before", "after"}) {
            people.post("/sandbox/faults", Map.of("path", "contacts", "drop", drop));
            assertThatThrownBy(() -> batch(write(1, "POST accounts", "{\"name\":\"a\"}"),
                    write(2, "POST contacts", "{\"lastname\":\"b\"}")))
                    .isInstanceOf(IOException.class);
            assertThat(people.get("accounts/$count").text()).isEqualTo(drop.equals("before") ? "0" : "1");
        }
    }

    @Test
    void aWriteThatShowsItsRowIsNotKnownByItsNumber() throws Exception {
        String shown = write(1, "POST accounts", "{\"name\":\"a\"}").replace("application/json\n",
                "application/json\nPrefer: return=representation\n");
        String contact = write(2, "POST contacts",
                "{\"lastname\":\"b\",\"parentcustomerid_account@odata.bind\":\"$1\"}");
        assertThat(batch(shown, contact)).contains("HTTP/1.1 400", "Content-ID Reference: '$1' does not exist");
        assertThat(people.get("accounts/$count").text()).isEqualTo("0");
        assertThat(batch(shown.replace("return=representation", "odata.maxpagesize=5"), contact))
                .contains("HTTP/1.1 204").doesNotContain("HTTP/1.1 400");
    }

    @Test
    void aPatchTakesNoNestedRowsAlsoWhereItCreates() {
        Map<String, Object> nested = Map.of("name", "Deal", "cosell_opportunity_solutions",
                List.of(Map.of("cosell_solutionid", "S-1")));
        assertThat(people.patch("opportunities(cosell_referralidentifier='r-1')", nested).status()).isEqualTo(400);
        assertThat(people.get("opportunities/$count").text()).isEqualTo("0");
        assertThat(people.post("opportunities", nested).status()).isEqualTo(204);
    }

    @Test
    void aBodyHasToSayWhatItIsInsideOfABatchToo() throws Exception {
        String untyped = write(1, "POST accounts", "{\"name\":\"a\"}").replace("Content-Type: application/json\n", "");
        assertThat(batch(untyped)).contains("HTTP/1.1 400", "needs the header Content-Type");
        assertThat(people.post("accounts", Map.of("name", "a"), "Content-Type", "text/plain").status()).isEqualTo(400);
        assertThat(people.get("accounts/$count").text()).isEqualTo("0");
    }
}
