package dev.cosell.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final String REAL_CREDENTIALS = """
            crms = dynamics
            partner-center.tenant = 11111111-2222-3333-4444-555555555555
            partner-center.client-id = client
            partner-center.client-secret = very-secret-1
            partner-center.refresh-token = very-secret-2
            dynamics.url = https://example.crm4.dynamics.com
            dynamics.tenant = 11111111-2222-3333-4444-555555555555
            dynamics.client-id = client
            dynamics.client-secret = very-secret-3
            """;

    @TempDir
    Path folder;
    private Path file;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> commandLine = new HashMap<>();

    @BeforeEach
    void file() {
        file = folder.resolve("application.properties");
    }

    private Settings read(String text) throws IOException {
        Files.writeString(file, text);
        return Crms.SHIPPED.settings(file, environment, commandLine);
    }

    private String fault(String text) throws IOException {
        Files.writeString(file, text);
        SettingsFault fault = catchThrowableOfType(SettingsFault.class,
                () -> Crms.SHIPPED.settings(file, environment, commandLine));
        assertThat(fault).as("settings are refused").isNotNull();
        return fault.getMessage();
    }

    // ---- where a value comes from
    // --------------------------------------------------------------------------------------

    @Test
    void commandLineGoesBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        assertThat(read("").number(Key.HTTP_PORT)).isEqualTo(8080);
        assertThat(read("http.port = 1001").number(Key.HTTP_PORT)).isEqualTo(1001);
        environment.put("HTTP_PORT", "1002");
        assertThat(read("http.port = 1001").number(Key.HTTP_PORT)).isEqualTo(1002);
        commandLine.put("http.port", "1003");
        assertThat(read("http.port = 1001").number(Key.HTTP_PORT)).isEqualTo(1003);
    }

    @Test
    void anEnvironmentVariableMayNameAFileThatHoldsTheValue() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "  from-a-mounted-file\n");
        environment.put("STATE_PASSWORD_FILE", secret.toString());
        assertThat(read("state.password = from-settings").text(Key.STATE_PASSWORD)).isEqualTo("from-a-mounted-file");
        environment.put("STATE_PASSWORD", "direct");
        assertThat(read("").text(Key.STATE_PASSWORD)).isEqualTo("direct");
    }

    /** With Compose, where what is not used is an empty file, a user of the page in application.properties was none. */
    @Test
    void anEmptyFileOfAVariableSetsNothing() throws IOException {
        environment.put("STATE_PASSWORD_FILE", Files.writeString(folder.resolve("unused"), "\n").toString());
        assertThat(read("state.password = from-settings").text(Key.STATE_PASSWORD)).isEqualTo("from-settings");
        assertThat(read("").text(Key.STATE_PASSWORD)).isEmpty();
    }

    /** A secret that went through base64 or kubectl had the end of its line, and was refused as a wrong one. */
    @Test
    void whatStandsAroundAValueIsLeftOutWhereverItComesFrom() throws IOException {
        environment.put("STATE_PASSWORD", " hush\n");
        environment.put("HTTP_PORT", "8090\r\n");
        commandLine.put("broker.password", "hush as well \n");
        Settings settings = read("state.user =   cosell\t\n");
        assertThat(settings.text(Key.STATE_PASSWORD)).isEqualTo("hush");
        assertThat(settings.text(Key.BROKER_PASSWORD)).isEqualTo("hush as well");
        assertThat(settings.text(Key.STATE_USER)).isEqualTo("cosell");
        assertThat(settings.number(Key.HTTP_PORT)).isEqualTo(8090);
    }

    /** The start ended because the file, which login has yet to make, did not hold who signs in. */
    @Test
    void theFileOfAnotherSettingIsNotReadForThisOne() throws IOException {
        Path kept = folder.resolve("webhooks.json");
        environment.put("WEBHOOK_SIGN_IN_FILE", kept.toString());
        Settings settings = read(REAL_CREDENTIALS);
        assertThat(settings.path(Key.WEBHOOK_SIGN_IN_FILE)).isEqualTo(kept);
        assertThat(settings.text(Key.WEBHOOK_SIGN_IN)).isEqualTo("user");
    }

    @ParameterizedTest
    @MethodSource("dev.cosell.settings.AllSettings#get")
    void aVariableSetsItsOwnSettingAlone(Setting key) throws IOException {
        Settings before = read("");
        environment.put(key.variable(), key == Key.CRMS ? "salesforce, dynamics" : key.byDefault());
        Settings after = read("");
        assertThat(AllSettings.get().filter(each -> each != key && !after.text(each).equals(before.text(each))))
                .isEmpty();
    }

    @Test
    void aMissingSecretFileIsNamed() throws IOException {
        environment.put("DYNAMICS_CLIENT_SECRET_FILE", "/run/secrets/not-there");
        assertThat(fault("")).contains("DYNAMICS_CLIENT_SECRET_FILE", "/run/secrets/not-there", "cannot be read");
    }

    @Test
    void otherVariablesOfTheEnvironmentAreNoSettings() throws IOException {
        environment.putAll(Map.of("PATH", "/bin", "HTTP_PROXY", "http://proxy", "CRMS_HOME", "/opt"));
        assertThat(read("").crms()).containsExactly("salesforce", "dynamics");
    }

    @Test
    void aMissingFileMeansDefaults() {
        Settings settings = Crms.SHIPPED.settings(folder.resolve("none"), environment, commandLine);
        assertThat(settings.sandbox()).isTrue();
        assertThat(settings.number(Key.SYNC_CONSUMERS)).isEqualTo(4);
    }

    @Test
    void theShippedFileIsRight() {
        Settings settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), Map.of());
        assertThat(settings.startsSandbox()).isTrue();
        assertThat(settings.crms()).containsExactly("salesforce", "dynamics");
    }

    // ---- what is refused
    // -----------------------------------------------------------------------------------------------

    @Test
    void anUnknownKeyNamesFileLineAndTheNearestOne() throws IOException {
        assertThat(fault("# first line\n\nsalesforce.poll-intervall = 5s\n"))
                .contains("application.properties line 3", "salesforce.poll-intervall",
                        "did you mean \"salesforce.poll-interval\"?");
    }

    /** Before, foo was taken for crms, and any word behind a known group for a setting of that group. */
    @Test
    void anUnknownKeyThatIsNearNoneProposesNone() throws IOException {
        assertThat(fault("foo = 1\n")).contains("there is no setting \"foo\"", "application.properties lists them all")
                .doesNotContain("did you mean");
        assertThat(fault("salesforce.frobnicate = 1\n")).contains("salesforce.frobnicate")
                .doesNotContain("did you mean");
        assertThat(fault("partner-center.foo = 1\n")).doesNotContain("did you mean");
    }

    /** What a JVM without UTF-8 locale makes of an umlaut reached Partner Center. */
    @Test
    void aValueWhoseLettersWereLostOnTheWayIsRefused() {
        assertThatThrownBy(() -> Crms.SHIPPED.settings(Path.of("none"),
                Map.of("PARTNER_CENTER_TEAM_LAST_NAME", "M\ufffd\ufffdller"), Map.of()))
                .isInstanceOf(SettingsFault.class).hasMessageContaining("PARTNER_CENTER_TEAM_LAST_NAME")
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> Crms.SHIPPED.settings(Path.of("none"), Map.of(),
                Map.of("partner-center.team.last-name", "M\ud83dller")))
                .isInstanceOf(SettingsFault.class).hasMessageContaining("partner-center.team.last-name");
    }

    @Test
    void anUnknownKeyOfTheCommandLineSaysSo() throws IOException {
        commandLine.put("http.prot", "1");
        assertThat(fault("")).contains("command line", "\"http.prot\"", "\"http.port\"");
    }

    @Test
    void everyBadValueIsNamedAtOnceWithFileAndLine() throws IOException {
        environment.put("MANAGEMENT_PORT", "ninety");
        String message = fault("""
                http.port = 70000
                sync.consumers = 0
                  dynamics.poll-interval : 60
                partner-center.url = http://api.example.com
                sandbox = maybe
                crms = salesforce, hubspot
                dynamics.concurrent-calls = 52
                """);
        assertThat(message.lines()).hasSize(8);
        assertThat(message).contains("application.properties line 1: http.port = 70000 must be a port number",
                "application.properties line 2: sync.consumers = 0 must be a whole number above 0",
                "application.properties line 3: dynamics.poll-interval = 60 must be a time above 0 with its unit",
                "application.properties line 4: partner-center.url = http://api.example.com must be an https address",
                "application.properties line 5: sandbox = maybe must be one of auto, external, off",
                "application.properties line 6: crms = salesforce, hubspot must name salesforce, dynamics or both",
                "application.properties line 7: dynamics.concurrent-calls = 52 must be a whole number from 1 to 51",
                "environment variable MANAGEMENT_PORT: management.port = ninety must be a port number");
    }

    /** It was called "any free port", and the application looked for itself at port 0. */
    @Test
    void portNoughtIsRefused() throws IOException {
        assertThat(fault("http.port = 0\nmanagement.port = 0\nsandbox.salesforce-port = 0\nalerts.mail.port = 0\n")
                .lines()).hasSize(4).allMatch(line -> line.endsWith(" = 0 must be a port number from 1 to 65535"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4", "-5", "many"})
    void callsThatAreTooFewForASyncAreRefused(String calls) throws IOException {
        String text = "partner-center.calls-per-minute = ";
        assertThat(fault(text + calls))
                .contains("line 1: " + text + calls + " must be 0 (no limit) or a whole number from 5 on");
        assertThat(read(text + 0).number(Key.PARTNER_CENTER_CALLS_PER_MINUTE)).isZero();
        assertThat(read(text + 5).number(Key.PARTNER_CENTER_CALLS_PER_MINUTE)).isEqualTo(5);
        assertThat(fault("salesforce.daily-calls = " + calls))
                .contains("must be 0 (no limit) or a whole number from 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "5", "5 sec", "-5s", "1.5h", "s", "99999999999s", "1000000000d"})
    void timesNeedANumberAndAUnit(String value) throws IOException {
        assertThat(fault("sync.keep-seen = " + value)).contains("line 1: sync.keep-seen", "must be a time above 0");
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "60s,60000", "10m,600000", "24h,86400000", "30d,2592000000", "5 s,5000"})
    void timesHaveUnits(String value, long millis) throws IOException {
        Settings settings = read("sync.keep-seen = " + value);
        assertThat(settings.duration(Key.SYNC_KEEP_SEEN)).isEqualTo(Duration.ofMillis(millis));
        assertThat(settings.placeholders()).containsEntry("sync.keep-seen-millis", String.valueOf(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "salesforce, salesforce", "Salesforce", ",", "dynamics,,salesforce"})
    void crmsMustBeKnownAndDifferent(String value) throws IOException {
        assertThat(fault("crms = " + value)).contains("line 1: crms");
    }

    @Test
    void aNumberOfWorkersThatNoComputerHasIsRefused() throws IOException {
        assertThat(fault("http.workers = 99999999999")).contains("line 1: http.workers");
    }

    @Test
    void aFileThatIsNoPropertiesFileIsNamed() throws IOException {
        assertThat(fault("crms = \\u00zz")).contains("application.properties", "cannot be read");
    }

    /** It became a part of an address, which nobody could read: login ended with a stack trace. */
    @ParameterizedTest
    @ValueSource(strings = {"Contoso Ltd", "contoso.onmicrosoft.com/", "{11111111-2222-3333-4444-555555555555}",
            "https://login.microsoftonline.com/contoso.onmicrosoft.com"})
    void aTenantThatIsNoPartOfAnAddressIsRefused(String value) throws IOException {
        String wanted = " = " + value + " must be the id of the tenant or one of its domain names, such as "
                + "contoso.onmicrosoft.com";
        assertThat(fault("partner-center.tenant = " + value + "\ndynamics.tenant = " + value + "\n"))
                .contains("line 1: partner-center.tenant" + wanted, "line 2: dynamics.tenant" + wanted);
    }

    /** As copied from a browser: every call went to a page of an app. */
    @Test
    void anAddressOfAHostEndsWithTheHost() throws IOException {
        assertThat(fault("""
                dynamics.url = https://contoso.crm4.dynamics.com/main.aspx?appid=1
                salesforce.login-url = https://contoso.my.salesforce.com/lightning/page/home
                dynamics.login-url = https://login.microsoftonline.com/contoso.example
                partner-center.login-url = https://somebody@login.microsoftonline.com:444
                """))
                .contains("line 1: dynamics.url = https://contoso.crm4.dynamics.com/main.aspx?appid=1 must end with "
                        + "the host: https://contoso.crm4.dynamics.com",
                        "line 2: salesforce.login-url = ", "must end with the host: https://contoso.my.salesforce.com",
                        "line 3: dynamics.login-url = ", "must end with the host: https://login.microsoftonline.com",
                        "must end with the host: https://login.microsoftonline.com:444");
    }

    @Test
    void aSiteOfSalesforceHasAPath() {
        assertThatCode(() -> read("salesforce.login-url = https://contoso.my.site.com/partners"))
                .doesNotThrowAnyException();
    }

    /** "Input length = 1" was all that was said. */
    @Test
    void aFileInAnotherEncodingIsNamedWithItsLine() throws IOException {
        byte[] text = "sync.consumers = 4\npartner-center.team.last-name = M\u00fcller\n".getBytes(ISO_8859_1);
        Files.write(file, text);
        assertThatThrownBy(() -> Crms.SHIPPED.settings(file, environment, commandLine))
                .hasMessage("application.properties is not UTF-8 (line 2). Save it in that encoding");
        environment.put("STATE_PASSWORD_FILE", Files.write(folder.resolve("secret"), text).toString());
        assertThat(fault("")).contains("STATE_PASSWORD_FILE names a file that is not UTF-8 (line 2). Save it in that");
    }

    /** Editors of Windows put it there. The first setting was none, and a secret began with it. */
    @Test
    void aMarkInFrontOfAFileIsNoPartOfIt() throws IOException {
        environment.put("STATE_PASSWORD_FILE",
                Files.writeString(folder.resolve("secret"), "\ufeffhush\r\n").toString());
        Settings settings = read("\ufeffsync.consumers = 7\r\nstate.user = m\u00fcller\r\n");
        assertThat(settings.number(Key.SYNC_CONSUMERS)).isEqualTo(7);
        assertThat(settings.text(Key.STATE_USER)).isEqualTo("m\u00fcller");
        assertThat(settings.text(Key.STATE_PASSWORD)).isEqualTo("hush");
        assertThat(read("\ufeff# The settings\nhttp.port = 1\n").number(Key.HTTP_PORT)).isEqualTo(1);
    }

    // ---- secrets
    // -------------------------------------------------------------------------------------------------------

    @Test
    void secretsAreShownNeitherInMessagesNorInPlaceholders() throws IOException {
        Settings settings = read(REAL_CREDENTIALS);
        assertThat(settings.placeholders().toString()).doesNotContain("very-secret");
        assertThat(settings.toString()).doesNotContain("very-secret");
        assertThat(fault(REAL_CREDENTIALS + "http.port = x\ndynamics.client-secrte = very-secret-4\n"))
                .doesNotContain("very-secret")
                .contains("did you mean \"dynamics.client-secret\"?");
    }

    @Test
    void thePathSecretIsNotShownAsAPartOfAnAddressThatIsRefused() throws IOException {
        String secret = "very-secret-path-0123456789";
        assertThat(fault("webhook.path-secret = " + secret + "\nwebhook.public-url = "
                + "https://sync.example.com/webhooks/partner-center/" + secret + "/\ntraces.url = ftp://" + secret))
                .contains("line 2: webhook.public-url = https://sync.example.com/webhooks/partner-center/***/ must be",
                        "line 3: traces.url = ftp://*** must be")
                .doesNotContain(secret);
    }

    @ParameterizedTest
    @MethodSource("dev.cosell.settings.AllSettings#get")
    void everyKeyThatSoundsSecretIsSecret(Setting key) {
        boolean lettingIn = key.text().matches("alerts\\..+\\.url");
        boolean soundsSecret = lettingIn || List.of("password", "secret", "token", "-key").stream()
                .anyMatch(key.text()::contains)
                && !key.text().endsWith("-expires");
        boolean mayHoldOne = key == Key.BROKER_URL || key == Key.MANAGEMENT_USERS;
        assertThat(key.secret()).as(key.text()).isEqualTo(soundsSecret || mayHoldOne);
    }

    @Test
    void aChannelOfAlertsThatLacksAPartIsRefusedWithoutShowingItsAddress() throws IOException {
        assertThat(fault("alerts.mail.to = ops@example.com\nalerts.webhook.url = https://example.com/hidden\n"))
                .contains(
                "alerts.mail.to needs alerts.mail.host", "alerts.mail.to needs alerts.mail.from",
                "alerts.webhook.url needs alerts.webhook.secret")
                .doesNotContain("hidden");
        assertThat(fault("alerts.webhook.secret = too-short\nalerts.digest = 25:00\nalerts.mail.to = "
                + "nobody\nalerts.teams.url = ftp://x\n"))
                .contains("whsec_", "07:30", "mail addresses", "alerts.teams.url = (secret) must be an https address")
                .doesNotContain("too-short", "ftp");
    }

    @Test
    void aSignInThatLacksAPartOrIsOpenToEveryTenantIsRefused() throws IOException {
        assertThat(fault("management.sign-in.issuer = https://login.microsoftonline.com/common/v2.0"))
                .contains("management.sign-in.issuer = ", "must be the issuer of one tenant",
                        "management.sign-in.issuer needs management.sign-in.client-id",
                        "management.sign-in.issuer needs management.sign-in.client-secret",
                        "management.sign-in.issuer needs management.public-url");
        assertThat(fault("management.sign-in.issuer = https://login.microsoftonline.com/contoso.example/v2.0"))
                .contains("must be the issuer of one tenant");
        assertThat(fault("management.sign-in.client-id = page\nmanagement.public-url = http://sync.example.com\n"
                + "mcp = on"))
                .contains("management.sign-in.client-id needs management.sign-in.issuer",
                        "management.public-url = http://sync.example.com must be an https address",
                        "mcp = on must be one of off, read, act");
    }

    /** Every deal that was won was given up for good, because none of its solutions was on the empty list. */
    @ParameterizedTest
    @ValueSource(strings = {"", "partner-center.deal-registration.solutions = ,"})
    void aRegistrationOfDealsNeedsTheSolutionsThatHaveAnIncentive(String solutions) throws IOException {
        String on = "partner-center.deal-registration = on\n";
        assertThat(fault(on + solutions)).contains("application.properties line 1: partner-center.deal-registration = "
                + "on needs partner-center.deal-registration.solutions");
        assertThat(read(on + "partner-center.deal-registration.solutions = SOL-1\n")
                .isOn(Key.PARTNER_CENTER_REGISTRATION)).isTrue();
    }

    /** Addresses are compared letter by letter, so the door let nothing in, for issuers without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"https://certificates.example/", "https://certificates.example/cert",
            "certificates.example", "ftp://certificates.example", "https://certificates.example,",
            "https://certificates.example https://others.example"})
    void originsThatNoAddressBeginsWithAreRefused(String value) throws IOException {
        assertThat(fault("sandbox = off\nwebhook.certificate-origins = " + value + "\nwebhook.issuer-origins = "
                + value))
                .contains("line 2: webhook.certificate-origins = " + value + " must be https and a host each",
                        "line 3: webhook.issuer-origins = " + value + " must be http or https and a host each");
    }

    @Test
    void signingCertificatesAreFetchedWithTlsAlone() throws IOException {
        assertThat(fault("sandbox = off\nwebhook.certificate-origins = http://certificates.example\n"))
                .contains("line 2: webhook.certificate-origins = http://certificates.example must be https");
        assertThat(fault("sandbox = off\nwebhook.certificate-origins =\n")).contains("line 2: webhook.certificate-");
    }

    @Test
    void originsAreReadAsAddressesBeginWithThem() throws IOException {
        Settings settings = read(REAL_CREDENTIALS
                + "webhook.certificate-origins = HTTPS://Certificates.example:443, http://localhost:8081\n"
                + "webhook.issuer-origins = http://issuers.example:80,https://issuers.example:8443\n");
        assertThat(settings.origins(Key.WEBHOOK_CERTIFICATE_ORIGINS))
                .containsExactlyInAnyOrder("https://certificates.example", "http://localhost:8081");
        assertThat(settings.origins(Key.WEBHOOK_ISSUER_ORIGINS))
                .containsExactlyInAnyOrder("http://issuers.example", "https://issuers.example:8443");
        assertThat(read("webhook.issuer-origins =").origins(Key.WEBHOOK_ISSUER_ORIGINS)).isEmpty();
    }

    // ---- sandbox or real
    // -----------------------------------------------------------------------------------------------

    /** A command that was typed without the real credentials replaced the real sign-in with the sandbox's. */
    @Test
    void theSandboxKeepsItsSignInsApartWhateverIsSet() throws IOException {
        String folders = "data.directory = some/where\n"
                + "partner-center.sign-in-file = {data.directory}/connections/partner-center.json\n";
        Settings settings = read(folders);
        Path apart = Path.of("some/where/sandbox/connections").toAbsolutePath();
        assertThat(settings.path(Key.PARTNER_CENTER_SIGN_IN_FILE)).isEqualTo(apart.resolve("partner-center.json"));
        assertThat(settings.path(Key.WEBHOOK_SIGN_IN_FILE)).isEqualTo(apart.resolve("partner-center-webhooks.json"));
        assertThat(read(REAL_CREDENTIALS + folders).path(Key.PARTNER_CENTER_SIGN_IN_FILE))
                .isEqualTo(Path.of("some/where/connections/partner-center.json").toAbsolutePath());
    }

    @Test
    void withoutCredentialsEverythingPointsAtTheSandbox() throws IOException {
        Settings settings = read("sandbox.dynamics-port = 7002");
        assertThat(settings.sandbox()).isTrue();
        assertThat(settings.startsSandbox()).isTrue();
        assertThat(settings.text(DynamicsKey.URL)).isEqualTo("http://localhost:7002");
        assertThat(settings.text(Key.PARTNER_CENTER_URL)).startsWith("http://localhost:8081");
        assertThat(settings.text(SalesforceKey.CLIENT_SECRET)).isEqualTo("sandbox");
        assertThat(settings.duration(SalesforceKey.POLL_INTERVAL)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPaceThatSomebodyHasSetIsLeftAloneInTheSandbox() throws IOException {
        assertThat(read("dynamics.poll-interval = 3s").duration(DynamicsKey.POLL_INTERVAL))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void withAllCredentialsNoSandboxStarts() throws IOException {
        Settings settings = read(REAL_CREDENTIALS);
        assertThat(settings.sandbox()).isFalse();
        assertThat(settings.startsSandbox()).isFalse();
        assertThat(AllSettings.get().filter(key -> !key.text().startsWith("sandbox")).map(settings::text))
                .noneMatch(value -> value.equals("sandbox") || value.contains("localhost"));
        assertThat(settings.placeholders().toString()).doesNotContain("ana.reyes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partner-center.tenant", "partner-center.client-id", "partner-center.client-secret",
            "partner-center.refresh-token",
            "salesforce.client-id", "salesforce.client-secret", "salesforce.password", "dynamics.client-secret"})
    void oneCredentialAloneSwitchesTheSandboxOffAndTheOthersAreAskedFor(String only) throws IOException {
        String message = fault(only + " = something-real\n");
        assertThat(message)
                .contains("partner-center.", "is not set", "or remove all credentials to run against the sandbox")
                .doesNotContain("something-real", only + " is not set");
    }

    /** The start went well; then Camel spoke of its own parameters, and a route was blamed. */
    @ParameterizedTest
    @CsvSource({"salesforce.client-secret is not set; set it in application.properties or as SALESFORCE_, ''",
            "salesforce.refresh-token or salesforce.keystore or salesforce.password, ''",
            "salesforce.refresh-token and salesforce.password are several ways to sign in, refresh-token password",
            "salesforce.keystore and salesforce.password are several ways to sign in, keystore password client-secret",
            "salesforce.password needs salesforce.user-name, password client-secret",
            "salesforce.password needs salesforce.client-secret, password user-name",
            "salesforce.keystore needs salesforce.user-name, keystore keystore-password",
            "salesforce.keystore needs salesforce.keystore-password, keystore user-name"})
    void settingsOfOneSignInToSalesforceFitTogether(String sentence, String set) throws IOException {
        assertThat(fault(salesforceWith(set))).contains(sentence).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-secret", "refresh-token", "refresh-token client-secret",
            "keystore keystore-password user-name", "password user-name client-secret"})
    void eachWayToSignInToSalesforceIsTaken(String set) throws IOException {
        assertThat(read(salesforceWith(set)).sandbox()).isFalse();
    }

    private static String salesforceWith(String set) {
        return "crms = salesforce\npartner-center.tenant = t\npartner-center.client-id = c\nsalesforce.client-id = c\n"
                + "salesforce.login-url = https://example.my.salesforce.com\n"
                + Stream.of(set.split(" ")).filter(name -> !name.isEmpty())
                        .map(name -> "salesforce." + name + " = hush\n").collect(Collectors.joining());
    }

    /** They were passed over in silence, and the set-up signed in as the user of the sync. */
    @ParameterizedTest
    @CsvSource({"client-secret,setup.salesforce.client-secret needs setup.salesforce.client-id",
            "refresh-token,setup.salesforce.refresh-token needs setup.salesforce.client-id",
            "user-name,setup.salesforce.user-name needs setup.salesforce.client-id",
            "password,setup.salesforce.password needs setup.salesforce.client-id",
            "client-id,setup.salesforce.client-secret is not set",
            "client-id password,setup.salesforce.password needs setup.salesforce.user-name",
            "client-id password refresh-token,setup.salesforce.refresh-token and setup.salesforce.password are"})
    void credentialsOfAnAdministratorOfSalesforceFitTogether(String set, String sentence) throws IOException {
        String setup = Stream.of(set.split(" ")).map(name -> "setup.salesforce." + name + " = hush\n")
                .collect(Collectors.joining());
        assertThat(fault(salesforceWith("client-secret") + setup)).contains(sentence).doesNotContain("hush");
        assertThat(fault(setup)).as("it means real systems").contains("partner-center.tenant is not set");
    }

    @ParameterizedTest
    @CsvSource({"client-secret,setup.dynamics.client-secret is set but setup.dynamics.client-id is not; set both",
            "client-id,setup.dynamics.client-id is set but setup.dynamics.client-secret is not; set both"})
    void credentialsOfAnAdministratorOfDynamicsFitTogether(String set, String sentence) throws IOException {
        String setup = "setup.dynamics." + set + " = hush\n";
        assertThat(fault(REAL_CREDENTIALS + setup)).contains(sentence).doesNotContain("hush");
        assertThat(fault(setup)).as("it means real systems").contains("partner-center.tenant is not set");
    }

    @Test
    void everyMissingCredentialIsNamedWithItsEnvironmentVariable() throws IOException {
        String message = fault("sandbox = off\ncrms = dynamics\n");
        assertThat(message)
                .contains("partner-center.client-id is not set", "PARTNER_CENTER_CLIENT_ID", "partner-center.tenant",
                        "dynamics.url", "dynamics.tenant", "dynamics.client-id", "dynamics.client-secret")
                .doesNotContain("salesforce");
    }

    @Test
    void anExternalSandboxIsUsedButNotStarted() throws IOException {
        Settings settings = read("sandbox = external");
        assertThat(settings.sandbox()).isTrue();
        assertThat(settings.startsSandbox()).isFalse();
        assertThat(settings.text(DynamicsKey.LOGIN_URL)).isEqualTo("http://localhost:8081");
    }

    @Test
    void anExternalSandboxDoesNotGoWithRealCredentials() throws IOException {
        assertThat(fault(REAL_CREDENTIALS + "sandbox = external\n"))
                .contains("application.properties line 10: sandbox = external does not go with real credentials")
                .doesNotContain("very-secret");
    }

    // ---- what routes get
    // -----------------------------------------------------------------------------------------------

    @Test
    void camelsOwnSettingsAreHandedOnAsTheyStand() throws IOException {
        Settings settings = read("camel.main.name = mine\nsync.consumers = 7\n");
        assertThat(settings.placeholders()).containsEntry("camel.main.name", "mine").containsEntry("sync.consumers",
                "7");
    }

    @ParameterizedTest
    @CsvSource({"off,salesforce,false", "on,salesforce,true", "on,dynamics,false"})
    void eventsOfSalesforceNeedSalesforce(String streaming, String crm, String enabled) throws IOException {
        Settings settings = read("salesforce.streaming = " + streaming + "\ncrms = " + crm);
        assertThat(settings.placeholders()).containsEntry("salesforce.streaming.enabled", enabled);
    }

    @Test
    void theStateFolderIsAbsolute() throws IOException {
        assertThat(read("data.directory = some/where").text(Key.STATE_URL)).doesNotContain("{data.directory}")
                .contains(Path.of("some/where").toAbsolutePath().toString());
    }

    @Test
    void anAppThatRegistersByItselfNeedsItsSecret() throws IOException {
        assertThat(fault("partner-center.tenant = t\npartner-center.client-id = c\nwebhook.sign-in = app\n"))
                .contains("line 3: webhook.sign-in = app needs partner-center.client-secret");
    }
}
