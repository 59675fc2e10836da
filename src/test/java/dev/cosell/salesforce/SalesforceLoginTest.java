package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cosell.http.KnownHosts;
import dev.cosell.sandbox.salesforce.RunningSalesforce;
import dev.cosell.verbs.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceLoginTest {
    private static RunningSalesforce salesforce;

    @BeforeAll
    static void start() {
        salesforce = new RunningSalesforce();
    }

    @AfterAll
    static void stop() {
        salesforce.close();
    }

    private static SalesforceSettings settings(String secret, String user, String password, String refreshToken) {
        return new SalesforceSettings(salesforce.url, "sandbox", secret, user, password, refreshToken, null, null,
                null);
    }

    private static void getNothing(SalesforceSettings settings) throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(settings, false)) {
            assertThat(verbs.get("006000000000000AAA")).isNull();
        }
    }

    @Test
    void logsInTheWayTheSettingsSay() throws Exception {
        for (SalesforceSettings settings : List.of(settings("sandbox", null, null, null),
                settings(null, null, null, "sandbox"),
                settings("sandbox", "sandbox", "sandbox", null), settings("sandbox", "", "", ""))) {
            getNothing(settings);
        }
    }

    @Test
    void saysThatTheCredentialsAreWrong() {
        assertThatThrownBy(() -> getNothing(settings("wrong", null, null, null))).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("invalid_client").hasMessageContaining("Check the app's credentials");
        assertThatThrownBy(() -> getNothing(settings("sandbox", "sandbox", "wrong", null)))
                .isInstanceOf(Fault.Auth.class);
    }

    @Test
    @Timeout(60)
    void doesNotHangWhenTheFirstLoginIsRefusedWith401() throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.salesforce.control("POST", "faults",
                    "{\"path\":\"oauth2/token\",\"status\":401,\"body\":{\"error\":\"invalid_client\"}}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining("401");
            assertThat(verbs.get("006000000000000AAA")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    @Timeout(60)
    void saysThatTheCredentialsWentBad(int status) throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.get("006000000000000AAA");
            verbs.salesforce.control("POST", "sessions/expire", null);
            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"times\":9,\"status\":" + status
                    + ",\"body\":{\"error\":\"inactive_user\",\"error_description\":\"user is inactive\"}}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class);
        }
    }

    /** A code that nobody had listed was taken for a fault of the record, and every record was parked. */
    @ParameterizedTest
    @ValueSource(strings = {"app_not_found", "invalid_app_access", "unauthorized_client", "invalid_request",
        "OAUTH_APP_BLOCKED"})
    @Timeout(60)
    void everyRefusalOfALoginIsOneWhateverItsCode(String code) throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.get("006000000000000AAA");
            verbs.salesforce.control("POST", "sessions/expire", null);
            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"times\":9,\"status\":400,"
                    + "\"body\":{\"error\":\"" + code + "\",\"error_description\":\"not for you\"}}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining(code).hasMessageContaining("not for you");
        }
    }

    /** The credentials and the rights of the user, which were right, were to be checked. */
    @ParameterizedTest
    @CsvSource({"request not supported on this domain, Set salesforce.login-url to your own domain",
            "no client credentials user enabled, Name a user as Run As in the app's policies",
            "user hasn't approved this consumer, Permit the integration user in the app's policies",
            "audience is invalid, Set salesforce.jwt-audience to https://login.salesforce.com",
            "Audience validation failed, Set salesforce.jwt-audience to https://login.salesforce.com"})
    @Timeout(60)
    void aRefusedLoginIsToldWithTheRemedyThatItsWordsAskFor(String said, String remedy) throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"status\":400,\"body\":{"
                    + "\"error\":\"invalid_grant\",\"error_description\":\"" + said + "\"}}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining(said + "]. " + remedy)
                    .hasMessageNotContaining("Check the app's credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    @Timeout(60)
    void aLoginThatIsRefusedWithoutAReasonIsARefusedLogin(int status) throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"status\":" + status + "}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining("refused the login (" + status + ")");
        }
    }

    @Test
    @Timeout(60)
    void tooManyLoginsAreALimitAndAnOutageIsNoRefusal() throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"status\":503}");
            assertThatThrownBy(() -> verbs.get("006000000000000AAA"))
                    .isInstanceOfSatisfying(Fault.Transient.class,
                            fault -> assertThat(fault.mayHaveArrived()).as("nothing was sent").isFalse());

            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"status\":400,\"body\":{"
                    + "\"error\":\"rate_limit_exceeded\",\"error_description\":\"login rate exceeded\"}}");
            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Throttled.class)
                    .hasMessageContaining("login rate exceeded");
        }
    }

    /** The component's parser gives up at a property that it does not know, and the reason is lost with it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(60)
    void aRefusedLoginWithMorePropertiesIsARefusedLoginAllTheSame(boolean first) throws Exception {
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            if (!first) {
                verbs.get("006000000000000AAA");
                verbs.salesforce.control("POST", "sessions/expire", null);
            }
            verbs.salesforce.control("POST", "faults",
                    "{\"path\":\"oauth2/token\",\"times\":9,\"status\":400,\"body\":{\"error\":\"inactive_user\","
                            + "\"error_description\":\"user is inactive\",\"hint\":\"ask\"}}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining("refused the login");
        }
    }

    @Test
    void waitsForASystemThatIsAway() {
        assertThatThrownBy(
                () -> getNothing(SalesforceSettings.clientCredentials("http://localhost:1", "sandbox", "sandbox")))
                .isInstanceOf(Fault.Transient.class);
        assertThatThrownBy(() -> getNothing(SalesforceSettings.clientCredentials(salesforce.url, null, null)))
                .isInstanceOf(Fault.Auth.class);
    }

    /** Whoever could put another address into the answer was called from then on, with the token. */
    @Test
    @Timeout(60)
    void theHostThatALoginNamesIsCalledOnlyWhenASettingNamesIt() throws Exception {
        List<String> calls = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", call -> {
            calls.add(call.getRequestURI().toString());
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        other.start();
        try (RunningVerbs verbs = new RunningVerbs(null, false)) {
            verbs.salesforce.control("POST", "faults", "{\"path\":\"oauth2/token\",\"status\":200,\"body\":{"
                    + "\"access_token\":\"00D8d!hush\",\"instance_url\":\"http://127.0.0.1:"
                    + other.getAddress().getPort() + "\",\"id\":\"" + verbs.salesforce.url
                    + "/id/00D000000000001AAA/005000000000001AAA\",\"token_type\":\"Bearer\"}}");

            assertThatThrownBy(() -> verbs.get("006000000000000AAA")).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining("No setting names the host 127.0.0.1")
                    .hasMessageContaining("outgoing.hosts").hasMessageNotContaining("hush");
            assertThat(verbs.get("006000000000000AAA")).as("with the next login").isNull();
        } finally {
            other.stop(0);
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void setsTheTimesThatSlowAnswersNeed() {
        SalesforceComponent component = SalesforceConnection
                .component(new SalesforceSettings("https://acme.my.salesforce.com", "id", null,
                        "user", null, null, "file:key.p12", "secret", "https://login.salesforce.com"),
                        KnownHosts.of("https://acme.my.salesforce.com"));

        assertThat(component.isLazyLogin()).isTrue();
        assertThat(component.getHttpClientIdleTimeout()).isEqualTo(120_000);
        assertThat(component.getKeystore().getResource()).isEqualTo("file:key.p12");
        assertThat(component.getAuthenticationType()).as("detected").isNotEqualTo(AuthenticationType.USERNAME_PASSWORD);
        assertThat(SalesforceSettings.clientCredentials("x", "id", "hush").toString()).doesNotContain("hush");
    }
}
