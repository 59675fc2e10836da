package dev.cosell.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An application at the addresses of the sandbox, with credentials that it does not know. */
record RefusedApplication(Settings settings, Cosell cosell) implements AutoCloseable {
    private static final Marks MARKS = Marks.ofSystems();
    /** Which way to sign in is taken depends on which of them is set. */
    private static final List<String> OF_ONE_WAY = List.of("salesforce.refresh-token", "salesforce.password",
            "salesforce.keystore-password", "setup.salesforce.refresh-token", "setup.salesforce.password",
            "broker.url");

    /** A way to sign in to Salesforce, with what is tried beside it. */
    enum Way {
        REFRESH_TOKEN("salesforce,dynamics", "salesforce.refresh-token", "setup.salesforce.refresh-token"),
        PASSWORD("salesforce", "salesforce.password", "setup.salesforce.password", "broker.url"),
        KEY_STORE("salesforce", "salesforce.keystore-password");

        private final String crms;
        private final List<String> secrets;

        Way(String crms, String... secrets) {
            this.crms = crms;
            this.secrets = List.of(secrets);
        }
    }

    /** Starts it and waits until it says that nobody lets it in. */
    static RefusedApplication start(World world, Path folder, Way way) throws IOException, InterruptedException {
        Map<String, String> values = new HashMap<>(MARKS.settings());
        OF_ONE_WAY.stream().filter(key -> !way.secrets.contains(key)).forEach(values::remove);
        values.putAll(Map.of("sandbox", "off", "crms", way.crms, "data.directory",
                folder.resolve(way.name()).toString(), "camel.main.name", way.name(), "check.at-start", "true", "mcp", "read"));
        String entra = "http://localhost:" + world.settings().number(Key.SANDBOX_PARTNER_CENTER_PORT);
        values.putAll(Map.of("partner-center.url", entra + "/v1.0/engagements", "partner-center.login-url", entra,
                "partner-center.webhook-url", entra, "partner-center.tenant", "sandbox", "partner-center.client-id",
                "sandbox"));
        values.putAll(Map.of("dynamics.url", world.settings().text(DynamicsKey.URL), "dynamics.login-url", entra,
                "dynamics.tenant", "sandbox", "dynamics.client-id", "sandbox", "dynamics.poll-interval", "500ms",
                "setup.dynamics.client-id", "sandbox"));
        values.putAll(Map.of("salesforce.login-url", world.settings().text(SalesforceKey.LOGIN_URL),
                "salesforce.client-id", "sandbox", "salesforce.poll-interval", "500ms", "setup.salesforce.client-id",
                "sandbox"));
        if (way != Way.REFRESH_TOKEN) {
            values.put("salesforce.user-name", "nobody@tidewater.example");
        }
        if (way == Way.PASSWORD) {
            values.put("setup.salesforce.user-name", "nobody@tidewater.example");
        }
        if (way == Way.KEY_STORE) {
            values.put("salesforce.keystore", "file:" + keyStore(folder, values.get("salesforce.keystore-password")));
        }
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        Settings settings = Crms.SHIPPED.settings(Path.of("none"), Map.of(), values);
        RefusedApplication refused = new RefusedApplication(settings, Cosell.start(settings, Path.of("routes")));
        world.eventually(() -> assertThat(refused.readable().asked("/observe/health"))
                .containsPattern("salesforce-connection[^}]*DOWN|DOWN[^}]*salesforce-connection"));
        return refused;
    }

    private static Path keyStore(Path folder, String password) throws IOException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "only", "-keyalg", "RSA", "-dname", "CN=cosell", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", password).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }

    Readable readable() {
        return new Readable(settings, Map.of());
    }

    @Override
    public void close() {
        cosell.close();
    }
}
