package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.stories.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person signs in with the identity provider, in a real browser, and out again. */
class SignInPageTest {
    private static void accept(Browser browser, String role) {
        browser.sees("Sign in to your account");
        browser.run("document.querySelector('[name=roles]').value = '" + role + "'");
        browser.press("Accept");
    }

    @Test
    void a_session_begins_ends_is_taken_up_where_it_ended_and_is_signed_out_of() {
        Map<String, String> values = new HashMap<>(Map.of("management.sign-in.client-id", "sandbox",
                "management.sign-in.client-secret", "sandbox", "mcp", "act"));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, Key.MANAGEMENT_PORT);
        values.put("management.sign-in.issuer", "http://localhost:" + values.get("sandbox.partner-center-port")
                + "/contoso/v2.0");
        values.put("management.public-url", "http://127.0.0.1:" + values.get("management.port"));
        try (World world = new World(values, Path.of("routes"), "salesforce");
             Browser browser = new Browser(world.settings().number(Key.MANAGEMENT_PORT))) {
            world.partnerCenter().post("/sandbox/settings", Map.of("redirectUris",
                    values.get("management.public-url") + "/sign-in/answer"));
            browser.open("");
            accept(browser, "Cosell.Viewer");
            browser.sees("Connections");
            browser.sees("(may look, not act)");
            browser.follow("Requests");
            browser.sees("No request waits");

            try (Database books = Database.visit(world.settings().text(Key.STATE_URL), null, null)) {
                books.client().sql("DELETE FROM page_session").update();
            }
            browser.sees("your session has ended. Sign in again Sign in");
            browser.follow("Sign in");
            accept(browser, "Cosell.Operator");
            browser.sees("No request waits");
            browser.seesNoMore("(may look, not act)");

            browser.press("Sign out");
            browser.sees("You are signed out.");
            browser.open("");
            browser.sees("Sign in to your account");
            assertThat(browser.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
        }
    }
}
