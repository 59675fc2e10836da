package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.http.Answer;
import dev.cosell.http.HttpSystem;
import dev.cosell.http.Request;
import dev.cosell.http.Text;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of batches and of the answers to them, as servers write it and as they should not. */
class BatchesTest {
    private static final Request READ = new Request("GET", "/opportunities?$select=name",
            Map.of("Prefer", "odata.track-changes"), null);
    private static final Request ACCOUNT = new Request("POST", "/accounts", Map.of(),
            Map.of("name", "Müller\r\n--batch_x"));
    private static final Request DEAL = new Request("PATCH", "/opportunities(1)", Map.of("If-Match", "W/\"7\""),
            Map.of("customerid_account@odata.bind", "$1"));

    private final Connection connection = new Connection("dynamics", Clock.systemUTC());
    private final Batches batches = new Batches(
            new HttpSystem(connection, "http://localhost:1", new DynamicsRoutes.FixedTokens("t"), new ObjectMapper(),
                    Clock.systemUTC()),
            "/api/data/v9.2", new ObjectMapper());

    private static Answer answer(int status, String type, String text) {
        Map<String, String> headers = new TreeMap<>(Map.of("content-type", type));
        return new Answer(status, headers, null, text.replace("\n", "\r\n"));
    }

    private static Answer multipart(String text) {
        return answer(200, "multipart/mixed; boundary=b1", text);
    }

    private static String part(String status, String headers, String body) {
        return "--b1\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nHTTP/1.1 " + status + "\n"
                + headers + "\n" + body + "\n";
    }

    private BatchAnswer reads(Answer answer) {
        return batches.answer(Batch.ofReads(READ, READ), answer);
    }

    private BatchAnswer writes(Answer answer) {
        return batches.answer(new Batch(List.of(ACCOUNT, DEAL), List.of(READ)), answer);
    }

    @Test
    void readsAskTheServerToGoOnAndEachHasItsOwnHeaders() {
        Request request = batches.request(Batch.ofReads(READ, READ));
        assertThat(request.method() + " " + request.uri()).isEqualTo("POST /$batch");
        assertThat(request.headers()).containsEntry("Prefer", "odata.continue-on-error");
        Text text = (Text) request.body();
        String boundary = text.type().replaceAll("multipart/mixed; boundary=\"(.+)\"", "$1");
        String part = "--" + boundary
                + "\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "GET /api/data/v9.2/opportunities?$select=name HTTP/1.1\r\nAccept: application/json\r\nPrefer: "
                + "odata.track-changes\r\n\r\n\r\n";
        assertThat(text.content()).isEqualTo(part + part + "--" + boundary + "--\r\n");
    }

    @Test
    void writesAreOneChangeSetWithNumbersInFrontOfTheReads() {
        Request request = batches.request(new Batch(List.of(ACCOUNT, DEAL), List.of(READ)));
        assertThat(request.headers()).containsEntry("Prefer", "odata.continue-on-error");
        assertThat(((Text) request.body()).content().replaceAll("(batch|changeset)_[0-9a-f-]{36}", "$1")).isEqualTo("""
                --batch
                Content-Type: multipart/mixed; boundary="changeset"

                --changeset
                Content-Type: application/http
                Content-Transfer-Encoding: binary
                Content-ID: 1

                POST /api/data/v9.2/accounts HTTP/1.1
                Accept: application/json
                Content-Type: application/json

                {"name":"Müller\\r\\n--batch_x"}
                --changeset
                Content-Type: application/http
                Content-Transfer-Encoding: binary
                Content-ID: 2

                PATCH /api/data/v9.2/opportunities(1) HTTP/1.1
                Accept: application/json
                Content-Type: application/json
                If-Match: W/"7"

                {"customerid_account@odata.bind":"$1"}
                --changeset--
                --batch
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                GET /api/data/v9.2/opportunities?$select=name HTTP/1.1
                Accept: application/json
                Prefer: odata.track-changes


                --batch--
                """.replace("\n", "\r\n"));
    }

