package dev.cosell.check;

import dev.cosell.ShippedRoutes;
import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.cli.Commands;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Sandbox servers, and the command {@code check} run against them as a person runs it. */
final class CheckedSandbox implements AutoCloseable {
    private final Map<String, String> values = new HashMap<>();
    private final Path folder;
    private final Path noSettings;
    private final Sandbox sandbox;
    final Settings settings;
    final Api partnerCenter;
    final Api dynamics;
    final Api salesforce;

    record Outcome(int code, String out, String err) {}

    CheckedSandbox(Path folder) {
        this.folder = folder;
        noSettings = empty(folder.resolve("none"));
        values.putAll(Map.of("sandbox", "external", "data.directory", folder.resolve("data").toString()));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        settings = Crms.SHIPPED.settings(noSettings, Map.of(), values);
        sandbox = Sandbox.start(SandboxPlan.of(settings, true));
        partnerCenter = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        dynamics = new Api(settings.number(DynamicsKey.SANDBOX_PORT));
        salesforce = new Api(settings.number(SalesforceKey.SANDBOX_PORT));
    }

    /** The file, which may be there from another test already. */
    private static Path empty(Path file) {
        try {
            return Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() {
        List.of(partnerCenter, dynamics, salesforce).forEach(server -> server.post("/sandbox/reset", Map.of()));
    }

    /** @param more settings as {@code key=value}, and options that begin with {@code --} */
    Outcome check(String... more) {
        return run(values, more);
    }

    /** The same with addresses and credentials as a person sets them for real systems. */
    Outcome checkAsReal(String... more) {
        Map<String, String> real = new LinkedHashMap<>(
                Map.of("sandbox", "off", "data.directory", folder.resolve("real").toString()));
        String entra = "http://localhost:" + settings.number(Key.SANDBOX_PARTNER_CENTER_PORT);
        real.putAll(Map.of("partner-center.url", entra + "/v1.0/engagements", "partner-center.login-url", entra,
                "partner-center.webhook-url", entra,
                "partner-center.tenant", "sandbox", "partner-center.client-id", "sandbox",
                "partner-center.client-secret", "sandbox",
                "partner-center.refresh-token", "sandbox"));
        real.putAll(Map.of("dynamics.url", settings.text(DynamicsKey.URL), "dynamics.login-url", entra,
                "dynamics.tenant", "sandbox",
                "dynamics.client-id", "sandbox", "dynamics.client-secret", "sandbox", "salesforce.login-url",
                settings.text(SalesforceKey.LOGIN_URL),
                "salesforce.client-id", "sandbox", "salesforce.client-secret", "sandbox"));
        return run(real, more);
    }

    private Outcome run(Map<String, String> values, String... more) {
        List<String> line = new ArrayList<>(List.of("check", "--settings", noSettings.toString()));
        values.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        for (String each : more) {
            line.addAll(each.startsWith("--") ? List.of(each.split("=", 2)) : List.of("--set", each));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** The shipped routes with one text in place of another. */
    Path routes(String file, String old, String instead) throws IOException {
        Path edited = Files.createDirectories(folder.resolve("routes"));
        for (Path each : ShippedRoutes.files()) {
            String text = Files.readString(each);
            boolean meant = each.getFileName().toString().equals(file);
            if (meant && !text.contains(old)) {
                throw new IllegalArgumentException(file + " does not hold " + old);
            }
            Files.writeString(edited.resolve(each.getFileName()), meant ? text.replace(old, instead) : text);
        }
        return edited;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
