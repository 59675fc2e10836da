package dev.cosell.settings;

import dev.cosell.mapping.NearestWord;
import dev.cosell.text.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings the sources of settings together and refuses what cannot work, every fault at once with file and line. */
public final class SettingsReader {
    private static final List<Key> CREDENTIALS = List.of(Key.PARTNER_CENTER_CLIENT_ID, Key.PARTNER_CENTER_CLIENT_SECRET,
            Key.PARTNER_CENTER_REFRESH_TOKEN, Key.PARTNER_CENTER_TENANT);

    static final String COMMAND_LINE = "command line";

    private final List<? extends CrmSettings> known;
    /** By name, in the order in which faults are reported. */
    private final Map<String, Setting> all = new LinkedHashMap<>();
    private final Map<Setting, String> values = new HashMap<>();
    private final Map<Setting, String> places = new HashMap<>();
    private final Properties others = new Properties();
    private final List<String> faults = new ArrayList<>();
    private StrayVariables strays = new StrayVariables(Map.of(), Set.of());

    private SettingsReader(List<? extends CrmSettings> known) {
        this.known = known;
        Stream.concat(Stream.of(Key.values()), known.stream().flatMap(crm -> crm.keys().stream()))
                .forEach(key -> all.put(key.text(), key));
    }

    /**
     * @param known       every CRM there is; its settings are read whether it is synced or not
     * @param file        may be missing: every setting has a default
     * @param environment names as {@code PARTNER_CENTER_CLIENT_SECRET} for {@code partner-center.client-secret}; a name
     *     with {@code _FILE} at its end names a file that holds the value, unless it is the name of another setting;
     *     an empty file sets nothing
     * @param commandLine key to value
     * @throws SettingsFault naming every setting that cannot be used
     */
    public static Settings read(List<? extends CrmSettings> known, Path file, Map<String, String> environment,
            Map<String, String> commandLine) {
        SettingsReader reader = new SettingsReader(known);
        reader.readFile(file);
        reader.readEnvironment(environment);
        commandLine.forEach((key, value) -> reader.put(key, value, COMMAND_LINE));
        return reader.finish();
    }

    private void readFile(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        String text;
        try {
            text = TextFile.read(file);
            properties.load(new StringReader(text));
        } catch (TextFile.NotUtf8 otherEncoding) {
            throw new SettingsFault(List.of(file.getFileName() + " " + otherEncoding.getMessage()));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingsFault(List.of(file.getFileName() + " cannot be read: " + unreadable.getMessage()));
        }
        Map<String, Integer> lines = lines(text);
        properties.forEach((key, value) -> put(key.toString(), value.toString(),
                file.getFileName() + " line " + lines.getOrDefault(key.toString(), 0)));
    }

    private static Map<String, Integer> lines(String text) {
        Map<String, Integer> lines = new HashMap<>();
        List<String> all = text.lines().toList();
        for (int i = 0; i < all.size(); i++) {
            lines.put(all.get(i).split("[=:]", 2)[0].strip(), i + 1);
        }
        return lines;
    }

    private void readEnvironment(Map<String, String> environment) {
        strays = StrayVariables.in(environment, all.values(), known);
        Set<String> variables = all.values().stream().map(Setting::variable).collect(Collectors.toSet());
        for (Setting key : all.values()) {
            String name = key.variable();
            String file = name + StrayVariables.FILE;
            if (environment.containsKey(name)) {
                put(key.text(), environment.get(name), "environment variable " + name);
            } else if (environment.containsKey(file) && !variables.contains(file)) {
                String content = contents(environment.get(file), file);
                // Where a deployment passes every secret on, what is not used is an empty file.
                if (!content.isBlank()) {
                    put(key.text(), content, "file of " + file);
                }
            }
        }
    }

    private String contents(String path, String name) {
        try {
            return TextFile.read(Path.of(path));
        } catch (TextFile.NotUtf8 otherEncoding) {
            faults.add("environment variable " + name + " names a file that " + otherEncoding.getMessage() + ": "
                    + path);
            return "";
        } catch (IOException unreadable) {
            faults.add("environment variable " + name + " names a file that cannot be read: " + path);
            return "";
        }
    }

