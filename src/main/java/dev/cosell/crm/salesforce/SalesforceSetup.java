package dev.cosell.crm.salesforce;

import dev.cosell.crm.salesforce.SalesforcePermissions.FieldRights;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.salesforce.SalesforceSettings;
import dev.cosell.settings.Settings;
import dev.cosell.setup.Blueprint.Unknown;
import dev.cosell.setup.Blueprint;
import dev.cosell.setup.ChildTable;
import dev.cosell.setup.CrmSetUp;
import dev.cosell.setup.Field.Choice;
import dev.cosell.setup.Field;
import dev.cosell.setup.Gaps;
import dev.cosell.setup.Present.KeyState;
import dev.cosell.setup.Present;
import dev.cosell.setup.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The set-up of a Salesforce org: fields, the object of solution rows, and a permission set for the integration user.
 */
final class SalesforceSetup implements CrmSetUp {
    private static final Pattern OF_A_PACKAGE = Pattern.compile("[A-Za-z]\\w*?__\\w+__c");
    private static final String INTEGRATION = "salesforce.";
    private static final String TOOLING = "tooling/query";
    private static final String FIELDS = "/tooling/sobjects/CustomField/";

    private final SalesforceOrg org;
    private final Blueprint blueprint;
    private final SalesforcePermissions permissions;
    private final boolean events;
    /** Tooling ids of the wanted fields that are there, by {@link Field#id()}. */
    private final Map<String, String> ids = new HashMap<>();
    /** For the fields that are there and that the set-up does not make. */
    private final List<FieldRights> own = new ArrayList<>();

    private SalesforceSetup(SalesforceOrg org, Blueprint blueprint, SalesforcePermissions permissions, boolean events) {
        this.org = org;
        this.blueprint = blueprint;
        this.permissions = permissions;
        this.events = events;
    }

    /** Signs in as the administrator, and once more as the integration user when that is somebody else. */
    static SalesforceSetup connect(Settings settings, Blueprint blueprint) {
        SalesforceSettings integration = SalesforceCrm.signIn(settings);
        OutgoingHosts hosts = new OutgoingHosts(settings.hosts());
        boolean administrator = !settings.text(SalesforceKey.SETUP_CLIENT_ID).isEmpty();
        SalesforceOrg org = administrator ? SalesforceOrg.signIn(administrator(settings), "setup.salesforce.", hosts)
                : SalesforceOrg.signIn(integration, INTEGRATION, hosts);
        try {
            String user = org.userId();
            if (administrator) {
                try (SalesforceOrg other = SalesforceOrg.signIn(integration, INTEGRATION, hosts)) {
                    user = other.userId();
                }
            }
            return new SalesforceSetup(org, blueprint,
                    new SalesforcePermissions(org, settings.text(SalesforceKey.SETUP_PERMISSION_SET), user),
                    SalesforceCrm.sendsEvents(settings));
        } catch (RuntimeException failed) {
            org.close();
            throw failed;
        }
    }

    private static SalesforceSettings administrator(Settings settings) {
        return new SalesforceSettings(settings.text(SalesforceKey.LOGIN_URL),
                settings.textOrNull(SalesforceKey.SETUP_CLIENT_ID),
                settings.textOrNull(SalesforceKey.SETUP_CLIENT_SECRET),
                settings.textOrNull(SalesforceKey.SETUP_USER_NAME),
                settings.textOrNull(SalesforceKey.SETUP_PASSWORD),
                settings.textOrNull(SalesforceKey.SETUP_REFRESH_TOKEN), null, null, null);
    }

    @Override
    public String title() {
        return "Salesforce at " + org.address() + ", permission set " + permissions.name()
                + " for the integration user " + permissions.userName();
    }

