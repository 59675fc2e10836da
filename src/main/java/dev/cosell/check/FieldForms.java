package dev.cosell.check;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.DateForm;
import dev.cosell.mapping.Demand.Kind;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what rows mean with the form in which their fields keep it: days or moments, plain text or HTML; decided
 * without any call.
 */
public final class FieldForms {
    private final String where;
    private final String table;
    private final List<Row> rows;

    /** @param table name of the CRM's object, for people */
    public FieldForms(String where, String table, CompiledTable rows) {
        this.where = where;
        this.table = table;
        this.rows = rows.rows();
    }

    /** Whether some row means a day. */
    public boolean haveDates() {
        return rows.stream().anyMatch(FieldForms::isDate);
    }

    /** Whether the time zone matters: some row means a day, and its field holds a moment. */
    public boolean haveMoments(Map<String, DateForm> forms) {
        return rows.stream().filter(FieldForms::isDate)
                .anyMatch(row -> row.crmPaths().stream().anyMatch(path -> forms.get(path) == DateForm.MOMENT));
    }

    private static boolean isDate(Row row) {
        return row.demand().kind() == Kind.DATE;
    }

    /**
     * One finding for each field that a row means as a day.
     *
     * @param moment what the CRM calls a field that holds a moment
     * @param zone   in which moments count as days, and where it comes from
     */
    public List<Finding> dates(Map<String, DateForm> forms, String moment, String zone, String remedy) {
        List<Finding> findings = new ArrayList<>();
        for (Row row : rows) {
            for (String field : isDate(row) ? row.crmPaths() : List.<String>of()) {
                if (forms.containsKey(field)) {
                    findings.add(switch (forms.get(field)) {
                        case DAY -> Finding.ok(where, table + "." + field, "holds a day, the same for everybody");
                    case CLOCK -> Finding.ok(where, table + "." + field,
                            "holds date and time without a time zone; its date counts as it stands");
                    case MOMENT -> Finding.warning(where, table + "." + field,
                            "is " + moment + ", so it holds a moment, which people elsewhere see on another"
                                    + " day; the mapping row " + row.name() + " means a day, and takes that of " + zone,
                            remedy);
                    });
                }
            }
        }
        return findings;
    }

    /** Warnings about text rows. @param html whether each text field holds HTML; other fields are missing */
    public List<Finding> texts(Map<String, Boolean> html) {
        List<Finding> findings = new ArrayList<>();
        for (Row row : rows) {
            for (String field : row.demand().kind() == Kind.TEXT ? row.crmPaths() : List.<String>of()) {
                boolean rich = Boolean.TRUE.equals(html.get(field));
                if (rich && !row.demand().html()) {
                    findings.add(Finding.warning(where, table + "." + field,
                            "holds HTML (rich text), but the mapping row " + row.name()
                                    + " copies it as it is, tags included",
                            "Write richText, with the length of the field in brackets, into the converter column of "
                                    + "that row"));
                } else if (!rich && row.demand().html() && html.containsKey(field)) {
                    findings.add(Finding.warning(where, table + "." + field,
                            "is no rich text field, but the mapping row " + row.name()
                                    + " writes HTML into it: people see the tags, unless a form shows the field in a "
                                    + "rich text editor",
                            "Write text into the converter column of that row, or map a rich text field"));
                }
            }
        }
        return findings;
    }
}
