package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the service tells of itself and of the caller. */
final class ServiceFunctions {
    private final Schema schema;
    private final Callers callers;

    ServiceFunctions(Schema schema, Callers callers) {
        this.schema = schema;
        this.callers = callers;
    }

    Answer document(Call call) {
        List<Map<String, Object>> sets = schema.tables().stream()
                .<Map<String, Object>>map(table -> Map.of("name", table.set(), "kind", "EntitySet", "url", table.set()))
                .toList();
        return Answer.json(200, Map.of("@odata.context", Links.root(call) + "$metadata", "value", sets));
    }

    Answer whoAmI(Call call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        json.put("BusinessUnitId", Seed.BUSINESS_UNIT.toString());
        json.put("UserId", callers.actor(call).toString());
        json.put("OrganizationId", Seed.ORGANIZATION.toString());
        return Answer.json(200, json);
    }

    Answer version(Call call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse");
        json.put("Version", "9.2.0.0");
        return Answer.json(200, json);
    }
}
