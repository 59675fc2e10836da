package dev.cosell.salesforce;

import dev.cosell.mapping.DateFields;
import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Which fields of one object hold days and which hold moments, and the time zone of the organisation. */
public final class DateFieldTypes implements DateFields.Source {
    private static final String REMEDY = ": name the zone of the people who enter dates in the setting "
            + "salesforce.time-zone, such as Europe/Berlin";

    private final ProducerTemplate template;
    private final String object;
    private final String zone;

    /**
     * @param template sends to {@code direct:salesforce-composite} and {@code direct:salesforce-query}
     * @param object   API name
     * @param zone     IANA id; empty to take the one of the organisation
     */
    public DateFieldTypes(ProducerTemplate template, String object, String zone) {
        this.template = template;
        this.object = object;
        this.zone = zone;
    }

    @Override
    public Map<String, DateForm> forms() {
        Map<String, Object> description = ObjectDescriptions
                .read(ask("direct:salesforce-composite", ObjectDescriptions.ask(object)));
        Map<String, DateForm> forms = new HashMap<>();
        if (description != null && description.get("fields") instanceof List<?> fields) {
            for (Object each : fields) {
                Map<?, ?> field = (Map<?, ?>) each;
                switch (String.valueOf(field.get("type"))) {
                    case "date" -> forms.put(String.valueOf(field.get("name")), DateForm.DAY);
                    case "datetime" -> forms.put(String.valueOf(field.get("name")), DateForm.MOMENT);
                    default -> { }
                }
            }
        }
        return forms;
    }

    @Override
    public ZoneId zone() {
        return zone.isEmpty() ? ofOrganization() : ZoneId.of(zone);
    }

    @Override
    public String zoneFrom() {
        return zone.isEmpty() ? "the default time zone of the organisation" : "the setting salesforce.time-zone";
    }

    private ZoneId ofOrganization() {
        List<Map<String, Object>> rows = OpportunityRecords
                .rows(ask("direct:salesforce-query", "SELECT TimeZoneSidKey FROM Organization"));
        Object name = rows.isEmpty() ? null : rows.get(0).get("TimeZoneSidKey");
        if (name == null) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.TIME_ZONE,
                    "Salesforce does not show the default time zone of the organisation" + REMEDY);
        }
        try {
            return ZoneId.of(name.toString());
        } catch (DateTimeException unknown) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.TIME_ZONE,
                    "The default time zone of the Salesforce organisation (" + name + ") is not known here" + REMEDY);
        }
    }

    private Object ask(String route, Object request) {
        try {
            return template.requestBody(route, request);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw e;
        }
    }
}
