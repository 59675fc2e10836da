package dev.cosell.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * All settings as they are in force: command line before environment before {@code application.properties} before default.
 * Made once at start, checked as a whole, immutable.
 */
public final class Settings {
    /** The CRMs there are routes for. */
    public static final List<String> CRMS = List.of("salesforce", "dynamics");

    /** Stands in {@code webhook.public-url} for {@code webhook.path-secret}. */
    static final String PATH_SECRET_MARK = "{path-secret}";

    private final Map<Key, String> values;
    private final Properties others;
    private final boolean sandbox;

    Settings(Map<Key, String> values, Properties others, boolean sandbox) {
        this.values = new EnumMap<>(values);
        this.others = others;
        this.sandbox = sandbox;
    }

    /** Whether the systems are the sandbox's stand-ins, in this process or beside it. */
    public boolean sandbox() {
        return sandbox;
    }

    /** Whether this process has to start the stand-in servers itself. */
    public boolean startsSandbox() {
        return sandbox && "auto".equals(values.get(Key.SANDBOX));
    }

    public String text(Key key) {
        return values.get(key);
    }

    public boolean flag(Key key) {
        return Boolean.parseBoolean(values.get(key));
    }

    /** Where Partner Center is told to deliver, with the secret filled in; empty when nothing is registered. */
    public String webhookAddress() {
        return values.get(Key.WEBHOOK_PUBLIC_URL).replace(PATH_SECRET_MARK, values.get(Key.WEBHOOK_PATH_SECRET));
    }

    public int number(Key key) {
        return Integer.parseInt(values.get(key));
    }

    /** A share in percent; 0 where the setting says off. */
    public int percent(Key key) {
        String value = values.get(key);
        return "off".equals(value) ? 0 : Integer.parseInt(value.substring(0, value.length() - 1));
    }

    public Duration duration(Key key) {
        return Form.asDuration(values.get(key));
    }

    /** A time, or zero where the setting says 0. */
    public Duration durationOrZero(Key key) {
        return "0".equals(values.get(key)) ? Duration.ZERO : duration(key);
    }

    /** The time in {@code after 15m}: zero for {@code immediately}, null for {@code after approval}. */
    public Duration hold(Key key) {
        return Form.asHold(values.get(key));
    }

    public Path path(Key key) {
        return Path.of(values.get(key));
    }

    /** The parts of a comma-separated value, trimmed, without empty ones. */
    public List<String> list(Key key) {
        return Arrays.stream(values.get(key).split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** Enabled CRMs in the order of the setting; the first one's ids are written to Partner Center. */
    public List<String> crms() {
        return list(Key.CRMS);
    }

    /** Names of the settings that hold a password for Salesforce; empty where Salesforce is not synced. */
    public List<String> salesforcePasswords() {
        return !crms().contains("salesforce") ? List.of() : Stream.of(Key.SALESFORCE_PASSWORD, Key.SETUP_SALESFORCE_PASSWORD)
                .filter(key -> !values.get(key).isEmpty()).map(Key::text).toList();
    }

    /** Whether Salesforce is to send events of what changes, beside the polls. */
    public boolean salesforceEvents() {
        return crms().contains("salesforce") && "on".equals(values.get(Key.SALESFORCE_STREAMING));
    }

    /**
     * What routes may use as placeholders: every setting that is no secret, times also in milliseconds under
     * {@code <key>-millis}, for each CRM {@code <crm>.enabled}, {@code salesforce.streaming.enabled}, and Camel's own settings from the file as they stand there.
     */
    public Properties placeholders() {
        Properties all = new Properties();
        all.putAll(others);
        values.forEach((key, value) -> {
            if (!key.secret()) {
                all.setProperty(key.text(), value);
            }
            if (key.isDuration()) {
                all.setProperty(key.text() + "-millis", String.valueOf(Form.asDuration(value).toMillis()));
            }
        });
        CRMS.forEach(crm -> all.setProperty(crm + ".enabled", String.valueOf(crms().contains(crm))));
        all.setProperty(Key.SALESFORCE_STREAMING.text() + ".enabled", String.valueOf(salesforceEvents()));
        return all;
    }
}
