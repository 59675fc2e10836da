package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.connection.Connection;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many calls meet an ended session, one of them logs in for all. */
@Timeout(60)
class EndedSessionTest {
    private static final int CALLS = 10;
    private static final String LOGINS = "POST /services/oauth2/token";

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private RunningVerbs verbs;

    @BeforeEach
    void open() throws Exception {
        verbs = new RunningVerbs(null, false);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        verbs.close();
    }

    private void sessionEnds() {
        verbs.get("006000000000000AAA");
        forgetCounts();
        verbs.salesforce.control("POST", "sessions/expire", null);
    }

    private void forgetCounts() {
        verbs.salesforce.control("POST", "stats/reset", null);
    }

    private void fault(String rule) {
        verbs.salesforce.control("POST", "faults", rule);
    }

    /** All are on their way before the first is answered. */
    private void answersTakeAWhile() {
        fault("{\"path\":\"/query\",\"delayMillis\":500,\"times\":" + CALLS + "}");
    }

    private int logins() {
        return verbs.salesforce.control("GET", "stats", null).body().path("calls").path(LOGINS).asInt();
    }

    private List<Future<Object>> calls() {
        return IntStream.range(0, CALLS)
                .mapToObj(i -> callers.submit(() -> verbs.call(i % 2 == 0 ? "get" : "find", "006000000000000AAA")))
                .toList();
    }

    private static List<Throwable> failures(List<Future<Object>> calls) throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        for (Future<Object> call : calls) {
            try {
                call.get();
            } catch (java.util.concurrent.ExecutionException failed) {
                failures.add(failed.getCause());
            }
        }
        return failures;
    }

    @Test
    void tenCallsThatMeetAnEndedSessionCostOneLogin() throws Exception {
        sessionEnds();
        answersTakeAWhile();

        assertThat(failures(calls())).isEmpty();
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void theEventStreamSharesThatLogin() throws Exception {
        sessionEnds();
        SalesforceComponent component = verbs.context.getComponent("salesforce", SalesforceComponent.class);
        String ended = component.getSession().getAccessToken();
        SalesforceSignIn stream = new SalesforceSignIn(() -> component,
                new Connection("salesforce", Clock.systemUTC()));
        fault("{\"path\":\"oauth2/token\",\"delayMillis\":1500}");
        List<Future<Object>> calls = calls();
        Awaitility.await().until(() -> logins() == 1);

        String fresh = stream.session(ended).orElseThrow().token();

        assertThat(fresh).isNotEqualTo(ended);
        assertThat(failures(calls)).isEmpty();
        assertThat(stream.session(ended).orElseThrow().token()).as("another one is in force").isEqualTo(fresh);
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aRefusedLoginIsNotRepeatedByEachOfTheCalls() throws Exception {
        sessionEnds();
        answersTakeAWhile();
        fault("{\"path\":\"oauth2/token\",\"times\":99,\"status\":400,\"body\":{\"error\":\"inactive_user\","
                + "\"error_description\":\"user is inactive\"}}");

        assertThat(failures(calls())).hasSize(CALLS)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(Fault.Auth.class));
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aFirstLoginThatIsSlowAndFailsIsOneForAll() throws Exception {
        fault("{\"path\":\"oauth2/token\",\"times\":99,\"delayMillis\":800,\"status\":503}");
        forgetCounts();

        assertThat(failures(calls())).hasSize(CALLS)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(Fault.Transient.class));
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aSessionThatIsRefusedAgainIsRenewedOnceMoreAndThenReported() {
        verbs.get("006000000000000AAA");
        fault("{\"path\":\"/query\",\"times\":2,\"status\":401,\"body\":[{\"errorCode\":\"INVALID_SESSION_ID\","
                + "\"message\":\"Session expired or invalid\"}]}");
        assertThat(verbs.get("006000000000000AAA")).isNull();

        fault("{\"path\":\"/query\",\"times\":9,\"status\":401,\"body\":[{\"errorCode\":\"INVALID_SESSION_ID\","
                + "\"message\":\"Session expired or invalid\"}]}");
        forgetCounts();
        assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class);
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void anExpiredPasswordIsNotMendedByLoggingIn() {
        verbs.get("006000000000000AAA");
        forgetCounts();
        fault("{\"path\":\"/query\",\"status\":401,"
                + "\"body\":[{\"errorCode\":\"INVALID_OPERATION_WITH_EXPIRED_PASSWORD\",\"message\":\"expired\"}]}");
        assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.class);
        assertThat(logins()).isZero();
    }
}
