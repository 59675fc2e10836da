package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.page.PageUser;
import dev.cosell.settings.Key;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The entry of a user fits the setting, and its hash knows the password. */
class UserCommandTest {
    private final InputStream before = System.in;

    @AfterEach
    void giveBack() {
        System.setIn(before);
    }

    private static String entry(String name, String password) {
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute("user", name, "--role", "operator");
        assertThat(code == 0).as(err.toString()).isEqualTo(err.toString().isEmpty());
        return out + err.toString().strip();
    }

    @Test
    void an_entry_fits_the_setting_and_its_hash_the_password() {
        String entry = entry("ana@contoso.com", "pässword: with, marks").strip();

        assertThat(entry).startsWith("ana@contoso.com:operator:$pbkdf2$").doesNotContain("ssword");
        assertThat(PageUser.all(entry).get(0).fits("pässword: with, marks")).isTrue();
        assertThat(PageUser.all(entry).get(0).fits("pässword: with, mark")).isFalse();
        assertThat(Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(),
                Map.of("management.users", entry + ", " + entry))
                .text(Key.MANAGEMENT_USERS)).contains(entry);
    }

    @Test
    void a_short_password_or_an_odd_name_gets_a_sentence() {
        assertThat(entry("ana", "short")).isEqualTo("A password has at least 12 characters");
        assertThat(entry("a:b", "long enough, this")).contains("no colon or comma");
    }
}
