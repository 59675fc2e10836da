package dev.cosell.crm.salesforce;

import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.mapping.Years;
import dev.cosell.salesforce.PasswordLogin;
import dev.cosell.salesforce.SalesforceIds;
import dev.cosell.salesforce.SalesforceSettings;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.setup.Blueprint;
import dev.cosell.setup.CrmSetUp;
import dev.cosell.salesforce.SalesforceCause;
import dev.cosell.verbs.Cause;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Salesforce: opportunities, leads and solution rows by its REST API, and events by its streaming API. */
public final class SalesforceCrm implements CrmPlugin {
    static final String NAME = "salesforce";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Salesforce";
    }

    @Override
    public List<SalesforceKey> keys() {
        return List.of(SalesforceKey.values());
    }

    @Override
    public List<SalesforceKey> credentials() {
        return List.of(SalesforceKey.CLIENT_ID, SalesforceKey.CLIENT_SECRET, SalesforceKey.USER_NAME,
                SalesforceKey.PASSWORD,
                SalesforceKey.REFRESH_TOKEN, SalesforceKey.KEYSTORE, SalesforceKey.SETUP_CLIENT_ID,
                SalesforceKey.SETUP_CLIENT_SECRET, SalesforceKey.SETUP_REFRESH_TOKEN, SalesforceKey.SETUP_USER_NAME,
                SalesforceKey.SETUP_PASSWORD);
    }

    @Override
    public List<SalesforceKey> needed() {
        return List.of(SalesforceKey.CLIENT_ID);
    }

    @Override
    public List<String> credentialFaults(Function<Setting, String> values) {
        List<String> faults = new ArrayList<>(SignInWays.SYNC.faults(values));
        faults.addAll(SignInWays.SETUP.faultsIfWanted(values));
        return faults;
    }

    @Override
    public Optional<Setting> sandboxPort() {
        return Optional.of(SalesforceKey.SANDBOX_PORT);
    }

    @Override
    public Map<Setting, String> sandboxValues(Function<Setting, String> present) {
        return Map.of(SalesforceKey.LOGIN_URL, "http://localhost:" + present.apply(SalesforceKey.SANDBOX_PORT),
                SalesforceKey.CLIENT_ID, "sandbox", SalesforceKey.CLIENT_SECRET, "sandbox");
    }

    @Override
    public Map<Setting, String> sandboxDefaults() {
        return Map.of(SalesforceKey.POLL_INTERVAL, "5s", SalesforceKey.ORG_CALL_SHARE, "off");
    }

    @Override
    public Map<String, String> placeholders(Settings settings) {
        return Map.of(SalesforceKey.STREAMING.text() + ".enabled", String.valueOf(sendsEvents(settings)));
    }

    /** Whether Salesforce is to send events of what changes, beside the polls. */
    static boolean sendsEvents(Settings settings) {
        return settings.crms().contains(NAME) && settings.isOn(SalesforceKey.STREAMING);
    }

    /** A login names the host that the org's calls go to. */
    @Override
    public Set<String> hosts(Settings settings) {
        return Set.of("*.salesforce.com:443");
    }

    @Override
    public PartyRules partyRules(Settings settings) {
        return new PartyRules(MatchRule.parse(settings.text(SalesforceKey.ACCOUNT_MATCH)),
                MatchRule.parse(settings.text(SalesforceKey.CONTACT_MATCH)));
    }

    @Override
    public Years years() {
        return new Years(1700, 4000);
    }

    @Override
    public String organizationId(Settings settings) {
        return settings.text(SalesforceKey.ORGANIZATION_ID);
    }

    @Override
    public String readOrganizationId(String text) {
        return SalesforceIds.readOrganization(text);
    }

    @Override
    public URI address(Settings settings) {
        return URI.create(settings.text(SalesforceKey.LOGIN_URL) + "/services/data");
    }

    /** By the address of the organisation alone: the ones that all share lead nowhere without a session. */
    @Override
    public String pageOf(Settings settings, String id, boolean lead) {
        String host = settings.text(SalesforceKey.LOGIN_URL);
        return SignInWays.isOfAll(host) ? "" : host + "/" + id;
    }

    @Override
    public CrmBeans beans(Settings settings, Clock clock, Connections connections) {
        return new SalesforceBeans(settings, clock, connections);
    }

    @Override
    public CrmSetUp setUp(Settings settings, CrmMapping mapping, boolean leads) {
        return SalesforceSetup.connect(settings, Blueprint.of(SalesforceNames.of(settings), mapping, leads));
    }

    @Override
    public List<String> warnings(Settings settings, LocalDate today) {
        List<String> passwords = passwords(settings);
        return passwords.isEmpty() ? List.of()
                : List.of(PasswordLogin.end(passwords, today) + ". " + PasswordLogin.remedy(passwords));
    }

    /** Names of the settings that hold a password. */
    static List<String> passwords(Settings settings) {
        return Stream.of(SalesforceKey.PASSWORD, SalesforceKey.SETUP_PASSWORD)
                .filter(key -> !settings.text(key).isEmpty()).map(Setting::text).toList();
    }

    @Override
    public List<Cause> causes() {
        return List.of(SalesforceCause.values());
    }

    @Override
    public Optional<Trial> trial() {
        return Optional.of(new Trial("change its value in Salesforce", "-X PATCH -d '{\"Amount\":91000}'",
                "/sandbox/opportunities/latest"));
    }

    /** How the sync signs in. */
    static SalesforceSettings signIn(Settings settings) {
        return new SalesforceSettings(settings.text(SalesforceKey.LOGIN_URL),
                settings.textOrNull(SalesforceKey.CLIENT_ID),
                settings.textOrNull(SalesforceKey.CLIENT_SECRET), settings.textOrNull(SalesforceKey.USER_NAME),
                settings.textOrNull(SalesforceKey.PASSWORD), settings.textOrNull(SalesforceKey.REFRESH_TOKEN),
                settings.textOrNull(SalesforceKey.KEYSTORE), settings.textOrNull(SalesforceKey.KEYSTORE_PASSWORD),
                settings.textOrNull(SalesforceKey.JWT_AUDIENCE));
    }
}
