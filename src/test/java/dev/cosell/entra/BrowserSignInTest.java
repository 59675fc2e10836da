package dev.cosell.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sign-in by browser, between Entra and whoever waits for its answer. */
class BrowserSignInTest {
    private static final String USER = "ana+sync@tidewater.example";
    private static RunningEntra entra;

    private final Visitor visitor = new Visitor();

    @BeforeAll
    static void start() {
        entra = new RunningEntra();
    }

    @AfterAll
    static void stop() {
        entra.close();
    }

    @BeforeEach
    void reset() {
        entra.reset();
    }

    private static BrowserSignIn signIn() {
        return new BrowserSignIn(entra.app(), RunningEntra.SCOPE, BrowserSignIn.REDIRECT);
    }

    private static URI with(URI address, String parameter, String value) {
        return URI.create(address.toString().replaceAll(parameter + "=[^&]*", parameter + "=" + value));
    }

    @Test
    void theAddressOfTheLastPageOrTheCodeInItEndsTheSignIn() {
        BrowserSignIn whole = signIn();
        assertThat(whole.finishPasted("  " + visitor.accepts(whole.address(), USER) + "\r").user()).isEqualTo(USER);
        BrowserSignIn code = signIn();
        String text = visitor.accepts(code.address(), USER).getQuery().replaceAll(".*code=([^&]+).*", "$1");
        assertThat(code.finishPasted(text).refreshToken()).startsWith("sandbox-refresh-");
    }

    @Test
    void anAnswerToAnotherSignInIsNotTaken() {
        BrowserSignIn mine = signIn();
        URI others = visitor.accepts(signIn().address(), "mallory@tidewater.example");
        assertThat(mine.isAnswer(others)).isFalse();
        assertThatThrownBy(() -> mine.finishPasted(others.toString())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no answer to this sign-in");
        assertThatThrownBy(() -> mine.finishPasted("yes"))
                .hasMessageContaining("neither the address of the last page nor the code");
        // Even with the right state, a code that was made for somebody else's challenge is of no use.
        URI forged = with(others, "state", mine.address().getQuery().replaceAll(".*state=([^&]+).*", "$1"));
        assertThat(mine.isAnswer(forged)).isTrue();
        assertThatThrownBy(() -> mine.finish(forged)).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("belongs to another sign-in")
                .hasMessageContaining("AADSTS501481");
    }

    @Test
    void aCodeIsGoodOnce() {
        BrowserSignIn signIn = signIn();
        URI answer = visitor.accepts(signIn.address(), USER);
        signIn.finish(answer);
        assertThatThrownBy(() -> signIn.finish(answer)).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("used before");
    }

    @Test
    void whoDeclinesIsToldHowToRepeatIt() {
        BrowserSignIn signIn = signIn();
        assertThatThrownBy(() -> signIn.finish(visitor.cancels(signIn.address()))).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("was declined");
        URI blocked = URI
                .create("http://localhost/?error=access_denied&error_description=AADSTS53003%3A+blocked&state=x");
        assertThatThrownBy(() -> signIn.finish(blocked)).hasMessageContaining("Conditional Access")
                .hasMessageContaining("AADSTS53003");
    }

    @Test
    void anAddressThatTheAppDoesNotKnowIsShownAndNeverGoneTo() {
        URI address = new BrowserSignIn(entra.app(), RunningEntra.SCOPE, URI.create("http://127.0.0.1:4711")).address();
        assertThat(visitor.sees(address)).startsWith("400").contains("AADSTS50011");
        entra.settings(Map.of("redirectUris", "http://127.0.0.1, http://localhost"));
        assertThat(visitor.sees(address)).startsWith("200").contains("Accept");
        assertThat(visitor.sees(with(address, "redirect_uri", "http%3A%2F%2Flocalhost%3A1%2Fother"))).startsWith("400");
        assertThat(visitor.sees(with(address, "redirect_uri", "https%3A%2F%2Fevil.example"))).startsWith("400");
    }

    @Test
    void theBrowserOfThisMachineBringsTheAnswerAndNothingElseIsOne() throws Exception {
        try (LoopbackAnswer loopback = LoopbackAnswer.open()) {
            BrowserSignIn signIn = new BrowserSignIn(entra.app(), RunningEntra.SCOPE, loopback.address());
            assertThat(signIn.address().getQuery()).contains("code_challenge_method=S256", "prompt=select_account",
                    "redirect_uri=" + loopback.address());
            CompletableFuture<Optional<URI>> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return loopback.await(signIn::isAnswer, Duration.ofSeconds(30));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            URI answer = visitor.accepts(signIn.address(), USER);
            assertThat(visitor.sees(with(answer, "state", "guessed"))).startsWith("400").contains("no answer");
            assertThat(visitor.sees(loopback.address().resolve("/favicon.ico"))).startsWith("400");
            assertThat(waiting).isNotDone();
            assertThat(visitor.sees(answer)).startsWith("200").contains("has arrived").doesNotContain(USER);
            assertThat(visitor.sees(answer)).as("one answer").startsWith("400");
            assertThat(signIn.finish(waiting.get(30, TimeUnit.SECONDS).orElseThrow()).user()).isEqualTo(USER);
        }
    }

    @Test
    void nobodyIsWaitedForForEver() throws InterruptedException {
        try (LoopbackAnswer loopback = LoopbackAnswer.open()) {
            assertThat(loopback.await(any -> true, Duration.ofMillis(300))).isEmpty();
        }
    }
}
