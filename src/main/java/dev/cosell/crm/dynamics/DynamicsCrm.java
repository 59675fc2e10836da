package dev.cosell.crm.dynamics;

import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.dynamics.EnvironmentName;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.mapping.Years;
import dev.cosell.operations.SecretEnd;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.setup.CrmSetUp;
import dev.cosell.dynamics.DynamicsCause;
import dev.cosell.text.Guids;
import dev.cosell.verbs.Cause;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Dynamics 365 Sales: opportunities, leads and solution rows by the Web API of Dataverse. */
public final class DynamicsCrm implements CrmPlugin {
    static final String NAME = "dynamics";
    static final String API = "/api/data/v9.2";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Dynamics 365";
    }

    @Override
    public List<DynamicsKey> keys() {
        return List.of(DynamicsKey.values());
    }

    @Override
    public List<DynamicsKey> credentials() {
        return List.of(DynamicsKey.TENANT, DynamicsKey.CLIENT_ID, DynamicsKey.CLIENT_SECRET, DynamicsKey.URL,
                DynamicsKey.SETUP_CLIENT_ID, DynamicsKey.SETUP_CLIENT_SECRET);
    }

    @Override
    public List<DynamicsKey> needed() {
        return List.of(DynamicsKey.URL, DynamicsKey.TENANT, DynamicsKey.CLIENT_ID, DynamicsKey.CLIENT_SECRET);
    }

    /** With one of them alone the set-up would sign in as the user of the sync, or not at all. */
    @Override
    public List<String> credentialFaults(Function<Setting, String> values) {
        List<DynamicsKey> both = List.of(DynamicsKey.SETUP_CLIENT_ID, DynamicsKey.SETUP_CLIENT_SECRET);
        List<DynamicsKey> set = both.stream().filter(key -> !values.apply(key).isEmpty()).toList();
        return set.size() != 1 ? List.of()
                : List.of(set.get(0).text() + " is set but " + both.get(1 - both.indexOf(set.get(0))).text()
                        + " is not; set both or none");
    }

    @Override
    public Optional<Setting> sandboxPort() {
        return Optional.of(DynamicsKey.SANDBOX_PORT);
    }

    /** The stand-in of Entra is one server with Partner Center's. */
    @Override
    public Map<Setting, String> sandboxValues(Function<Setting, String> present) {
        Map<Setting, String> values = new HashMap<>();
        values.put(DynamicsKey.URL, "http://localhost:" + present.apply(DynamicsKey.SANDBOX_PORT));
        values.put(DynamicsKey.LOGIN_URL, "http://localhost:" + present.apply(Key.SANDBOX_PARTNER_CENTER_PORT));
        List.of(DynamicsKey.TENANT, DynamicsKey.CLIENT_ID, DynamicsKey.CLIENT_SECRET)
                .forEach(key -> values.put(key, "sandbox"));
        return values;
    }

    @Override
    public Map<Setting, String> sandboxDefaults() {
        return Map.of(DynamicsKey.POLL_INTERVAL, "5s");
    }

    @Override
    public Set<String> hosts(Settings settings) {
        String url = settings.text(DynamicsKey.URL);
        return url.isEmpty() ? Set.of() : EnvironmentName.all(OutgoingHosts.of(URI.create(url)));
    }

    @Override
    public PartyRules partyRules(Settings settings) {
        return new PartyRules(MatchRule.parse(settings.text(DynamicsKey.ACCOUNT_MATCH)),
                MatchRule.parse(settings.text(DynamicsKey.CONTACT_MATCH)));
    }

    @Override
    public Years years() {
        return new Years(1753, 9999);
    }

    @Override
    public String organizationId(Settings settings) {
        return settings.text(DynamicsKey.ORGANIZATION_ID);
    }

    @Override
    public String readOrganizationId(String text) {
        return Guids.read(text);
    }

    @Override
    public URI address(Settings settings) {
        return URI.create(settings.text(DynamicsKey.URL) + API + "/");
    }

    @Override
    public String oneName(String address) {
        return EnvironmentName.plainAddress(address);
    }

    /** What a token is asked for. */
    static String scope(Settings settings) {
        return EnvironmentName.plainAddress(settings.text(DynamicsKey.URL)) + "/.default";
    }

    @Override
    public String pageOf(Settings settings, String id, boolean lead) {
        return EnvironmentName.plainAddress(settings.text(DynamicsKey.URL)) + "/main.aspx?pagetype=entityrecord&etn="
                + (lead ? "lead" : "opportunity") + "&id=" + id;
    }

    @Override
    public CrmBeans beans(Settings settings, Clock clock, Connections connections) {
        return new DynamicsBeans(settings, clock, connections);
    }

    @Override
    public CrmSetUp setUp(Settings settings, CrmMapping mapping, boolean leads) {
        return DynamicsSetup.connect(settings, mapping, leads);
    }

    @Override
    public List<String> warnings(Settings settings, LocalDate today) {
        return SecretEnd.of(NAME, settings.text(DynamicsKey.CLIENT_SECRET_EXPIRES)).flatMap(end -> end.warning(today))
                .stream().toList();
    }

    @Override
    public List<Cause> causes() {
        return List.of(DynamicsCause.values());
    }

    @Override
    public Optional<Trial> trial() {
        return Optional
                .of(new Trial("close it in Dynamics 365 as won", "-X POST", "/sandbox/opportunities/latest/win"));
    }
}