    @Test
    void nothingThatWasReadSomewhereBecomesARequestOfItsOwn() {
        Request header = new Request("GET", "/a", Map.of("If-Match", "1\r\nX: y"), null);
        assertThatThrownBy(() -> batches.request(Batch.ofReads(header))).isInstanceOf(IllegalArgumentException.class);
        Request link = new Request("GET", "/a HTTP/1.1\r\n\r\nDELETE /b", Map.of(), null);
        assertThatThrownBy(() -> batches.request(Batch.ofReads(link))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachReadHasAnAnswerOfItsOwn() {
        BatchAnswer answer = reads(
                multipart(part("200 OK", "Content-Type: application/json\n", "{\"value\":[{\"name\":\"Müller\"}]}")
                        + part("404 Not Found", "Content-Type: application/json\n",
                                "{\"error\":{\"code\":\"0x80040217\"}}")
                        + "--b1--\n"));
        assertThat(answer.refused()).isNull();
        assertThat(answer.reads()).extracting(Answer::status).containsExactly(200, 404);
        assertThat(answer.reads().get(0).list("value")).containsExactly(Map.of("name", "Müller"));
        assertThat(Refusals.code(answer.reads().get(1))).isEqualTo("0x80040217");
    }

    private static final String WRITTEN = """
            --b1
            Content-Type: multipart/mixed; boundary=c1

            --c1
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1

            HTTP/1.1 204 No Content
            OData-EntityId: https://example.crm.dynamics.com/api/data/v9.2/accounts(1)


            --c1
            Content-Type: application/http
            Content-ID: 2

            HTTP/1.1 200 OK
            Content-Type: application/json; odata.metadata=minimal
            ETag: W/"8"

            {"name":"x"}
            --c1--
            --b1
            Content-Type: application/http

            HTTP/1.1 200 OK

            {"name":"y"}
            --b1--
            """;

    private static void isWritten(BatchAnswer answer) {
        assertThat(answer.refused()).isNull();
        assertThat(answer.writes()).extracting(Answer::status).containsExactly(204, 200);
        assertThat(answer.writes().get(0).object()).isEmpty();
        assertThat(answer.writes().get(1).object()).containsEntry("name", "x");
        assertThat(answer.writes().get(1).header("ETag")).isEqualTo("W/\"8\"");
        assertThat(answer.reads().get(0).object()).containsEntry("name", "y");
    }

    @Test
    void writesAreAnsweredInASetOfTheirOwn() {
        isWritten(writes(multipart(WRITTEN)));
    }

    @Test
    void whatServersDifferInIsTakenEitherWay() {
        for (String type : List.of("multipart/mixed; boundary=\"b1\"", "Multipart/Mixed;BOUNDARY=b1;charset=utf-8",
                "multipart/mixed; charset=utf-8; boundary = b1")) {
            isWritten(writes(answer(200, type, WRITTEN)));
        }
        isWritten(writes(new Answer(200, Map.of("content-type", "multipart/mixed; boundary=b1"), null, WRITTEN)));
        isWritten(writes(multipart(WRITTEN.replace("Content-Type", "CONTENT-TYPE").replace("ETag", "etag")
                .replace("HTTP/1.1", "http/1.1"))));
        isWritten(writes(multipart(WRITTEN.replace("boundary=c1", "boundary=\"c1\"").replace("--c1\n", "--c1  \n"))));
        isWritten(writes(multipart("a preamble\n" + WRITTEN + "an epilogue\n--b1\nnonsense")));
        isWritten(writes(multipart(WRITTEN.replace("HTTP/1.1 204 No Content", "\n\nHTTP/1.1 204"))));
        isWritten(writes(multipart(WRITTEN.replace("Content-Type: application/http\nContent-ID: 2\n\nHTTP/1.1 200 OK\n",
                "HTTP/1.1 200 OK\n"))));
        isWritten(writes(multipart(WRITTEN
                .replace("OData-EntityId: https://example.crm.dynamics.com/api/data/v9.2/accounts(1)\n\n\n", ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "412"})
    void refusedWritesHaveOneAnswerForAllOfThem(int status) {
        String refusal = "--b1\nContent-Type: application/http\nContent-ID: 2\n\nHTTP/1.1 412 Precondition "
                + "Failed\nContent-Type: application/json\n\n"
                + "{\"error\":{\"code\":\"0x80060882\",\"message\":\"moved\"}}\n";
        BatchAnswer plain = writes(answer(status, "multipart/mixed; boundary=b1", refusal + "--b1--\n"));
        assertThat(plain.refused().status()).isEqualTo(412);
        assertThat(plain.culprit()).isEqualTo(2);
        assertThat(plain.reads()).isEmpty();
        BatchAnswer nested = writes(answer(status, "multipart/mixed; boundary=b0",
                "--b0\nContent-Type: multipart/mixed; boundary=b1\n\n" + refusal.replace("Content-ID: 2\n", "")
                        + "--b1--\n--b0--\n"));
        assertThat(Refusals.code(nested.refused())).isEqualTo("0x80060882");
        assertThat(nested.culprit()).as("nobody says").isZero();
    }

    @Test
    void aBatchThatIsRefusedAsAWholeWasNotBegun() {
        Answer refusal = new Answer(400, Map.of("content-type", "application/json"),
                Map.of("error", Map.of("code", "0x0", "message", "no batch here")), "");
        assertThat(writes(refusal).refused()).isSameAs(refusal);
        assertThat(reads(refusal).reads()).isEmpty();
        Answer page = answer(404, "multipart/mixed; boundary=b1", "nothing of the kind");
        assertThat(writes(page).refused()).isSameAs(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--b1--\n", "--b1\n",
            "--b1\nContent-Type: application/http\n\nHTTP/1.1 204\n\n--b1--\n", "--b1\n\n\n\n--b1--\n",
            "--b1\nContent-Type: multipart/mixed\n\nHTTP/1.1 200 OK\n\n--b1--\n",
            "--b1\nContent-Type: application/http\n\n<html>\n--b1--\n",
            "--b1\nContent-Type: multipart/mixed; boundary=c1\n\n--c1\nContent-Type: application/http\n\nHTTP/1.1 "
                    + "204\n\n"})
    void whatCannotBeReadLeavesTheOutcomeOfWritesOpen(String text) {
        assertThatThrownBy(() -> writes(multipart(text))).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aBreathlessAnswerToReadsIsNoAnswer() {
        assertThat(reads(multipart("--b1\nContent-Type: application/http\n\nHTTP/1.1 200 OK\n\n{}")).reads()).isEmpty();
        assertThat(reads(new Answer(200, Map.of(), Map.of("value", List.of()), "")).reads()).isEmpty();
    }

    @Test
    void aPartThatWantsAPauseGetsItForAllCalls() {
        Answer answer = multipart(part("200 OK", "", "{}") + part("429 Too Many Requests", "retry-after: 30\n",
                "{\"error\":{\"code\":\"0x80072326\",\"message\":\"Number of concurrent requests exceeded the limit of "
                        + "52.\"}}")
                + "--b1--\n");
        Fault.Throttled throttled = catchThrowableOfType(Fault.Throttled.class, () -> reads(answer));
        assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        Answer away = multipart(part("503 Service Unavailable", "", "") + "--b1--\n");
        assertThatThrownBy(() -> writes(away)).isInstanceOf(Fault.Transient.class);
    }

    private static String written(String read) {
        return WRITTEN.substring(0, WRITTEN.indexOf("--c1--")) + "--c1--\n" + read + "--b1--\n";
    }

    /** A pause that hit the read behind a change set was noted as if the writes had been turned away. */
    @ParameterizedTest
    @ValueSource(strings = {"429 Too Many Requests", "503 Service Unavailable"})
    void aPauseBehindWritesThatAreDoneLeavesThemDone(String status) {
        Answer answer = multipart(written(part(status, "Retry-After: 30\n", "{}")));
        Fault.Transient fault = catchThrowableOfType(Fault.Transient.class, () -> writes(answer));
        assertThat(fault.mayHaveArrived()).isTrue();
        assertThat(fault).hasMessageContainingAll("did not show what came of a change", status.substring(0, 3));
        assertThatThrownBy(() -> connection.pause().check()).isInstanceOf(Fault.Throttled.class);
        Answer refused = multipart(part(status, "Content-ID: 1\nRetry-After: 30\n", "{}") + part("200 OK", "", "{}")
                + "--b1--\n");
        assertThatThrownBy(() -> writes(refused)).isInstanceOf(Fault.Throttled.class);
    }

    @Test
    void anOutageBehindWritesThatAreDoneLeavesThemDone() {
        Answer answer = multipart(written(part("503 Service Unavailable", "", "{}")));
        assertThat(catchThrowableOfType(Fault.Transient.class, () -> writes(answer)).mayHaveArrived()).isTrue();
    }

    /** It was noted as perhaps arrived, and an edit beside it was taken for the later one. */
    @Test
    void aChangeSetThatFailedForAMomentWasNotWritten() {
        Answer answer = multipart(part("500 Internal Server Error", "Content-ID: 1\n",
                "{\"error\":{\"code\":\"0x80044151\",\"message\":\"SQL timeout expired.\"}}")
                + part("200 OK", "", "{}") + "--b1--\n");
        assertThat(catchThrowableOfType(Fault.Transient.class, () -> writes(answer)).mayHaveArrived()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "404 Not Found", "429 Too Many Requests"})
    void theOneAnswerThatMayBeOfTheReadLeavesTheWritesOpen(String status) {
        int whole = Integer.parseInt(status.substring(0, 3));
        Answer answer = answer(whole, "multipart/mixed; boundary=b1", part(status, "", "{}") + "--b1--\n");
        assertThat(catchThrowableOfType(Fault.Transient.class, () -> writes(answer)).mayHaveArrived()).isTrue();
        Answer ofTheSet = answer(400, "multipart/mixed; boundary=b1", part("400 Bad Request", "", "{}") + "--b1--\n");
        assertThat(writes(ofTheSet).refused().status()).as("no read is refused so").isEqualTo(400);
    }

    /** A service that goes on answers each request in its place. */
    @Test
    void aRefusalInFrontOfTheReadsAnswerIsThatOfTheWrites() {
        BatchAnswer answer = writes(multipart(part("404 Not Found", "", "{\"error\":{\"code\":\"0x80040217\"}}")
                + part("200 OK", "", "{}") + "--b1--\n"));
        assertThat(answer.refused().status()).isEqualTo(404);
        assertThat(answer.culprit()).as("nobody says").isZero();
    }

    @Test
    void aDeniedPartMendsNothing() {
        connection.stop(new Fault.Denied("dynamics", "a right is missing"));
        connection.tryNow();
        connection.check();
        reads(multipart(part("200 OK", "", "{}") + part("403 Forbidden", "", "{}") + "--b1--\n"));
        assertThat(connection.broken()).isTrue();
        reads(multipart(part("200 OK", "", "{}") + part("200 OK", "", "{}") + "--b1--\n"));
        assertThat(connection.broken()).isFalse();
    }
}
