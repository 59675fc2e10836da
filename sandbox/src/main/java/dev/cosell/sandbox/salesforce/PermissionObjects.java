package dev.cosell.sandbox.salesforce;

import java.util.List;

/** The objects in which an org keeps who may do what: plain rows, as far as they are known here. */
final class PermissionObjects {
    static final String SET = "PermissionSet";
    static final String FIELDS = "FieldPermissions";
    static final String OBJECTS = "ObjectPermissions";
    static final String ASSIGNMENT = "PermissionSetAssignment";

    private PermissionObjects() {}

    static List<ObjectType> all() {
        return List.of(
                new ObjectType(SET, "0PS", Field.text("Name", 80).required().with(Field.Trait.UNIQUE).indexed(),
                        Field.text("Label", 80).required(),
                        Field.text("Description", 255), flag("PermissionsApiEnabled")),
                new ObjectType(FIELDS, "01k", parent(), Field.text("SobjectType", 40).required(),
                        Field.text("Field", 255).required().indexed(),
                        flag("PermissionsRead"), flag("PermissionsEdit")),
                new ObjectType(OBJECTS, "110", parent(), Field.text("SobjectType", 40).required(),
                        flag("PermissionsRead"),
                        flag("PermissionsCreate"), flag("PermissionsEdit"), flag("PermissionsDelete"),
                        flag("PermissionsViewAllRecords"),
                        flag("PermissionsModifyAllRecords")),
                new ObjectType(ASSIGNMENT, "0Pa",
                        Field.reference("PermissionSetId", SET, "PermissionSet").required().createOnly().indexed(),
                        Field.reference("AssigneeId", Schema.USER, "Assignee").required().createOnly().indexed()));
    }

    static boolean include(String object) {
        return all().stream().anyMatch(type -> type.name.equalsIgnoreCase(object));
    }

    private static Field parent() {
        return Field.reference("ParentId", SET, "Parent").required().createOnly().indexed();
    }

    private static Field flag(String name) {
        return Field.of(name, FieldType.BOOLEAN, 0);
    }
}
