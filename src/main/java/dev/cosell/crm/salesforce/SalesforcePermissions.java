package dev.cosell.crm.salesforce;

import dev.cosell.setup.Blueprint;
import dev.cosell.setup.Field;
import dev.cosell.setup.Gaps;
import dev.cosell.setup.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The permission set with which the integration user sees and writes what the sync needs: a field made by API is seen
 * by nobody.
 */
final class SalesforcePermissions {
    private static final String SET = "permission set";
    private static final String QUERY = "query";

    /** What the integration user is to do with a field. @param rights {@code Read}, or that and {@code Edit} */
    record FieldRights(String table, String fullName, List<String> rights) {
        private static final List<String> ALL = List.of("Read", "Edit");

        FieldRights(String table, String fullName) {
            this(table, fullName, ALL);
        }

        FieldRights(Blueprint.Unknown field, boolean edit) {
            this(field.table(), field.fullName(), edit ? ALL : List.of("Read"));
        }

        private String words() {
            return rights.contains("Edit") ? "read and edit " : "read ";
        }
    }

    private final SalesforceOrg org;
    private final String name;
    private final String userId;
    /** Null until the set is there. */
    private String setId;

    SalesforcePermissions(SalesforceOrg org, String name, String userId) {
        this.org = org;
        this.name = name;
        this.userId = userId;
    }

    String name() {
        return name;
    }

    String userName() {
        return String.valueOf(
                org.rows(QUERY, "SELECT Username FROM User WHERE Id = '" + userId + "'").get(0).get("Username"));
    }

    /**
     * @param gaps tells which fields are missing: of those, a package's stay missing and get no rights
     * @param own  for fields that somebody else has made
     */
    List<Step> steps(Blueprint wanted, Gaps gaps, List<FieldRights> own) {
        setId = first("SELECT Id FROM PermissionSet WHERE Name = '" + name + "'");
        List<Step> steps = new ArrayList<>();
        if (setId == null) {
            steps.add(new Step(SET, List.of(), "Create the permission set " + name,
                    () -> setId = create("PermissionSet", Map.of("Name", name, "Label",
                            "Cosell Sync", "Description", "What the integration user of Cosell Sync needs.",
                            "PermissionsApiEnabled", true), "the permission set " + name)));
        }
        steps.addAll(objects(wanted));
        steps.addAll(fields(wanted, gaps, own));
        if (setId == null || first("SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '" + setId
                + "' AND AssigneeId = '" + userId + "'") == null) {
            steps.add(new Step("assignment", List.of(SET), "Assign the permission set to " + userName(),
                    () -> create("PermissionSetAssignment",
                            Map.of("PermissionSetId", setId, "AssigneeId", userId), "the assignment of " + name)));
        }
        return steps;
    }

    /** In the order in which the rights on one object ask for those on another. */
    private List<Step> objects(Blueprint wanted) {
        Set<String> objects = new LinkedHashSet<>(List.of("Account", "Contact"));
        objects.addAll(wanted.tables());
        objects.add(wanted.solutions().name());
        Map<String, Map<String, Object>> granted = rows(
                "SELECT Id, SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete"
                        + " FROM ObjectPermissions WHERE ParentId = '",
                "SobjectType");
        List<Step> steps = new ArrayList<>();
        for (String object : objects) {
            boolean own = object.equals(wanted.solutions().name());
            List<String> rights = own ? List.of("Read", "Create", "Edit", "Delete") : List.of("Read", "Create", "Edit");
            steps.addAll(grant("ObjectPermissions", granted.get(object), Map.of("SobjectType", object), rights, object,
                    "Allow " + name + " to read, create" + (own ? ", edit and delete " : " and edit ") + object));
        }
        return steps;
    }

    private List<Step> fields(Blueprint wanted, Gaps gaps, List<FieldRights> own) {
        List<Field> fields = new ArrayList<>(wanted.fields());
        fields.removeIf(field -> gaps.fields().contains(field) && SalesforceSetup.isOfAPackage(field));
        fields.add(wanted.solutions().idField());
        List<FieldRights> all = new ArrayList<>(
                fields.stream().map(field -> new FieldRights(field.table(), field.fullName())).toList());
        all.add(new FieldRights(wanted.solutions().name(),
                wanted.solutions().name() + "." + wanted.solutions().lookup()));
        all.addAll(own);
        Map<String, Map<String, Object>> granted = rows(
                "SELECT Id, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ParentId = '", "Field");
        List<Step> steps = new ArrayList<>();
        for (FieldRights field : all) {
            steps.addAll(grant("FieldPermissions", granted.get(field.fullName()),
                    Map.of("SobjectType", field.table(), "Field", field.fullName()), field.rights(), field.fullName(),
                    "Allow " + name + " to " + field.words() + field.fullName()));
        }
        return steps;
    }

    /**
     * Gives what is missing; what somebody has allowed beyond that stays.
     *
     * @param present the row that says what is allowed now; null when nothing is
     * @param rights  all that have to be allowed
     */
    private List<Step> grant(String object, Map<String, Object> present, Map<String, Object> of,
            List<String> rights, String target, String says) {
        Map<String, Object> allowed = new LinkedHashMap<>();
        rights.forEach(right -> allowed.put("Permissions" + right, true));
        if (present != null && allowed.keySet().stream().allMatch(right -> Boolean.TRUE.equals(present.get(right)))) {
            return List.of();
        }
        return List
                .of(new Step("right on " + target, List.of(SET, target.replaceAll("\\..*", ""), target), says, () -> {
            if (present != null) {
                org.call("PATCH", "/sobjects/" + object + "/" + present.get("Id"), allowed, "the rights on " + target);
                return;
            }
            Map<String, Object> row = new LinkedHashMap<>(of);
            row.put("ParentId", setId);
            row.putAll(allowed);
            create(object, row, "the rights on " + target);
        }));
    }

    private Map<String, Map<String, Object>> rows(String query, String by) {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        if (setId != null) {
            org.rows(QUERY, query + setId + "'").forEach(row -> rows.put(String.valueOf(row.get(by)), row));
        }
        return rows;
    }

    private String first(String soql) {
        return org.rows(QUERY, soql).stream().map(row -> row.get("Id").toString()).findFirst().orElse(null);
    }

    private String create(String object, Map<String, Object> row, String what) {
        return String.valueOf(((Map<?, ?>) org.call("POST", "/sobjects/" + object, row, what)).get("id"));
    }
}
