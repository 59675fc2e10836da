package dev.cosell.explain;

import dev.cosell.operations.CheckOperations.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a check found about a CRM, handed out to the mapping rows that it is about. */
final class RowNotes {
    private static final String FIELDS = "fields";
    private static final String OK = "OK";

    private final String crm;
    private final List<Found> findings;
    private final Set<Found> handedOut = new HashSet<>();

    /** @param findings about whatever was checked */
    RowNotes(String crm, List<Found> findings) {
        this.crm = crm;
        this.findings = findings.stream().filter(each -> each.where().equals(crm)).toList();
    }

    /**
     * @param table  as the mapping file names it, such as {@code salesforceAccountFields}
     * @param fields the CRM's of a row, joined by {@code +}
     */
    List<MappingRows.Note> of(String table, String fields) {
        String object = object(table);
        List<String> names = Arrays.stream(fields.split("\\+")).map(field -> field.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<Found> found = new ArrayList<>();
        for (Found each : findings) {
            String[] what = each.what().toLowerCase(Locale.ROOT).split("\\.", 2);
            if (what.length == 2 && what[0].endsWith(object) && names.contains(what[1].split(" ")[0])) {
                found.add(each);
            }
        }
        handedOut.addAll(found);
        return found.stream().map(RowNotes::note).toList();
    }

    /** The CRM's own name of what a table is about ends with this. */
    private String object(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        String part = name.startsWith(crm) && name.endsWith(FIELDS)
                ? name.substring(crm.length(), name.length() - FIELDS.length()) : name;
        return switch (part) {
            case "", "won" -> "opportunity";
            case "team" -> "user";
            default -> part;
        };
    }

    /** Faults and warnings that no row has got. */
    List<MappingRows.Note> others() {
        return findings.stream().filter(each -> !each.state().equals(OK) && !handedOut.contains(each))
                .map(RowNotes::note).toList();
    }

    private static MappingRows.Note note(Found found) {
        return new MappingRows.Note(found.state(), found.what() + " " + found.says());
    }
}
