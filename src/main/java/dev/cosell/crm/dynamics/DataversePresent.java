package dev.cosell.crm.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.setup.Blueprint;
import dev.cosell.setup.ChildTable;
import dev.cosell.setup.Field;
import dev.cosell.setup.Present.Found;
import dev.cosell.setup.Present.KeyState;
import dev.cosell.setup.Present;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads from the metadata of an environment what of a blueprint is there. */
final class DataversePresent {
    private static final String CASTS = "/Attributes/Microsoft.Dynamics.CRM.";
    private static final int ENGLISH = 1033;

    private final Dataverse dataverse;
    private final Blueprint blueprint;

    DataversePresent(Dataverse dataverse, Blueprint blueprint) {
        this.dataverse = dataverse;
        this.blueprint = blueprint;
    }

    /** The environment's base language, which labels have to be in. */
    int language() {
        return dataverse.get("/organizations?$select=languagecode", "the organisation").list("value").stream()
                .map(row -> row.get("languagecode")).filter(Number.class::isInstance)
                .map(code -> ((Number) code).intValue()).findFirst().orElse(ENGLISH);
    }

    /** Null when there is none of this name. */
    String solutionId(String uniqueName) {
        return first("/solutions?$select=solutionid&$filter=uniquename eq '" + uniqueName + "'", "solutionid");
    }

    /** Null when nobody has this prefix. */
    String publisherId(String prefix) {
        return first("/publishers?$select=publisherid&$filter=customizationprefix eq '" + prefix + "'", "publisherid");
    }

    private String first(String path, String id) {
        return dataverse.get(path, "the solutions").list("value").stream().map(row -> row.get(id).toString())
                .findFirst().orElse(null);
    }

    Present present() {
        Present present = new Present();
        Set<String> tables = new LinkedHashSet<>(blueprint.tables());
        blueprint.unknown().forEach(unknown -> tables.add(unknown.table()));
        tables.forEach(table -> look(table, present));
        ChildTable rows = blueprint.solutions();
        if (look(rows.name(), present)) {
            present.solutions(dataverse
                    .get(DynamicsSetup.table(rows.name()) + "/ManyToOneRelationships?$select=ReferencedEntity,"
                            + "ReferencingEntityNavigationPropertyName", "the table " + rows.name())
                    .list("value").stream()
                    .anyMatch(each -> rows.lookup().equals(each.get("ReferencingEntityNavigationPropertyName"))));
        }
        return present;
    }

    /** False when there is no such table. */
    private boolean look(String table, Present present) {
        Answer definition = dataverse.find(DynamicsSetup.table(table) + "?$select=LogicalName,ChangeTrackingEnabled",
                "the table " + table);
        if (definition == null) {
            return false;
        }
        if (Boolean.TRUE.equals(definition.object().get("ChangeTrackingEnabled"))) {
            present.tracked(table);
        }
        Map<String, Integer> lengths = new HashMap<>();
        for (String type : List.of("String", "Memo")) {
            many(table, CASTS + type + "AttributeMetadata?$select=LogicalName,MaxLength").forEach(each ->
                    lengths.put(name(each), each.get("MaxLength") instanceof Number length ? length.intValue() : 0));
        }
        Map<String, Set<String>> choices = choices(table);
        many(table, "/Attributes?$select=LogicalName,AttributeType").forEach(each -> {
            String type = String.valueOf(each.get("AttributeType"));
            present.field(table, name(each), new Found(DataverseMetadata.kind(type), type,
                    lengths.getOrDefault(name(each), 0), choices.get(name(each))));
        });
        blueprint.fields().stream().filter(field -> field.key() && field.table().equals(table))
                .forEach(field -> present.key(table, field.name(), key(field)));
        return true;
    }

    /** Values by column; null where the column takes them from a choice that others use, too. */
    private Map<String, Set<String>> choices(String table) {
        Map<String, Set<String>> choices = new HashMap<>();
        many(table, CASTS
                + "PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options,IsGlobal),GlobalOptionSet($select=Name)")
                .forEach(each -> choices.put(name(each),
                        each.get("GlobalOptionSet") instanceof Map<?, ?>
                                || !(each.get("OptionSet") instanceof Map<?, ?> own) ? null
                                        : new LinkedHashSet<>(DataverseMetadata.values(own))));
        return choices;
    }

    /** How far the alternate key on exactly this column is. */
    KeyState key(Field field) {
        Map<String, Object> key = keyOf(field);
        return key == null ? KeyState.NONE : switch (String.valueOf(key.get("EntityKeyIndexStatus"))) {
            case "Active" -> KeyState.ACTIVE;
            case "Failed" -> KeyState.FAILED;
            default -> KeyState.BUILDING;
        };
    }

    String keyName(Field field) {
        return String.valueOf(keyOf(field).get("LogicalName"));
    }

    private Map<String, Object> keyOf(Field field) {
        return many(field.table(), "/Keys?$select=LogicalName,KeyAttributes,EntityKeyIndexStatus").stream()
                .filter(key -> List.of(field.name()).equals(key.get("KeyAttributes"))).findFirst().orElse(null);
    }

    private List<Map<String, Object>> many(String table, String part) {
        return dataverse.get(DynamicsSetup.table(table) + part, "the table " + table).list("value");
    }

    private static String name(Map<String, Object> column) {
        return String.valueOf(column.get("LogicalName"));
    }
}
