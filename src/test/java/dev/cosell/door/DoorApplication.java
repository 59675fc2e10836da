package dev.cosell.door;

import dev.cosell.TemporaryFolder;
import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The application as it runs with real systems (their addresses are the sandbox's), with a path secret, trusting one
 * authority and one host of certificates besides Microsoft's. Nothing is worked on, so that every hint stays on the
 * queue and can be counted.
 */
final class DoorApplication implements AutoCloseable {
    static final String SECRET = "fTq3Vw9s-Kx7LmZp2Rd8N";
    static final String PATH = "/webhooks/partner-center/" + SECRET;
    static final String MICROSOFTS_HOST = "https://3psostorageacct.blob.core.windows.net";

    private final Sandbox sandbox;
    private final Cosell cosell;
    final int port;

    DoorApplication(String origin, Authority authority) throws IOException {
        Map<String, String> values = new HashMap<>();
        Path folder = TemporaryFolder.named("cosell-door");
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT, Key.SANDBOX_PARTNER_CENTER_PORT,
                DynamicsKey.SANDBOX_PORT,
                SalesforceKey.SANDBOX_PORT);
        String partnerCenter = "http://localhost:" + values.get("sandbox.partner-center-port");
        values.put("check.at-start", "false");
        values.putAll(Map.of("sandbox", "off", "crms", "salesforce", "data.directory", folder.toString(),
                "salesforce.poll-interval", "1d",
                "partner-center.sweep-interval", "1d", "webhook.certificate-origins", origin + ", " + MICROSOFTS_HOST,
                "webhook.path-secret", SECRET));
        values.putAll(Map.of("partner-center.url", partnerCenter + "/v1.0/engagements", "partner-center.login-url",
                partnerCenter,
                "webhook.issuer-origins", origin, "salesforce.login-url",
                "http://localhost:" + values.get("sandbox.salesforce-port")));
        for (String credential : new String[] {"partner-center.tenant", "partner-center.client-id",
                "partner-center.client-secret",
                "partner-center.refresh-token", "salesforce.client-id", "salesforce.client-secret"}) {
            values.put(credential, "sandbox");
        }
        values.put("webhook.trust-anchors",
                Files.writeString(folder.resolve("authority.pem"), pem(authority)).toString());
        Settings settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
        sandbox = Sandbox.start(SandboxPlan.of(settings, true));
        cosell = Cosell.start(settings, Path.of("routes"));
        cosell.operations().pause("all");
        port = settings.number(Key.HTTP_PORT);
    }

    private static String pem(Authority authority) {
        try {
            return Authority.pem(authority.certificate().getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    int queued() {
        return cosell.operations().getBacklog().get("salesforce");
    }

    @Override
    public void close() {
        cosell.close();
        sandbox.close();
    }
}