    /** A blank or the end of a line around a value is never meant; a secret with one would be refused. */
    private void put(String text, String given, String place) {
        String value = given.strip();
        if (text.startsWith("camel.")) {
            others.setProperty(text, value);
            return;
        }
        Setting key = all.get(text);
        if (key == null) {
            String nearest = NearestWord.nearest(text, List.copyOf(all.keySet()));
            faults.add(place + ": there is no setting \"" + text + "\"; "
                    + (nearest == null ? "application.properties lists them all"
                            : "did you mean \"" + nearest + "\"?"));
            return;
        }
        if (Unread.isIn(value, place)) {
            faults.add(place + ": " + key.text() + Unread.REMEDY);
        }
        values.put(key, value);
        places.put(key, place);
    }

    private Settings finish() {
        boolean credentials = Stream
                .concat(CREDENTIALS.stream(), known.stream().flatMap(crm -> crm.credentials().stream()))
                .anyMatch(key -> !values.getOrDefault(key, "").isEmpty());
        String wanted = values.getOrDefault(Key.SANDBOX, Key.SANDBOX.byDefault());
        boolean sandbox = "external".equals(wanted) || "auto".equals(wanted) && !credentials;
        if ("external".equals(wanted) && credentials) {
            faults.add(places.get(Key.SANDBOX)
                    + ": sandbox = external does not go with real credentials; remove one of them");
        }
        if (sandbox) {
            values.putAll(SandboxValues.instead(known, this::effective, Set.copyOf(values.keySet())));
        }
        values.putIfAbsent(Key.CRMS, String.join(", ", names()));
        all.values().forEach(key -> values.putIfAbsent(key, key.byDefault()));
        for (Key key : new Key[] {Key.STATE_URL, Key.PARTNER_CENTER_SIGN_IN_FILE, Key.WEBHOOK_SIGN_IN_FILE}) {
            values.put(key, values.get(key).replace("{data.directory}", absolute(values.get(Key.DATA_DIRECTORY))));
        }
        check();
        // With a word for the sandbox that nobody knows, credentials may not be wanted at all.
        if (!sandbox && Key.SANDBOX.fault(wanted) == null) {
            checkCredentials();
        }
        Set<String> unknownVariables = strays();
        if (!faults.isEmpty()) {
            throw new SettingsFault(faults);
        }
        return new Settings(known, values, others, sandbox, unknownVariables);
    }

    /**
     * Variables that are told only. A mistyped one is a fault where something is missing for it: not when the setting
     * that was meant has a value all the same, and of the credentials only when some are wanting.
     */
    private Set<String> strays() {
        Set<Setting> credentials = Stream
                .concat(CREDENTIALS.stream(), known.stream().flatMap(crm -> crm.credentials().stream()))
                .collect(Collectors.toSet());
        boolean wanting = !faults.isEmpty();
        Set<String> told = new TreeSet<>(strays.unknown());
        strays.mistyped().forEach((name, meant) -> {
            Setting key = setting(meant);
            if (places.containsKey(key) || credentials.contains(key) && !wanting) {
                told.add(name);
            } else {
                faults.add(StrayVariables.fault(name, meant));
            }
        });
        return told;
    }

    /** @param variable of a setting, or of the file that holds its value */
    private Setting setting(String variable) {
        return all.values().stream().filter(key -> key.variable().equals(variable)).findFirst()
                .orElseGet(() -> all.values().stream()
                        .filter(key -> variable.equals(key.variable() + StrayVariables.FILE)).findFirst()
                        .orElseThrow());
    }

    private List<String> names() {
        return known.stream().map(CrmSettings::name).toList();
    }

    private String effective(Setting key) {
        return values.getOrDefault(key, key.byDefault());
    }

    private static String absolute(String directory) {
        return Path.of(directory).toAbsolutePath().normalize().toString();
    }

