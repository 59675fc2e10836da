package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.entra.SignIn;
import dev.cosell.entra.SignInStore;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where sign-ins are kept. */
class PartnerCenterSignInTest {
    @TempDir
    Path folder;

    /** With the database and the key of several instances. */
    private Settings settings(Map<String, String> more) {
        Map<String, String> values = new LinkedHashMap<>(Map.of("data.directory", folder.resolve("data").toString(),
                "crms", "salesforce", "state.url", "jdbc:postgresql://db.example/cosell", "partner-center.sign-in-key",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        values.putAll(more);
        return Crms.SHIPPED.settings(folder.resolve("none"), Map.of(), values);
    }

    private static SignInStore store(Settings settings, Database database) {
        return PartnerCenterSignIn.store(settings, database, Clock.systemUTC());
    }

    /** A command that was typed without the real credentials replaced the sign-in of all instances. */
    @Test
    void theSandboxHasARowOfItsOwnInTheDatabaseOfAllInstances() {
        Settings real = settings(Map.of("partner-center.tenant", "contoso", "partner-center.client-id", "app",
                "salesforce.login-url", "https://contoso.my.salesforce.com", "salesforce.client-id", "app",
                "salesforce.client-secret", "secret"));
        Settings sandbox = settings(Map.of());
        try (Database database = Database.open(Database.h2(folder.resolve("state").toString()), null, null)) {
            store(real, database).signedIn("the real one", "ana@contoso.example");

            SignInStore renewed = store(sandbox, database);
            renewed.grant();
            renewed.renewed("the sandbox's", "ben@tidewater.example");

            assertThat(store(real, database).signIn()).get().extracting(SignIn::refreshToken, SignIn::user)
                    .containsExactly("the real one", "ana@contoso.example");
            assertThat(store(sandbox, database).signIn()).get().extracting(SignIn::refreshToken, SignIn::user)
                    .containsExactly("the sandbox's", "ben@tidewater.example");
        }
    }
}
