package dev.cosell.check.dynamics;

import dev.cosell.check.FieldForms;
import dev.cosell.check.Finding;
import dev.cosell.dynamics.DateColumns;
import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;

/** What the behaviour of date columns means for the rows that name them. */
record Dates(DateColumns columns) {
    private static final String REMEDY = "Map a column of the behaviour Date Only if you can. Otherwise see that the people who enter dates have that time zone in"
            + " their personal settings, or name theirs in the setting dynamics.time-zone";

    List<Finding> of(FieldForms rows) {
        Map<String, DateForm> forms = columns.forms();
        try {
            String zone = rows.haveMoments(forms) ? columns.zone() + " (" + columns.zoneFrom() + ")" : "";
            return rows.dates(forms, "of the behaviour User Local", zone, REMEDY);
        } catch (Fault.Data unknown) {
            return List.of(Finding.fault(Metadata.SYSTEM, "time zone", unknown.getMessage(), REMEDY));
        }
    }
}
