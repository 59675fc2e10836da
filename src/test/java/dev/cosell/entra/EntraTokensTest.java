package dev.cosell.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.stories.Api;
import dev.cosell.verbs.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntraTokensTest {
    private static RunningEntra entra;

    @TempDir
    Path folder;
    private Instant now = Instant.now();

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

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private SignInStore store() {
        return new SignInStore(entra.app(), folder.resolve("partner-center.json"), "", "sandbox", clock);
    }

    private EntraTokens tokens(Credential credential) {
        return new EntraTokens(entra.app(), RunningEntra.SCOPE, credential, clock);
    }

    private static Map<String, Object> refusal(int code, String error) {
        return Map.of("error", error, "error_description", "AADSTS" + code + ": something about sandbox", "error_codes",
                List.of(code),
                "correlation_id", "fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "50076, 400, interaction_required, sign in again with ./cosell login",
        "50079, 400, interaction_required, sign in again with ./cosell login",
        "50158, 400, interaction_required, sign in again with ./cosell login",
        "50173, 400, invalid_grant, sign in again with ./cosell login",
        "53003, 400, invalid_grant, sign in with ./cosell login --browser",
        "530035, 400, interaction_required, ./cosell login --paste where no browser is",
        "53000, 400, interaction_required, --browser on such a device",
        "50011, 400, invalid_request, add http://localhost in Entra",
        "65001, 400, invalid_grant, an administrator must grant it admin consent",
        "700082, 400, invalid_grant, sign in again with ./cosell login",
        "70008, 400, invalid_grant, sign in again with ./cosell login",
        "70043, 400, invalid_grant, sign in again with ./cosell login",
        "7000215, 401, invalid_client, correct partner-center.client-secret",
        "7000222, 401, invalid_client, create a new one in Entra",
        "7000218, 401, invalid_client, set partner-center.client-secret",
        "700025, 401, invalid_client, leave partner-center.client-secret empty",
        "700016, 400, unauthorized_client, correct partner-center.client-id",
        "90002, 400, invalid_request, correct partner-center.tenant",
        "70011, 400, invalid_scope, correct the addresses and scopes",
        "500011, 400, invalid_resource, correct the address",
        "50057, 400, invalid_grant, fix the account",
        "99999, 400, invalid_grant, sign in again with ./cosell login",
        "99999, 400, consent_required, an administrator must grant it admin consent",
        "99999, 400, something_new, check partner-center.tenant"})
    void eachRefusalSaysWhatAPersonMustDo(int code, int status, String error, String remedy) {
        entra.answers(status, refusal(code, error), 1);
        assertThatThrownBy(() -> tokens(store()).token()).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining(remedy).hasMessageContaining("AADSTS" + code).hasMessageNotContaining("fb3d2015")
                .hasMessageNotContaining("sandbox");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"50196, 400", "90033, 503", "90055, 429", "0, 500", "0, 502", "0, 504", "0, 429"})
    void aPassingFaultIsRetriedWithPausesThatGrow(int code, int status) {
        entra.answers(status, code == 0 ? "<html>gateway</html>" : refusal(code, "invalid_grant"), 2);
        EntraTokens tokens = tokens(store());
        assertThatThrownBy(tokens::token).isInstanceOf(Fault.Transient.class);
        assertThatThrownBy(tokens::token).isInstanceOf(Fault.Transient.class).hasMessageContaining("asked again in");
        assertThat(entra.tokenCalls()).as("calls before the pause is over").isEqualTo(1);
        now = now.plusSeconds(1);
        assertThatThrownBy(tokens::token).isInstanceOf(Fault.Transient.class);
        now = now.plusSeconds(1);
        assertThatThrownBy(tokens::token).hasMessageContaining("asked again in");
        now = now.plusSeconds(1);
        assertThat(tokens.token()).isNotBlank();
        assertThat(entra.tokenCalls()).isEqualTo(3);
    }

    @Test
    void anAnswerThatIsNoJsonIsNoRefusal() {
        entra.answers(200, "<html>welcome to the hotel</html>", 1);
        assertThatThrownBy(() -> tokens(store()).token()).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("no readable answer");
        entra.reset();
        entra.answers(403, "<html>proxy</html>", 1);
        assertThatThrownBy(() -> tokens(store()).token()).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("no readable answer");
    }

    @Test
    void anEntraThatIsAwayIsATransientFault() {
        EntraApp nowhere = new EntraApp("partner-center", "http://localhost:1/tenant", "sandbox", "sandbox");
        assertThatThrownBy(() -> new EntraTokens(nowhere, RunningEntra.SCOPE, store(), clock).token())
                .isInstanceOf(Fault.Transient.class);
    }

    @Test
    void theOldTokenIsUsedToItsEndWhileEntraIsAway() {
        EntraTokens tokens = tokens(store());
        String old = tokens.token();
        entra.answers(503, "away", 100);
        now = now.plus(Duration.ofMinutes(56));
        assertThat(tokens.token()).isEqualTo(old);
        now = now.plus(Duration.ofMinutes(4));
        assertThatThrownBy(tokens::token).isInstanceOf(Fault.Transient.class);
    }

    @Test
    void aClockThatWasSetBackDoesNotPutTheNextTryOff() {
        EntraTokens tokens = tokens(store());
        entra.answers(503, "away", 1);
        assertThatThrownBy(tokens::token).isInstanceOf(Fault.Transient.class);
        now = now.minus(Duration.ofHours(1));
        assertThatThrownBy(tokens::token).isInstanceOf(Fault.Transient.class).hasMessageContaining("again in 2 s");
        now = now.plusSeconds(1);
        assertThat(tokens.token()).isNotEmpty();
    }

    @Test
    void aTokenIsRenewedFiveMinutesBeforeItsEnd() {
        EntraTokens tokens = tokens(store());
        String first = tokens.token();
        now = now.plus(Duration.ofMinutes(54));
        assertThat(tokens.token()).isEqualTo(first);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(tokens.token()).isNotEqualTo(first);
    }

    @Test
    void manyThreadsMakeOneRequestWhateverItsOutcome() {
        entra.api.post("/sandbox/faults", Map.of("path", "/token$", "delayMillis", 300));
        EntraTokens tokens = tokens(store());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        together(() -> seen.add(tokens.token()));
        assertThat(seen).hasSize(1);
        assertThat(entra.tokenCalls()).isEqualTo(1);

        entra.reset();
        entra.settings(Map.of("refreshTokenRevoked", true));
        entra.api.post("/sandbox/faults", Map.of("path", "/token$", "delayMillis", 300));
        EntraTokens dead = tokens(store());
        together(() -> assertThat(catchThrowable(dead::token)).isInstanceOf(Fault.Auth.class));
        assertThat(entra.tokenCalls()).isEqualTo(1);
    }

    private static void together(Runnable work) {
        List<Thread> threads = IntStream.range(0, 8).mapToObj(i -> new Thread(work)).toList();
        threads.forEach(Thread::start);
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void bothAudiencesLiveOnOneRefreshTokenThatChangesWithEachUse() {
        entra.settings(Map.of("strictRotation", true));
        SignInStore store = store();
        EntraTokens referrals = tokens(store);
        EntraTokens webhooks = new EntraTokens(entra.app(), RunningEntra.WEBHOOKS, store, clock);
        for (int i = 0; i < 3; i++) {
            assertThat(referrals.token()).isNotEqualTo(webhooks.token());
            now = now.plus(Duration.ofHours(2));
        }
        together(() -> {
            referrals.token();
            webhooks.token();
        });
        assertThat(entra.tokenCalls()).isEqualTo(8);
    }

    @Test
    void aPublicClientSendsNoSecret() {
        entra.api.post("/sandbox/faults", Map.of("path", "/token$", "status", 200,
                "body", Map.of("token_type", "Bearer", "expires_in", 3599, "access_token", "t")));
        EntraApp open = entra.app("");
        assertThat(new EntraTokens(open, RunningEntra.SCOPE, store(), clock).token()).isEqualTo("t");
        assertThat(open.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new EntraTokens(open, RunningEntra.SCOPE, store(), clock).token())
                .isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("client-secret");
    }

    @Test
    void anApplicationWithoutUserIsToldToCheckItsRegistration() {
        EntraApp dynamics = new EntraApp("dynamics", entra.app().tenant(), "sandbox", "sandbox");
        entra.answers(400, refusal(99999, "invalid_grant"), 1);
        assertThatThrownBy(
                () -> new EntraTokens(dynamics, "http://localhost/.default", ClientCredentialsGrant::new, clock)
                        .token())
                .hasMessageContaining("application user").hasMessageNotContaining("login");
        entra.answers(400, refusal(53003, "invalid_grant"), 1);
        assertThatThrownBy(
                () -> new EntraTokens(dynamics, "http://localhost/.default", ClientCredentialsGrant::new, clock)
                        .token())
                .hasMessageContaining("an administrator has to except it from the policy")
                .hasMessageNotContaining("login");
        assertThat(Api.map(entra.api.get("/sandbox/stats").get("calls"))).isNotEmpty();
    }

    @Test
    void keepingAliveUsesTheRefreshTokenAlthoughTheAccessTokenIsGood() {
        SignInStore store = store();
        EntraTokens tokens = tokens(store);
        tokens.token();
        now = now.plusSeconds(60);
        tokens.renewNow();
        assertThat(store.signIn().orElseThrow().renewed()).isEqualTo(now);
    }

    @Test
    void aGrantThatSomebodyElseKeepsIsAskedForEachTime() {
        String[] kept = {"sandbox"};
        EntraTokens tokens = new EntraTokens("partner-center",
                java.net.URI.create(entra.app().tenant() + "/oauth2/v2.0/token"), "sandbox", "sandbox",
                RunningEntra.SCOPE, () -> new RefreshTokenGrant(new RefreshToken(kept[0])),
                rotated -> kept[0] = rotated, clock);
        tokens.token();
        assertThat(kept[0]).startsWith("sandbox-refresh-");
    }
}
