package dev.cosell.crm.dynamics;

import dev.cosell.mapping.CrmMapping;
import dev.cosell.settings.Settings;
import dev.cosell.setup.Blueprint;
import dev.cosell.setup.ChildTable;
import dev.cosell.setup.CrmNames;
import dev.cosell.setup.CrmSetUp;
import dev.cosell.setup.Field.Choice;
import dev.cosell.setup.Field;
import dev.cosell.setup.Gaps;
import dev.cosell.setup.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The set-up of a Dataverse environment: a publisher and a solution, columns, alternate keys, the table of solution
 * rows, change tracking.
 */
final class DynamicsSetup implements CrmSetUp {
    static final String SOLUTION = "solution";
    private static final int USUAL_VALUES = 72_700;
    private static final int VALUES_OF_A_PREFIX = 10_000;

    private final Dataverse dataverse;
    private final DataversePresent looks;
    private final CrmNames names;
    private final Blueprint blueprint;
    private final String solution;
    private final DataverseMetadata metadata;
    private final boolean wantsSolution;

    private DynamicsSetup(Dataverse dataverse, CrmNames names, Blueprint blueprint, String solution) {
        this.dataverse = dataverse;
        this.looks = new DataversePresent(dataverse, blueprint);
        this.names = names;
        this.blueprint = blueprint;
        this.solution = solution;
        this.metadata = new DataverseMetadata(looks.language());
        this.wantsSolution = looks.solutionId(solution) == null;
    }

    static DynamicsSetup connect(Settings settings, CrmMapping mapping, boolean leads) {
        CrmNames names = DynamicsNames.of(settings);
        Blueprint blueprint = Blueprint.of(names, mapping, leads);
        Dataverse dataverse = new Dataverse(settings);
        try {
            return new DynamicsSetup(dataverse, names, blueprint, settings.text(DynamicsKey.SETUP_SOLUTION));
        } catch (RuntimeException failed) {
            dataverse.close();
            throw failed;
        }
    }

    @Override
    public String title() {
        return "Dynamics 365 at " + dataverse.address() + ", solution " + solution + ", publisher prefix "
                + names.prefix() + "_";
    }

    @Override
    public Plan plan() {
        Gaps gaps = Gaps.between(blueprint, looks.present());
        List<String> byHand = new ArrayList<>(gaps.byHand());
        List<Step> steps = new ArrayList<>();
        if (gaps.table()) {
            ChildTable rows = blueprint.solutions();
            steps.add(inSolution(rows.name(), List.of(),
                    "Create the table " + rows.name() + " (" + ChildTable.LABEL + ") with change tracking", "POST",
                    "/EntityDefinitions", metadata.table(rows), "the table " + rows.name()));
        }
        if (gaps.lookup()) {
            ChildTable rows = blueprint.solutions();
            steps.add(inSolution(rows.relationship(), List.of(rows.name()),
                    "Create the lookup " + rows.name() + "." + rows.lookup() + ", seen from the "
                            + rows.parent() + " as " + rows.relationship(),
                    "POST", "/RelationshipDefinitions", metadata.relationship(rows),
                    "the relationship " + rows.relationship()));
        }
        gaps.fields().forEach(field -> column(field, steps, byHand));
        gaps.choices().forEach((field, missing) -> missing.forEach(choice -> steps.add(option(field, choice))));
        gaps.tracked().forEach(table -> steps.add(new Step("change tracking of " + table, List.of(),
                "Turn on change tracking of " + table, () -> track(table))));
        steps.addAll(new AlternateKeys(dataverse, looks, solution, metadata).steps(gaps, this::hasPrefix, byHand));
        if (!steps.isEmpty()) {
            steps.add(publish());
        }
        return new Plan(withSolution(steps), byHand);
    }

    /** The solution goes first, when anything is put into it. */
    private List<Step> withSolution(List<Step> steps) {
        if (!wantsSolution || steps.stream().noneMatch(step -> step.needs().contains(SOLUTION))) {
            return steps;
        }
        List<Step> all = new ArrayList<>();
        if (looks.publisherId(names.prefix()) == null) {
            all.add(new Step("publisher", List.of(),
                    "Create the publisher " + names.prefix() + " with the prefix " + names.prefix() + "_",
                    this::publisher));
        }
        all.add(new Step(SOLUTION, List.of("publisher"), "Create the solution " + solution,
                () -> dataverse.write("POST", "/solutions", null,
                        Map.of("uniquename", solution, "friendlyname", "Cosell Sync", "version", "1.0.0.0",
                                "publisherid@odata.bind",
                                "/publishers(" + looks.publisherId(names.prefix()) + ")"),
                        "the solution " + solution)));
        all.addAll(steps);
        return all;
    }

