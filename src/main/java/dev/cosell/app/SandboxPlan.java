package dev.cosell.app;

import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.nio.file.Path;

/** How the settings want the sandbox servers to run. */
public final class SandboxPlan {
    private SandboxPlan() {}

    /** @param forget whether the servers keep nothing on disk */
    public static Sandbox.Plan of(Settings settings, boolean forget) {
        Path state = forget ? null : settings.path(Key.DATA_DIRECTORY).resolve("sandbox");
        String secret = settings.text(Key.WEBHOOK_PATH_SECRET);
        return new Sandbox.Plan(settings.text(Key.SANDBOX_HOST), settings.number(Key.SANDBOX_PARTNER_CENTER_PORT),
                settings.number(Key.SANDBOX_DYNAMICS_PORT), settings.number(Key.SANDBOX_SALESFORCE_PORT), state,
                "http://localhost:" + settings.number(Key.HTTP_PORT) + "/webhooks/partner-center"
                + (secret.isEmpty() ? "" : "/" + secret));
    }
}
