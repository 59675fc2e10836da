package dev.cosell.sandbox.dataverse;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The RemoteExecutionContext that a webhook is sent. */
final class RemoteContext {
    private static final String CONTRACTS = ":http://schemas.microsoft.com/xrm/2011/Contracts";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private RemoteContext() {}

    /** @param tag mark of the call that did it; null for none */
    static Map<String, Object> of(Store store, Occurrence occurrence, Row step, String tag, Clock clock) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("BusinessUnitId", Seed.BUSINESS_UNIT.toString());
        json.put("CorrelationId", UUID.randomUUID().toString());
        json.put("Depth", 1);
        json.put("InitiatingUserAzureActiveDirectoryObjectId", NOBODY);
        json.put("InitiatingUserId", occurrence.initiator().toString());
        json.put("InputParameters", input(store, occurrence));
        json.put("IsExecutingOffline", false);
        json.put("IsInTransaction", false);
        json.put("IsOfflinePlayback", false);
        json.put("IsolationMode", 1);
        json.put("MessageName", occurrence.message());
        json.put("Mode", step.get("mode"));
        json.put("OperationCreatedOn", "/Date(" + clock.millis() + "-0000)/");
        json.put("OperationId", UUID.randomUUID().toString());
        json.put("OrganizationId", Seed.ORGANIZATION.toString());
        json.put("OrganizationName", store.rows("organization").all().iterator().next().get("name"));
        json.put("OutputParameters",
                occurrence.message().equals("Create") ? List.of(pair("id", occurrence.row().toString())) : List.of());
        json.put("OwningExtension", extension(step));
        json.put("ParentContext", null);
        json.put("PostEntityImages", List.of());
        json.put("PreEntityImages", List.of());
        json.put("PrimaryEntityId", occurrence.row().toString());
        json.put("PrimaryEntityName", occurrence.table().name());
        json.put("RequestId", UUID.randomUUID().toString());
        json.put("SecondaryEntityName", "none");
        json.put("SharedVariables", tag == null ? List.of() : List.of(pair("tag", tag)));
        json.put("Stage", step.get("stage"));
        json.put("UserAzureActiveDirectoryObjectId", NOBODY);
        json.put("UserId", occurrence.user().toString());
        return json;
    }

    private static Map<String, Object> extension(Row step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Id", step.id().toString());
        json.put("KeyAttributes", List.of());
        json.put("LogicalName", EventTables.STEP);
        json.put("Name", step.get("name"));
        json.put("RowVersion", null);
        return json;
    }

    private static List<Object> input(Store store, Occurrence occurrence) {
        Ref row = new Ref(occurrence.table().name(), occurrence.row());
        return switch (occurrence.message()) {
            case "Delete" -> List.of(pair("Target", reference(row)));
        case "Assign" -> List.of(pair("Target", reference(row)),
                pair("Assignee", reference((Ref) occurrence.given().get("ownerid"))));
            case "Win", "Lose" -> closing(store, occurrence);
            default -> List.of(pair("Target", entity(occurrence.table(), occurrence.row(), occurrence.given())));
        };
    }

    private static List<Object> closing(Store store, Occurrence occurrence) {
        Map<String, Object> activity = new LinkedHashMap<>(occurrence.given());
        Object status = activity.remove("statuscode");
        return List.of(pair("OpportunityClose", entity(store.schema().named("opportunityclose"), null, activity)),
                pair("Status", typed("OptionSetValue", "Value", status)));
    }

    /** @param id null for a row that the request did not name */
    private static Map<String, Object> entity(Table table, UUID id, Map<String, Object> values) {
        List<Object> attributes = new ArrayList<>();
        List<Object> labels = new ArrayList<>();
        values.forEach((name, value) -> {
            Column column = table.column(name);
            attributes.add(pair(name, attribute(column, value)));
            if (column.type().choice() && value != null) {
                labels.add(pair(name, column.options().get((Integer) value)));
            }
        });
        if (id != null) {
            attributes.add(pair(table.id(), id.toString()));
        }
        Map<String, Object> json = typed("Entity", "Attributes", attributes);
        json.put("EntityState", null);
        json.put("FormattedValues", labels);
        json.put("Id", id == null ? NOBODY : id.toString());
        json.put("KeyAttributes", List.of());
        json.put("LogicalName", table.name());
        json.put("RelatedEntities", List.of());
        json.put("RowVersion", null);
        return json;
    }

    private static Object attribute(Column column, Object value) {
        if (value == null) {
            return null;
        }
        return switch (column.type()) {
            case Money -> typed("Money", "Value", value);
            case Picklist, State, Status -> typed("OptionSetValue", "Value", value);
            case Lookup, Customer, Owner -> reference((Ref) value);
            case DateTime -> "/Date(" + Instant.parse((String) value).toEpochMilli() + ")/";
        case DateOnly ->
            "/Date(" + LocalDate.parse((String) value).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + ")/";
            case Uniqueidentifier -> value.toString();
            default -> value;
        };
    }

    private static Map<String, Object> reference(Ref ref) {
        Map<String, Object> json = typed("EntityReference", "Id", ref.id().toString());
        json.put("KeyAttributes", List.of());
        json.put("LogicalName", ref.table());
        json.put("Name", null);
        json.put("RowVersion", null);
        return json;
    }

    private static Map<String, Object> typed(String type, String name, Object value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("__type", type + CONTRACTS);
        json.put(name, value);
        return json;
    }

    private static Map<String, Object> pair(String key, Object value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put("value", value);
        return json;
    }
}