    @Override
    public Plan plan() {
        Present there = new Present();
        Set<String> tables = new LinkedHashSet<>(blueprint.tables());
        blueprint.tables().forEach(there::tracked);
        there.tracked(blueprint.solutions().name());
        blueprint.unknown().forEach(unknown -> tables.add(unknown.table()));
        tables.forEach(table -> look(table, table, there));
        String object = objectId(blueprint.solutions().name());
        if (object != null) {
            look(blueprint.solutions().name(), object, there);
            there.solutions(ids.containsKey(Field.id(blueprint.solutions().name(), blueprint.solutions().lookup())));
        }
        Gaps gaps = Gaps.between(blueprint, there);
        List<String> byHand = new ArrayList<>(gaps.byHand());
        List<Step> steps = steps(gaps, byHand);
        steps.addAll(permissions.steps(blueprint, gaps, own));
        if (blueprint.unknown().stream().anyMatch(field -> !ids.containsKey(Field.id(field.table(), field.name())))) {
            byHand.add("When you have created a field by hand, run this command again: it lets the integration user"
                    + " see it.");
        }
        byHand.addAll(stages());
        return new Plan(steps, byHand);
    }

    /** Fields by the Tooling API, because describe hides those that nobody has been allowed to see. */
    private void look(String table, String tableId, Present there) {
        Map<String, String> known = new HashMap<>();
        for (Map<String, Object> row : org.rows(TOOLING,
                "SELECT Id, DeveloperName, NamespacePrefix FROM CustomField WHERE TableEnumOrId = '" + tableId + "'")) {
            String prefix = row.get("NamespacePrefix") == null ? "" : row.get("NamespacePrefix") + "__";
            known.put(Field.id(table, prefix + row.get("DeveloperName") + "__c"), row.get("Id").toString());
        }
        List<String> wanted = new ArrayList<>(
                blueprint.fields().stream().filter(field -> field.table().equals(table)).map(Field::name).toList());
        Map<String, Unknown> unknown = new HashMap<>();
        blueprint.unknown().stream().filter(field -> field.table().equals(table))
                .forEach(field -> unknown.put(field.name(), field));
        wanted.addAll(unknown.keySet());
        if (table.equals(blueprint.solutions().name())) {
            wanted.add(blueprint.solutions().idField().name());
            wanted.add(blueprint.solutions().lookup());
        }
        for (String name : wanted) {
            String id = known.get(Field.id(table, name));
            if (id != null) {
                ids.put(Field.id(table, name), id);
                Map<?, ?> metadata = metadata(id, table + "." + name);
                there.field(table, name, SalesforceMetadata.found(metadata));
                there.key(table, name, SalesforceMetadata.isKey(metadata) ? KeyState.ACTIVE : KeyState.NONE);
                if (unknown.containsKey(name) && !SalesforceMetadata.isSeenByAll(metadata)) {
                    own.add(new FieldRights(unknown.get(name),
                            unknown.get(name).written() && !SalesforceMetadata.isComputed(metadata)));
                }
            }
        }
    }

    private Map<?, ?> metadata(String id, String what) {
        return (Map<?, ?>) ((Map<?, ?>) org.call("GET", FIELDS + id, null, "the field " + what)).get("Metadata");
    }

    /** Null when there is none. */
    private String objectId(String name) {
        return org
                .rows(TOOLING,
                        "SELECT Id, NamespacePrefix FROM CustomObject WHERE DeveloperName = '"
                                + name.replaceAll("^.*?__(?=.*__c$)|__c$", "") + "'")
                .stream().map(row -> row.get("Id").toString()).findFirst().orElse(null);
    }

