package dev.cosell.check.salesforce;

import dev.cosell.check.FieldForms;
import dev.cosell.check.Finding;
import dev.cosell.mapping.DateForm;
import dev.cosell.salesforce.DateFieldTypes;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;

/** What the type of date fields means for the rows that name them. */
record Dates(DateFieldTypes fields) {
    private static final String REMEDY = "Map a field of the type Date if you can. Otherwise see that the people who enter dates have that time zone in"
            + " their personal settings, or name theirs in the setting salesforce.time-zone";

    List<Finding> of(FieldForms rows) {
        Map<String, DateForm> forms = fields.forms();
        try {
            String zone = rows.haveMoments(forms) ? fields.zone() + " (" + fields.zoneFrom() + ")" : "";
            return rows.dates(forms, "of the type Date/Time", zone, REMEDY);
        } catch (Fault.Data unknown) {
            return List.of(Finding.fault("salesforce", "time zone", unknown.getMessage(), REMEDY));
        }
    }
}