    private void check() {
        all.values().forEach(key -> {
            String value = values.get(key);
            String fault = key.fault(value);
            if (fault != null) {
                faults.add(places.getOrDefault(key, "default") + ": " + key.text() + " = "
                        + (key.secret() ? "(secret)" : withoutPathSecret(value)) + " " + withoutPathSecret(fault));
            }
        });
        if (values.get(Key.WEBHOOK_PUBLIC_URL).contains(Settings.PATH_SECRET_MARK)
                && values.get(Key.WEBHOOK_PATH_SECRET).isEmpty()) {
            faults.add(places.getOrDefault(Key.WEBHOOK_PUBLIC_URL, "default") + ": webhook.public-url holds "
                    + Settings.PATH_SECRET_MARK
                    + " but webhook.path-secret is not set");
        }
        checkNeeds();
        checkRegistration();
        List<String> crms = Arrays.stream(values.get(Key.CRMS).split(",", -1)).map(String::strip).toList();
        if (crms.stream().distinct().count() != crms.size() || !names().containsAll(crms)) {
            faults.add(places.getOrDefault(Key.CRMS, "default") + ": crms = " + values.get(Key.CRMS)
                    + " must name " + String.join(", ", names()) + " or "
                    + (known.size() == 2 ? "both" : "several of them") + ", separated by a comma");
        }
    }

    /** An address may hold it in letters, where its mark should stand. */
    private String withoutPathSecret(String text) {
        String secret = values.get(Key.WEBHOOK_PATH_SECRET);
        return secret.isEmpty() ? text : text.replace(secret, "***");
    }

    /** A part that is of no use without others. */
    private void checkNeeds() {
        Map.of(Key.MANAGEMENT_SIGN_IN_ISSUER, List.of(Key.MANAGEMENT_SIGN_IN_CLIENT_ID,
                Key.MANAGEMENT_SIGN_IN_CLIENT_SECRET, Key.MANAGEMENT_PUBLIC_URL),
                Key.MANAGEMENT_SIGN_IN_CLIENT_ID, List.of(Key.MANAGEMENT_SIGN_IN_ISSUER),
                Key.ALERTS_WEBHOOK_URL, List.of(Key.ALERTS_WEBHOOK_SECRET), Key.ALERTS_MAIL_TO,
                List.of(Key.ALERTS_MAIL_HOST, Key.ALERTS_MAIL_FROM))
                .forEach((part, needs) -> needs.stream().filter(need -> !values.get(part).isEmpty()
                && values.get(need).isEmpty())
                        .forEach(need -> faults.add(places.getOrDefault(part, "default") + ": " + part.text()
                        + " needs " + need.text())));
    }

    /** Without any, each deal that is won would be given up for good as one without an incentive. */
    private void checkRegistration() {
        if ("on".equals(values.get(Key.PARTNER_CENTER_REGISTRATION))
                && values.get(Key.PARTNER_CENTER_REGISTRATION_SOLUTIONS).replace(",", "").isBlank()) {
            faults.add(places.getOrDefault(Key.PARTNER_CENTER_REGISTRATION, "default")
                    + ": partner-center.deal-registration = on needs partner-center.deal-registration.solutions, the "
                    + "ids of the solutions with an incentive");
        }
    }

    private void checkCredentials() {
        if (values.get(Key.WEBHOOK_SIGN_IN).equals("app") && values.get(Key.PARTNER_CENTER_CLIENT_SECRET).isEmpty()) {
            faults.add(places.getOrDefault(Key.WEBHOOK_SIGN_IN, "default")
                    + ": webhook.sign-in = app needs partner-center.client-secret, because an app signs in with its "
                    + "secret");
        }
        List<String> named = Arrays.stream(values.get(Key.CRMS).split(",")).map(String::strip).toList();
        List<? extends CrmSettings> synced = known.stream().filter(crm -> named.contains(crm.name())).toList();
        faults.addAll(Credentials.faults(synced, places.containsKey(Key.CRMS), values::get));
    }
}
