package dev.cosell.operations;

import dev.cosell.cluster.SharedSignIn;
import dev.cosell.entra.EntraApp;
import dev.cosell.entra.SealedFile;
import dev.cosell.entra.SealedStore;
import dev.cosell.entra.SignInStore;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import java.time.Clock;

/**
 * Partner Center's app registration and where its users' sign-ins are kept, as the settings want them. Those of the
 * sandbox are kept apart from the real ones.
 */
public final class PartnerCenterSignIn {
    private PartnerCenterSignIn() {}

    public static EntraApp app(Settings settings) {
        return new EntraApp("partner-center",
                settings.text(Key.PARTNER_CENTER_LOGIN_URL) + "/" + settings.text(Key.PARTNER_CENTER_TENANT),
                settings.text(Key.PARTNER_CENTER_CLIENT_ID), settings.text(Key.PARTNER_CENTER_CLIENT_SECRET));
    }

    /** The same app, for the other audience: the registration of webhooks. */
    public static EntraApp webhookApp(Settings settings) {
        EntraApp app = app(settings);
        return new EntraApp(app.system() + "-webhooks", app.tenant(), app.clientId(), app.secret());
    }

    /**
     * Whether sign-ins are kept in the database of all instances: where it can be shared and there is a key that they
     * have in common. Otherwise each is kept in a file.
     */
    public static boolean isShared(Settings settings) {
        return Database.isShared(settings.text(Key.STATE_URL))
                && !settings.text(Key.PARTNER_CENTER_SIGN_IN_KEY).isEmpty();
    }

    /**
     * Where the user is kept who signed in for the registration of webhooks alone.
     *
     * @param database of the instances; used only when sign-ins are {@link #isShared shared}; null for who asks nobody
     */
    public static SignInStore webhookStore(Settings settings, Database database, Clock clock) {
        EntraApp app = webhookApp(settings);
        return new SignInStore(app, kept(app, Key.WEBHOOK_SIGN_IN_FILE, settings, database), "", clock,
                SignInStore.LOGIN + " --webhooks");
    }

    /**
     * @param database of the instances; used only when sign-ins are {@link #isShared shared}; null for who asks nobody
     */
    public static SignInStore store(Settings settings, Database database, Clock clock) {
        EntraApp app = app(settings);
        return new SignInStore(app, kept(app, Key.PARTNER_CENTER_SIGN_IN_FILE, settings, database),
                settings.text(Key.PARTNER_CENTER_REFRESH_TOKEN), clock,
                SignInStore.LOGIN);
    }

    private static SealedStore kept(EntraApp app, Key file, Settings settings, Database database) {
        String key = settings.text(Key.PARTNER_CENTER_SIGN_IN_KEY);
        SealedFile alone = new SealedFile(settings.path(file), key);
        String row = app.system() + (settings.sandbox() ? "-sandbox" : "");
        return isShared(settings) && database != null ? new SharedSignIn(database, row, key).startingWith(alone)
                : alone;
    }
}
