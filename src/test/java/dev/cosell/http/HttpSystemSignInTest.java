package dev.cosell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.entra.TokenSource;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer says about the sign-in of its system. */
class HttpSystemSignInTest {
    private static final TokenSource TOKENS = new TokenSource() {
        @Override
        public String token() {
            return "hush-hush";
        }

        @Override
        public void discard(String token) {
            assertThat(token).isEqualTo("hush-hush");
        }

        @Override
        public String remedy() {
            return "sign in again with ./cosell login";
        }
    };

    private final Connection connection = new Connection("partner-center", Clock.systemUTC());
    private final HttpSystem system = new HttpSystem(connection, "http://localhost:1", TOKENS, new ObjectMapper(),
            Clock.systemUTC());

    private Answer answered(int status, Map<String, String> headers, String body) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new Request("GET", "/referrals", Map.of(), null));
        system.prepare(exchange);
        exchange.getMessage().removeHeaders("*");
        headers.forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        system.receive(exchange);
        return exchange.getMessage().getBody(Answer.class);
    }

    @Test
    void conditionalAccessThatWantsMoreIsForAPerson() {
        for (int status : new int[] {401, 403}) {
            assertThatThrownBy(() -> {
                connection.tryNow();
                answered(status,
                        Map.of("WWW-Authenticate", "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJ\""),
                        "");
            }).isInstanceOf(Fault.Auth.class).hasMessageContaining("another proof")
                    .hasMessageContaining("./cosell login")
                    .hasMessageNotContaining("hush").hasMessageNotContaining("eyJ");
            assertThat(connection.broken()).isTrue();
        }
        connection.tryNow();
        assertThatThrownBy(() -> answered(403, Map.of(), "{\"error\":{\"code\":\"insufficient_claims\"}}"))
                .hasMessageContaining("another proof");
    }

    /** In which shape of body, or whether in a header, the code comes is not documented. */
    @ParameterizedTest
    @ValueSource(strings = {
            "{\"error\":{\"code\":\"unauthenticated\",\"message\":\"no\",\"innerError\":{\"code\":\"900421\"}}}",
            "{\"code\":900421,\"description\":\"MFA required\"}", "900421"})
    void aUserWithoutASecondFactorIsToldToSignInWithOne(String body) {
        assertThatThrownBy(() -> answered(401, Map.of(), body)).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("multi-factor authentication")
                .hasMessageContaining("./cosell login and pass the second factor")
                .hasMessageContaining("an administrator has to demand it");
        assertThat(connection.broken()).isTrue();
        connection.tryNow();
        assertThatThrownBy(() -> answered(401, Map.of("WWW-Authenticate", "Bearer error=\"900421\""), ""))
                .hasMessageContaining("pass the second factor");
        connection.tryNow();
        assertThatThrownBy(() -> answered(401, Map.of(), "{\"id\":19004210}")).hasMessageContaining("a fresh token");
    }

    @Test
    void aFreshTokenThatIsRefusedBreaksTheConnectionAndNoFurtherCallIsMade() {
        assertThatThrownBy(() -> answered(401, Map.of(), "")).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("401");
        assertThatThrownBy(() -> answered(200, Map.of(), "{}")).as("refused before the call")
                .isInstanceOf(Fault.Auth.class);
    }

    @Test
    void aDenialIsForTheCallerToJudgeAndMendsNothing() throws IOException {
        assertThat(answered(403, Map.of(), "{\"error\":{\"code\":\"accessDenied\"}}").status()).isEqualTo(403);
        assertThat(connection.broken()).isFalse();
        assertThatThrownBy(() -> answered(401, Map.of(), "")).isInstanceOf(Fault.Auth.class);
        connection.tryNow();
        assertThat(answered(403, Map.of(), "").status()).isEqualTo(403);
        assertThat(connection.broken()).isTrue();
        connection.tryNow();
        assertThat(answered(404, Map.of(), "").status()).isEqualTo(404);
        assertThat(connection.broken()).isFalse();
    }

    /** Looks like ten workers whose calls came back with 401. */
    @Test
    void aSignInThatDiesIsAskedAboutOnceHoweverManyCallsWait() throws Exception {
        DeadSignIn dead = new DeadSignIn();
        HttpSystem calls = new HttpSystem(connection, "http://localhost:1", dead, new ObjectMapper(),
                Clock.systemUTC());
        List<CompletableFuture<Void>> waiting = IntStream.range(0, 10)
                .mapToObj(i -> inBackground(calls, new AtomicReference<>())).toList();
        dead.asked.acquire();
        dead.answer.release(10);

        assertThat(waiting).allSatisfy(call -> assertThatThrownBy(call::join).hasCauseInstanceOf(Fault.Auth.class));
        assertThat(dead.asked.availablePermits()).as("further questions").isZero();
    }

    @Test
    void aCallThatWaitedForThePaceAsksNobodyWhenTheSignInDiedMeanwhile() throws Exception {
        DeadSignIn dead = new DeadSignIn();
        CallRate rate = new CallRate("partner-center", 60, Clock.systemUTC());
        while (rate.tryNow()) {
            assertThat(connection.broken()).isFalse();
        }
        HttpSystem calls = new HttpSystem(connection, "http://localhost:1", dead, new ObjectMapper(), Clock.systemUTC(),
                rate);
        AtomicReference<Thread> caller = new AtomicReference<>();
        CompletableFuture<Void> waiting = inBackground(calls, caller);
        Awaitility.await("it waits for the pace").until(() -> caller.get().getState() == Thread.State.TIMED_WAITING);
        connection.noted(new Fault.Auth("partner-center", "sign in again"));
        dead.answer.release();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(Fault.Auth.class).hasMessageContaining("sign in again");
        assertThat(dead.asked.availablePermits()).as("questions").isZero();
    }

    /** Twenty calls that waited for their turn were made in the pause that the first one was asked for. */
    @Test
    void aCallThatWaitedForThePaceIsNotMadeInAPauseThatBeganMeanwhile() throws Exception {
        CallRate rate = new CallRate("partner-center", 60, Clock.systemUTC());
        while (rate.tryNow()) {
            assertThat(connection.broken()).isFalse();
        }
        HttpSystem calls = new HttpSystem(connection, "http://localhost:1", TOKENS, new ObjectMapper(),
                Clock.systemUTC(), rate);
        AtomicReference<Thread> caller = new AtomicReference<>();
        CompletableFuture<Void> waiting = inBackground(calls, caller);
        Awaitility.await("it waits for the pace").until(() -> caller.get().getState() == Thread.State.TIMED_WAITING);
        connection.pause().noted(new Fault.Throttled("partner-center", "429", Duration.ofMinutes(1)));

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(Fault.Throttled.class);
    }

    private static CompletableFuture<Void> inBackground(HttpSystem system, AtomicReference<Thread> caller) {
        return CompletableFuture.runAsync(() -> {
            Exchange exchange = new DefaultExchange(new DefaultCamelContext());
            exchange.getMessage().setBody(new Request("GET", "/referrals", Map.of(), null));
            try {
                system.prepare(exchange);
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
        }, task -> {
            caller.set(new Thread(task));
            caller.get().start();
        });
    }

    private static final class DeadSignIn implements TokenSource {
        final Semaphore asked = new Semaphore(0);
        final Semaphore answer = new Semaphore(0);

        @Override
        public String token() {
            asked.release();
            answer.acquireUninterruptibly();
            throw new Fault.Auth("partner-center", "the refresh token is dead");
        }

        @Override
        public void discard(String token) {
            throw new IllegalStateException("There is none");
        }
    }

    /** The first call waited for its turn, and the one with a new token once more. */
    @Test
    void aCallThatIsTooLateIsNotSentNorSentAgainWithANewToken() throws IOException {
        AtomicReference<RuntimeException> late = new AtomicReference<>();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new Request("POST", "/referrals", Map.of(), Map.of()).checked(() -> {
            if (late.get() != null) {
                throw late.get();
            }
        }));
        system.prepare(exchange);
        late.set(new Fault.VersionConflict("partner-center", "too late"));
        assertThatThrownBy(() -> system.prepareAgain(exchange)).isSameAs(late.get());
        exchange.getMessage().setBody(new Request("POST", "/referrals", Map.of(), Map.of()).checked(() -> {
            throw late.get();
        }));
        assertThatThrownBy(() -> system.prepare(exchange)).isSameAs(late.get());
    }
}