    private void publisher() {
        int values = blueprint.fields().stream().flatMap(field -> field.choices().stream())
                .mapToInt(choice -> Integer.parseInt(choice.value()) / VALUES_OF_A_PREFIX)
                .filter(prefix -> prefix >= VALUES_OF_A_PREFIX && prefix < 100_000).findFirst().orElse(USUAL_VALUES);
        dataverse.write("POST", "/publishers", null,
                Map.of("uniquename", names.prefix(), "friendlyname", "Cosell Sync", "customizationprefix",
                        names.prefix(),
                        "customizationoptionvalueprefix", values),
                "the publisher " + names.prefix());
    }

    private Step inSolution(String makes, List<String> needs, String says, String method, String path, Object body,
            String what) {
        List<String> all = new ArrayList<>(needs);
        all.add(SOLUTION);
        return new Step(makes, all, says, () -> dataverse.write(method, path, solution, body, what));
    }

    private boolean hasPrefix(Field field) {
        return field.name().startsWith(names.prefix() + "_");
    }

    private void column(Field field, List<Step> steps, List<String> byHand) {
        if (!hasPrefix(field)) {
            byHand.add("Create the column " + field.fullName() + " (" + field.kind().words()
                    + (field.length() > 0 ? ", " + field.length() + " characters" : "")
                    + ") in a solution whose publisher has its prefix"
                    + (field.key() ? ", and an alternate key on it." : "."));
            return;
        }
        steps.add(inSolution(field.fullName(), List.of(field.table()),
                "Create the column " + field.fullName() + " (" + words(field) + ")", "POST",
                table(field.table()) + "/Attributes", metadata.column(field), "the column " + field.fullName()));
    }

    private static String words(Field field) {
        return switch (field.kind()) {
            case SWITCH -> "yes/no";
            case LINK -> "URL of " + field.length();
            case LONG_TEXT -> "multiline text of " + field.length();
            case CHOICE -> "choice of " + field.choices().size();
            default -> "text of " + field.length();
        };
    }

    private Step option(Field field, Choice choice) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("EntityLogicalName", field.table());
        body.put("AttributeLogicalName", field.name());
        body.put("Value", Integer.parseInt(choice.value()));
        body.put("Label", metadata.label(choice.label()));
        return new Step(field.fullName() + " " + choice.value(), List.of(),
                "Add to the choice " + field.fullName() + ": " + choice.value() + " " + choice.label(),
                () -> dataverse.write("POST", "/InsertOptionValue", null, body,
                        "the value " + choice.value() + " of " + field.fullName()));
    }

    /** Definitions are replaced as a whole. */
    private void track(String table) {
        Map<String, Object> definition = new LinkedHashMap<>(
                dataverse.get(table(table), "the table " + table).object());
        definition.remove("@odata.context");
        definition.put("ChangeTrackingEnabled", true);
        dataverse.write("PUT", table(table), null, definition, "the table " + table);
    }

    private Step publish() {
        Set<String> tables = new LinkedHashSet<>(blueprint.tables());
        tables.add(blueprint.solutions().name());
        StringBuilder xml = new StringBuilder("<importexportxml><entities>");
        tables.forEach(table -> xml.append("<entity>").append(table).append("</entity>"));
        return new Step("publishing", List.of(), "Publish", true, () -> dataverse.write("POST", "/PublishXml", null,
                Map.of("ParameterXml", xml.append("</entities></importexportxml>").toString()), "the publishing"));
    }

    static String table(String logicalName) {
        return "/EntityDefinitions(LogicalName='" + logicalName + "')";
    }

    @Override
    public List<String> always() {
        return List.of("Put the new columns on the opportunity's form, and " + ChildTable.PLURAL + " as a sub-grid.",
                "Give the security role of the sync's application user read, create, write, delete, append and append "
                        + "to on "
                        + blueprint.solutions().name()
                        + ", and on it and on the opportunity read on the whole organisation (the level Organization),"
                        + " which change tracking needs.",
                "Give the sellers' roles the same table, so that they can enter solutions.",
                // Nothing in the metadata shows that a publishing is due, and a run with nothing to do writes nothing.
                "If a run ended before it had published, choose Publish all customizations in Power Apps.");
    }

    @Override
    public void close() {
        dataverse.close();
    }
}