    private List<Step> steps(Gaps gaps, List<String> byHand) {
        List<Step> steps = new ArrayList<>();
        ChildTable rows = blueprint.solutions();
        if (gaps.table()) {
            steps.add(
                    new Step(rows.name(), List.of(), "Create the object " + rows.name() + " (" + ChildTable.LABEL + ")",
                            () -> org.createMetadata("CustomObject", SalesforceMetadata.object(rows),
                                    "the object " + rows.name())));
        }
        if (gaps.lookup()) {
            String lookup = rows.name() + "." + rows.lookup();
            steps.add(new Step(lookup, List.of(rows.name()),
                    "Create the lookup " + lookup + ", seen from the " + rows.parent() + " as " + rows.relationship(),
                    () -> create(lookup, SalesforceMetadata.lookup(rows))));
        }
        for (Field field : gaps.fields()) {
            if (isOfAPackage(field)) {
                byHand.add("Install the package that brings the field " + field.fullName()
                        + ": fields with a namespace cannot be created.");
                continue;
            }
            steps.add(new Step(field.fullName(), List.of(field.table()),
                    "Create the field " + field.fullName() + " (" + words(field) + ")",
                    () -> create(field.fullName(), SalesforceMetadata.of(field))));
        }
        gaps.choices().forEach((field, missing) -> steps.add(new Step(field.fullName() + " values", List.of(),
                "Add to the picklist " + field.fullName() + ": "
                        + String.join(", ", missing.stream().map(Choice::label).toList()),
                () -> change(field,
                        SalesforceMetadata.withChoices(metadata(ids.get(field.id()), field.fullName()), missing)))));
        gaps.keys().stream().filter(field -> !gaps.fields().contains(field)).forEach(field -> steps.add(new Step(
                field.fullName() + " key", List.of(),
                "Make " + field.fullName() + " a unique external id", () -> change(field,
                        SalesforceMetadata
                                .asKey(SalesforceMetadata.copy(metadata(ids.get(field.id()), field.fullName())))))));
        return steps;
    }

    static boolean isOfAPackage(Field field) {
        return OF_A_PACKAGE.matcher(field.name()).matches();
    }

    private static String words(Field field) {
        return switch (field.kind()) {
            case SWITCH -> "checkbox";
            case LINK -> "URL";
            case LONG_TEXT -> "long text area of " + field.length();
            case CHOICE -> "picklist with " + field.choices().size() + " values";
            default -> "text of " + field.length() + (field.key() ? ", unique external id" : "");
        };
    }

    private void create(String fullName, Map<String, Object> metadata) {
        org.call("POST", FIELDS, Map.of("FullName", fullName, "Metadata", metadata), "the field " + fullName);
    }

    private void change(Field field, Map<String, Object> metadata) {
        org.call("PATCH", FIELDS + ids.get(field.id()), Map.of("Metadata", metadata), "the field " + field.fullName());
    }

    /** A stage has a place in the sales processes and a forecast category, which a person has to choose. */
    private List<String> stages() {
        Set<String> known = new LinkedHashSet<>();
        org.rows("query", "SELECT ApiName FROM OpportunityStage WHERE IsActive = true")
                .forEach(row -> known.add(String.valueOf(row.get("ApiName"))));
        return blueprint.stages().stream().filter(stage -> !known.contains(stage)).map(stage -> "Add the stage \""
                + stage
                + "\" to the opportunity's stages and to your sales processes, or write one of yours into the value "
                + "map of the mapping. Until then a deal that"
                + " needs it is parked, and ./cosell check names it as a fault; all others are synced.").toList();
    }

    @Override
    public List<String> always() {
        List<String> always = new ArrayList<>(List.of(
                "Put the new fields on the page layouts of the opportunity, and " + ChildTable.PLURAL
                        + " as a related list.",
                "Let sellers see the fields, and edit the sync switch, the question of help, the visibility and the "
                        + "solutions: by their profile or a permission"
                        + " set of theirs.",
                "Make sure that the integration user sees every opportunity to be synced (sharing, or View All on the "
                        + "opportunity).",
                "If your org has one currency only, name it in the setting salesforce.currency."));
        if (events) {
            always.add(
                    "In Setup, Change Data Capture, select Opportunity, so that Salesforce sends the events that "
                            + "salesforce.streaming waits for.");
        }
        return always;
    }

    @Override
    public void close() {
        org.close();
    }
}
