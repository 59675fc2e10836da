package dev.cosell.operations;

import dev.cosell.entra.EntraApp;
import dev.cosell.entra.SignInStore;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.time.Clock;

/** Partner Center's app registration and where its users' sign-ins are kept, as the settings want them. */
public final class PartnerCenterSignIn {
    private PartnerCenterSignIn() {}

    public static EntraApp app(Settings settings) {
        return new EntraApp("partner-center", settings.text(Key.PARTNER_CENTER_LOGIN_URL) + "/" + settings.text(Key.PARTNER_CENTER_TENANT),
                settings.text(Key.PARTNER_CENTER_CLIENT_ID), settings.text(Key.PARTNER_CENTER_CLIENT_SECRET));
    }

    /** The same app, for the other audience: the registration of webhooks. */
    public static EntraApp webhookApp(Settings settings) {
        EntraApp app = app(settings);
        return new EntraApp(app.system() + "-webhooks", app.tenant(), app.clientId(), app.secret());
    }

    /** Where the user is kept who signed in for the registration of webhooks alone. */
    public static SignInStore webhookStore(Settings settings, Clock clock) {
        return new SignInStore(webhookApp(settings), settings.path(Key.WEBHOOK_SIGN_IN_FILE), settings.text(Key.PARTNER_CENTER_SIGN_IN_KEY), "", clock,
                SignInStore.LOGIN + " --webhooks");
    }

    public static SignInStore store(Settings settings, Clock clock) {
        return new SignInStore(app(settings), settings.path(Key.PARTNER_CENTER_SIGN_IN_FILE), settings.text(Key.PARTNER_CENTER_SIGN_IN_KEY),
                settings.text(Key.PARTNER_CENTER_REFRESH_TOKEN), clock);
    }
}
