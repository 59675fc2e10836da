package dev.cosell.support;

import dev.cosell.crm.Crms;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.page.PageUser;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A value of its own for every setting that is secret, which can be found again wherever it turns up. */
final class Marks {
    static final String PASSWORD = "mark-of-the-operator-0001";
    private static final Map<String, String> FORMS = Map.of(
            "management.users", PageUser.entry("operator", "operator", PASSWORD),
            "cli.password", PASSWORD,
            "partner-center.sign-in-key", base64("mark-of-the-sign-in-key-01234567"),
            "alerts.webhook.secret", "whsec_" + base64("mark-of-the-signed-webhook-0123"),
            "traces.secret-header", "Authorization: Bearer mark-of-the-traces",
            "broker.url", "tcp://localhost:1?password=mark-of-the-broker-url");

    private final Map<String, String> values = new LinkedHashMap<>();

    private Marks() {}

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Setting> all() {
        return Stream.concat(Stream.of(Key.values()), Crms.SHIPPED.all().stream().flatMap(crm -> crm.keys().stream()));
    }

    /** What lets into the systems, and into a broker that is none of ours. */
    private static Stream<Setting> ofOthers() {
        return Stream.concat(Stream.of(Key.PARTNER_CENTER_CLIENT_SECRET, Key.PARTNER_CENTER_REFRESH_TOKEN,
                Key.BROKER_URL, SalesforceKey.KEYSTORE_PASSWORD),
                Crms.SHIPPED.all().stream().flatMap(crm -> crm.credentials().stream()));
    }

    /** Those that go with the sandbox; the others mean a real system. */
    static Marks withSandbox() {
        List<Setting> others = ofOthers().toList();
        Marks marks = new Marks();
        all().filter(Setting::secret).filter(key -> !others.contains(key)).forEach(marks::mark);
        return marks;
    }

    /** Those that let into the systems, whichever way is taken. */
    static Marks ofSystems() {
        Marks marks = new Marks();
        ofOthers().filter(Setting::secret).forEach(marks::mark);
        return marks;
    }

    private void mark(Setting key) {
        String word = "mark-of-" + key.text().replace('.', '-') + "-0001";
        String value = FORMS.getOrDefault(key.text(), key.text().endsWith(".url")
                ? "http://localhost:1/" + word : word);
        if (key.fault(value) != null) {
            throw new IllegalStateException("A mark for " + key.text() + " is needed: " + key.fault(value));
        }
        values.put(key.text(), value);
    }

    Map<String, String> settings() {
        return Map.copyOf(values);
    }

    /** What must turn up nowhere: each value, and what it hides in base64 or in an address. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of("mark-of-", base64("mark-of-the-sign-in-key-01234567"),
                base64("mark-of-the-signed-webhook-0123"), base64("operator:" + PASSWORD), "$pbkdf2$"));
        secrets.addAll(values.values());
        return secrets;
    }
}
