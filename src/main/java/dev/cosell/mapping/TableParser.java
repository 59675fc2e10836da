package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the rows of a field table and names every bad one at once. */
final class TableParser {
    private static final List<String> COLUMNS = List.of("CRM field", "Partner Center field", "converter", "to the CRM",
            "to Partner Center", "if both changed");
    private static final String NEVER = "-";

    private final String tableName;
    private final String within;
    private final ConverterNames converters;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> crmFields = new LinkedHashSet<>();
    private final Map<String, Integer> crmLines = new LinkedHashMap<>();
    private final Map<String, Integer> referralLines = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    TableParser(String tableName, String within, ConverterNames converters) {
        this.tableName = tableName;
        this.within = within;
        this.converters = converters;
    }

    CompiledTable parse(String block) {
        ReferralFields writable = group();
        int number = 0;
        for (String text : block.lines().map(String::strip).toList()) {
            number++;
            if (!text.isEmpty() && !text.startsWith("#")) {
                List<String> mistakes = new ArrayList<>();
                row(number, text, writable, mistakes);
                int line = number;
                mistakes.forEach(mistake -> faults.add("row " + line + ", \"" + text + "\": " + mistake));
            }
        }
        if (rows.isEmpty() && faults.isEmpty()) {
            faults.add("the table has no rows");
        }
        if (!faults.isEmpty()) {
            throw new MappingFault("The field table " + tableName + " cannot be used:", faults);
        }
        return new CompiledTable(tableName, rows, crmFields);
    }

    private ReferralFields group() {
        try {
            return ReferralFields.within(within);
        } catch (MappingFault fault) {
            throw new MappingFault("The field table " + tableName + " cannot be used:", fault.faults());
        }
    }

    private void row(int number, String text, ReferralFields writable, List<String> mistakes) {
        List<String> cells = Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != COLUMNS.size()) {
            mistakes.add("a row has " + COLUMNS.size() + " columns separated by | (" + String.join(" | ", COLUMNS)
                    + "), this one has "
                    + cells.size());
            return;
        }
        Cells cell = new Cells(mistakes);
        List<FieldPath> crm = cell.crmFields(cells.get(0));
        List<FieldPath> referral = cell.paths(cells.get(1), COLUMNS.get(1));
        Row.Travel toCrm = cell.travel(cells.get(3), COLUMNS.get(3));
        Row.Travel toReferral = cell.travel(cells.get(4), COLUMNS.get(4));
        Wins wins = cell.wins(cells.get(5));
        Converter converter = cell.ask(() -> converters.find(cells.get(2)).forRow(crm.size(), referral.size()));
        // A field that is only read here may stand in another row too: a stage is both a status and a sales stage.
        boolean again = toCrm != null && !toCrm.create() && !toCrm.update()
                && crm.stream().anyMatch(path -> crmLines.containsKey(path.text()));
        if (!again) {
            crm.forEach(path -> cell.ask(() -> unique(crmLines, path, number, "CRM field")));
        }
        referral.forEach(path -> cell.ask(() -> written(path, toReferral, writable, number)));
        if (mistakes.isEmpty()) {
            rows.add(again
                    ? new Row(cells.get(0) + " for " + cells.get(1), within, crm, referral, converter, toCrm,
                            toReferral, wins)
                    : new Row(within, crm, referral, converter, toCrm, toReferral, wins));
            crm.forEach(path -> crmFields.add(path.text()));
        }
    }

    private FieldPath written(FieldPath path, Row.Travel toReferral, ReferralFields writable, int number) {
        writable.check(path.text(), toReferral);
        return toReferral.create() || toReferral.update() ? unique(referralLines, path, number, "Partner Center field")
                : path;
    }

    private static FieldPath unique(Map<String, Integer> lines, FieldPath path, int number, String what) {
        for (Map.Entry<String, Integer> other : lines.entrySet()) {
            if ((path.text() + ".").startsWith(other.getKey() + ".")
                    || (other.getKey() + ".").startsWith(path.text() + ".")) {
                throw new MappingFault(
                        "the " + what + " \"" + path.text() + "\" is in row " + other.getValue() + " already");
            }
        }
        lines.put(path.text(), number);
        return path;
    }

    /** Reads single cells; a mistake is noted and reading goes on. */
    private record Cells(List<String> mistakes) {
        interface Step<T> {
            T take();
        }

        <T> T ask(Step<T> step) {
            try {
                return step.take();
            } catch (MappingFault fault) {
                mistakes.addAll(fault.faults());
                return null;
            }
        }

        /** Without a point: a CRM is asked for fields of the record, and refuses the whole read for any other. */
        List<FieldPath> crmFields(String text) {
            List<FieldPath> fields = paths(text, COLUMNS.get(0));
            fields.stream().map(FieldPath::text).filter(field -> field.contains("."))
                    .forEach(field -> mistakes.add("\"" + field + "\" in the column " + COLUMNS.get(0)
                            + " has a point: write a field of the record itself. A field of the account belongs into"
                            + " the account table, one of the contact or the owner into theirs; any other has to be"
                            + " copied into a field of the record by the CRM"));
            return fields;
        }

        List<FieldPath> paths(String text, String column) {
            List<FieldPath> paths = new ArrayList<>();
            for (String part : text.split("\\+", -1)) {
                String path = part.strip();
                if (path.matches("[A-Za-z_@][A-Za-z0-9_@]*(\\.[A-Za-z_@][A-Za-z0-9_@]*)*")) {
                    paths.add(new FieldPath(path));
                } else {
                    mistakes.add("\"" + path + "\" in the column " + column
                            + " is no field name: write letters, digits and _, "
                            + (column.equals(COLUMNS.get(0)) ? "" : "with a point between a group and its field ")
                            + "and + between several fields");
                }
            }
            return paths;
        }

        Row.Travel travel(String text, String column) {
            if (text.equals(NEVER)) {
                return new Row.Travel(false, false);
            }
            boolean create = false;
            boolean update = false;
            for (String part : text.split(",", -1)) {
                String word = part.strip();
                create |= word.equals("create");
                update |= word.equals("update");
                if (!word.equals("create") && !word.equals("update")) {
                    mistakes.add("\"" + word + "\" in the column " + column + " is unknown"
                            + NearestWord.hint(word, List.of("create", "update", NEVER)));
                }
            }
            return new Row.Travel(create, update);
        }

        Wins wins(String text) {
            for (Wins wins : Wins.values()) {
                if (wins.word().equals(text)) {
                    return wins;
                }
            }
            mistakes.add("\"" + text + "\" in the column if both changed is unknown"
                    + NearestWord.hint(text, Arrays.stream(Wins.values()).map(Wins::word).toList()));
            return null;
        }
    }
}
