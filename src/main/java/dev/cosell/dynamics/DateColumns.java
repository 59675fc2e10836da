package dev.cosell.dynamics;

import dev.cosell.mapping.DateFields;
import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;

/** How the environment keeps the dates of one table, and in which time zone its users see them. */
public final class DateColumns implements DateFields.Source {
    private static final String REMEDY = ": name the zone of the people who enter dates in the setting "
            + "dynamics.time-zone, such as Europe/Berlin";

    private final Lookups lookups;
    private final String table;
    private final String zone;

    /**
     * @param template sends to {@code direct:dynamics-call}
     * @param table    logical name
     * @param zone     IANA id; empty to take the one of our application user
     */
    public DateColumns(ProducerTemplate template, String table, String zone) {
        this.lookups = new Lookups(template);
        this.table = table;
        this.zone = zone;
    }

    @Override
    public Map<String, DateForm> forms() {
        Map<String, DateForm> forms = new HashMap<>();
        lookups.list("/EntityDefinitions(LogicalName='" + table
                + "')/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata"
                + "?$select=LogicalName,DateTimeBehavior", "definitions of the date columns of " + table)
                .forEach(column -> forms.put(String.valueOf(column.get("LogicalName")),
                        form(column.get("DateTimeBehavior"))));
        return forms;
    }

    private static DateForm form(Object behaviour) {
        String name = String.valueOf(behaviour instanceof Map<?, ?> value ? value.get("Value") : behaviour);
        return switch (name) {
            case "DateOnly" -> DateForm.DAY;
            case "TimeZoneIndependent" -> DateForm.CLOCK;
            default -> DateForm.MOMENT;
        };
    }

    @Override
    public ZoneId zone() {
        return zone.isEmpty() ? ofUser() : ZoneId.of(zone);
    }

    @Override
    public String zoneFrom() {
        return zone.isEmpty() ? "the time zone of our application user" : "the setting dynamics.time-zone";
    }

    private ZoneId ofUser() {
        Object user = lookups.get("/WhoAmI", "name of our application user").object().get("UserId");
        List<Map<String, Object>> settings = lookups.list(
                "/usersettingscollection?$select=timezonecode&$filter=systemuserid%20eq%20" + user,
                "time zone of our application user");
        Object code = settings.isEmpty() ? null : settings.get(0).get("timezonecode");
        if (!(code instanceof Number)) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.TIME_ZONE,
                    "Our application user has no time zone in Dynamics 365" + REMEDY);
        }
        List<Map<String, Object>> definitions = lookups
                .list("/timezonedefinitions?$select=standardname&$filter=timezonecode%20eq%20" + code, "time zones");
        Object name = definitions.isEmpty() ? code : definitions.get(0).get("standardname");
        ZoneId found = WindowsZones.zone(String.valueOf(name));
        if (found == null) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.TIME_ZONE,
                    "The time zone of our application user in Dynamics 365 (" + name + ") is not known here" + REMEDY);
        }
        return found;
    }
}
