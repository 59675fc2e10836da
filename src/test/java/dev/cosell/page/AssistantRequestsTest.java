package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.cosell.page.AssistantRequests.Action;
import dev.cosell.page.AssistantRequests.Request;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that was agreed to, and of which nothing was done, was shown as agreed for ever. */
class AssistantRequestsTest {
    @TempDir
    Path directory;
    private Database database;
    private AssistantRequests requests;

    private void open(String kind) throws Exception {
        database = Database.open(kind.equals("h2") ? ReadyDatabase.h2(directory.resolve("cosell"))
                : ReadyDatabase.postgres(), null, null);
        requests = new AssistantRequests(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long asked() {
        return requests.ask(Action.APPROVE, "006A", null, "bot").id();
    }

    /** As much as a process leaves behind that ends before it has done what was agreed to. */
    private void endsAfterAgreeing(long id) {
        assertThatExceptionOfType(InternalError.class).isThrownBy(() -> requests.decide(id, "AGREED", "ana", none -> {
            throw new InternalError("the process ends");
        }));
    }

    private void pass(int seconds) {
        database.client().sql("UPDATE assistant_request SET asked_at = asked_at - " + seconds
                + " * INTERVAL '1' SECOND, decided_at = decided_at - " + seconds + " * INTERVAL '1' SECOND").update();
    }

    private String state(long id) {
        return requests.find(id).orElseThrow().state();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void what_was_agreed_to_and_never_done_was_shown_as_agreed(String kind) throws Exception {
        open(kind);
        long id = asked();
        endsAfterAgreeing(id);
        pass(50);
        assertThat(requests.waiting()).as("it may be under way").isEmpty();
        assertThat(requests.decide(id, "AGREED", "ben", request -> "Done twice")).isEmpty();
        assertThat(requests.decided()).extracting(Request::by).containsExactly("ana");

        pass(11);
        assertThat(requests.waiting()).extracting(Request::id, Request::state, Request::by, Request::at)
                .containsExactly(tuple(id, "WAITING", null, null));
        assertThat(requests.decided()).isEmpty();
        assertThat(state(id)).isEqualTo("WAITING");
        assertThat(asked()).as("it is not made a second time").isEqualTo(id);
        assertThat(requests.decide(id, "AGREED", "ben", request -> "Approved")).contains("Approved");
        pass(61);
        assertThat(requests.waiting()).isEmpty();
        assertThat(requests.decided()).extracting(Request::state, Request::by, Request::outcome)
                .containsExactly(tuple("AGREED", "ben", "Approved"));
        assertThat(requests.decide(id, "AGREED", "ana", request -> "Done twice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void what_was_never_done_within_a_day_is_over(String kind) throws Exception {
        open(kind);
        long id = asked();
        endsAfterAgreeing(id);
        pass(86_400);
        assertThat(state(id)).isEqualTo("EXPIRED");
        assertThat(requests.waiting()).isEmpty();
        assertThat(requests.decide(id, "AGREED", "ben", request -> "Too late")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void whoever_takes_more_than_a_minute_tells_what_happened_in_the_end(String kind) throws Exception {
        open(kind);
        long slow = asked();
        requests.decide(slow, "AGREED", "ana", meanwhile(slow, "DECLINED", "Approved"));
        assertThat(requests.decided()).extracting(Request::state, Request::by, Request::outcome)
                .containsExactly(tuple("AGREED", "ana", "Approved"));

        long failing = asked();
        assertThatIllegalStateException().isThrownBy(() -> requests.decide(failing, "AGREED", "ana",
                meanwhile(failing, "AGREED", null)));
        assertThat(state(failing)).as("the other one has done it").isEqualTo("AGREED");
        assertThat(requests.find(failing).orElseThrow().by()).isEqualTo("ben");
    }

    /** @param outcome null when it fails */
    private Function<Request, String> meanwhile(long id, String state, String outcome) {
        return request -> {
            pass(61);
            assertThat(requests.decide(id, state, "ben", again -> "By Ben")).contains("By Ben");
            if (outcome == null) {
                throw new IllegalStateException("The CRM does not answer");
            }
            return outcome;
        };
    }
}
