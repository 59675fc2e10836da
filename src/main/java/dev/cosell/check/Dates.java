package dev.cosell.check;

import dev.cosell.mapping.DateFields;
import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;

/**
 * What the way a CRM keeps its dates means for the rows that name them.
 *
 * @param moment what the CRM calls a field that holds a moment, such as "of the type Date/Time"
 * @param day    what it calls a field that holds a day, such as "field of the type Date"
 */
public record Dates(String system, DateFields.Source source, String moment, String day) {
    public List<Finding> of(FieldForms rows) {
        String remedy = "Map a " + day
                + " if you can. Otherwise see that the people who enter dates have that time zone in their personal "
                + "settings, or name theirs in the setting " + system + ".time-zone";
        Map<String, DateForm> forms = source.forms();
        try {
            String zone = rows.haveMoments(forms) ? source.zone() + " (" + source.zoneFrom() + ")" : "";
            return rows.dates(forms, moment, zone, remedy);
        } catch (Fault.Data unknown) {
            return List.of(Finding.fault(system, "time zone", unknown.getMessage(), remedy));
        }
    }
}
