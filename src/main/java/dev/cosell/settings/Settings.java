package dev.cosell.settings;

import dev.cosell.http.OutgoingHosts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All settings as they are in force: command line before environment before {@code application.properties} before
 * default. Made once at start, checked as a whole, immutable.
 */
public final class Settings {
    /** The setting that turns a channel of alerts on. */
    private static final Map<String, Key> CHANNELS = Map.of("mail", Key.ALERTS_MAIL_TO, "teams", Key.ALERTS_TEAMS_URL,
            "slack", Key.ALERTS_SLACK_URL,
            "webhook", Key.ALERTS_WEBHOOK_URL);

    /** Stands in {@code webhook.public-url} for {@code webhook.path-secret}. */
    static final String PATH_SECRET_MARK = "{path-secret}";

    private final List<? extends CrmSettings> known;
    private final Map<Setting, String> values;
    private final Properties others;
    private final boolean sandbox;
    private final Set<String> unknownVariables;

    /** @param known every CRM there is, whether it is synced or not */
    Settings(List<? extends CrmSettings> known, Map<Setting, String> values, Properties others, boolean sandbox,
            Set<String> unknownVariables) {
        this.known = List.copyOf(known);
        this.values = Map.copyOf(values);
        this.others = others;
        this.sandbox = sandbox;
        this.unknownVariables = new TreeSet<>(unknownVariables);
    }

    /** Names of environment variables that look like settings and are none. */
    public Set<String> unknownVariables() {
        return unknownVariables;
    }

    /** Whether the systems are the sandbox's stand-ins, in this process or beside it. */
    public boolean sandbox() {
        return sandbox;
    }

    /** Whether this process has to start the stand-in servers itself. */
    public boolean startsSandbox() {
        return sandbox && "auto".equals(values.get(Key.SANDBOX));
    }

    public String text(Setting key) {
        return values.get(key);
    }

    /** The value, or null where it is empty. */
    public String textOrNull(Setting key) {
        return values.get(key).isEmpty() ? null : values.get(key);
    }

    /** Whether a switch that is turned {@code on} and {@code off} is on. */
    public boolean isOn(Setting key) {
        return "on".equals(values.get(key));
    }

    public boolean flag(Setting key) {
        return Boolean.parseBoolean(values.get(key));
    }

    /** Where Partner Center is told to deliver, with the secret filled in; empty when nothing is registered. */
    public String webhookAddress() {
        return values.get(Key.WEBHOOK_PUBLIC_URL).replace(PATH_SECRET_MARK, values.get(Key.WEBHOOK_PATH_SECRET));
    }

    public int number(Setting key) {
        return Integer.parseInt(values.get(key));
    }

    /** A share in percent; 0 where the setting says off. */
    public int percent(Setting key) {
        String value = values.get(key);
        return "off".equals(value) ? 0 : Integer.parseInt(value.substring(0, value.length() - 1));
    }

    public Duration duration(Setting key) {
        return Form.asDuration(values.get(key));
    }

    /** A time, or zero where the setting says 0. */
    public Duration durationOrZero(Setting key) {
        return "0".equals(values.get(key)) ? Duration.ZERO : duration(key);
    }

    /** The time in {@code after 15m}: zero for {@code immediately}, null for {@code after approval}. */
    public Duration hold(Setting key) {
        return Form.asHold(values.get(key));
    }

    public Path path(Setting key) {
        return Path.of(values.get(key));
    }

    /** The parts of a comma-separated value, trimmed, without empty ones. */
    public List<String> list(Setting key) {
        return Arrays.stream(values.get(key).split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** The origins of such a value, as addresses begin with them: in small letters, without the usual port. */
    public Set<String> origins(Setting key) {
        return list(key).stream().map(origin -> origin.toLowerCase(Locale.ROOT)
                .replaceFirst("^(https://[^:]+):443$|^(http://[^:]+):80$", "$1$2")).collect(Collectors.toSet());
    }

    /** Enabled CRMs in the order of the setting; the first one's ids are written to Partner Center. */
    public List<String> crms() {
        return list(Key.CRMS);
    }

    /**
     * Every host that is called over HTTP, as {@code host:port}; {@code *.example.com:443} stands for all below that
     * domain. Certificates of notifications have lists of their own.
     */
    public Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        values.entrySet().stream().filter(each -> each.getKey().isAddress() && !each.getValue().isEmpty())
                .map(each -> OutgoingHosts.of(URI.create(each.getValue()))).forEach(hosts::add);
        list(Key.OUTGOING_HOSTS).stream().map(host -> host.toLowerCase(Locale.ROOT))
                .map(host -> host.contains(":") ? host : host + ":443").forEach(hosts::add);
        known.forEach(crm -> hosts.addAll(crm.hosts(this)));
        return hosts;
    }

    /** The ports of the CRMs' stand-in servers, by CRM, enabled or not. */
    public Map<String, Integer> sandboxPorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        known.forEach(crm -> crm.sandboxPort().ifPresent(port -> ports.put(crm.name(), number(port))));
        return ports;
    }

    /** The CRMs that are known and not enabled. */
    public List<String> disabledCrms() {
        return known.stream().map(CrmSettings::name).filter(crm -> !crms().contains(crm)).toList();
    }

    /** All of them as strangers may see them, by name; of Camel's own settings the names. */
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((key, value) -> shown.put(key.text(), key.shown(value)));
        others.stringPropertyNames().forEach(name -> shown.put(name, "(set)"));
        shown.put(Key.CRMS.text(), String.join(", ", crms()));
        return shown;
    }

    /**
     * What routes may use as placeholders: every setting that is no secret, times also in milliseconds under
     * {@code <key>-millis}, for each channel of alerts {@code alerts.<channel>.enabled}, for each CRM
     * {@code <crm>.enabled} and what it adds, and Camel's own settings from the file as they stand there.
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
        CHANNELS.forEach((channel, key) -> all.setProperty("alerts." + channel + ".enabled",
                String.valueOf(!values.get(key).isEmpty())));
        known.forEach(crm -> {
            all.setProperty(crm.name() + ".enabled", String.valueOf(crms().contains(crm.name())));
            all.putAll(crm.placeholders(this));
        });
        return all;
    }
}
