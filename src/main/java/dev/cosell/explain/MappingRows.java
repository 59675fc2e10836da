package dev.cosell.explain;

import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.text.MappingText;
import dev.cosell.mapping.text.MappingTexts;
import dev.cosell.operations.CheckOperations.Found;
import dev.cosell.operations.CheckOperations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The mapping files in force as people wrote them: each row with its line and the comments above it. */
public final class MappingRows {
    private static final int COLUMNS = 6;

    private final List<String> crms;
    private final Mappings mappings;
    private final Supplier<Map<String, String>> texts;
    private final Supplier<String> fault;
    private final CheckOperations check;

    /**
     * @param texts those in force under {@code routes/}, by file name
     * @param fault why the last edit is not in force; empty when it is
     * @param check knows what the last check found
     */
    public MappingRows(List<String> crms, Mappings mappings, Supplier<Map<String, String>> texts,
            Supplier<String> fault, CheckOperations check) {
        this.crms = List.copyOf(crms);
        this.mappings = mappings;
        this.texts = texts;
        this.fault = fault;
        this.check = check;
    }

    /**
     * @param fault   why the last edit under {@code routes/} is not in force; empty when it is
     * @param checked when the notes were made; null when nothing was checked since the start
     */
    public record Answer(String fault, String checked, List<File> files) {}

    /**
     * A file with tables of a CRM, or with value maps that their rows name; the one with its opportunities comes first.
     *
     * @param version as the audit names the text of all files of the CRM
     * @param notes   what the check found about this CRM and no row shows; faults and warnings alone, at its first file
     * @param text    the whole file; null for whoever may not try another one
     */
    public record File(String crm, String file, String version, List<Table> tables, List<Note> notes, String text) {}

    public record Table(String name, List<String> columns, List<Line> rows) {}

    /**
     * @param notes the comments above the row, without their mark
     * @param check what the last check found about the row's fields of the CRM
     */
    public record Line(int line, List<String> cells, List<String> notes, List<Note> check) {}

    /** @param state {@code OK}, {@code WARNING} or {@code FAULT} */
    public record Note(String state, String says) {}

    /** @param withText whether the whole text of each file is wanted too */
    public Answer now(boolean withText) {
        List<Found> found = check.found();
        return new Answer(fault.get(), found.isEmpty() ? null : check.getLastRun(),
                crms.stream().flatMap(crm -> files(crm, found, withText).stream()).toList());
    }

    private List<File> files(String crm, List<Found> found, boolean withText) {
        Map<String, String> now = texts.get();
        MappingTexts all = new MappingTexts(now);
        RowNotes notes = new RowNotes(crm, found);
        Map<String, List<Table>> tables = new LinkedHashMap<>();
        all.filesInOrder(crm).forEach(file -> tables.put(file, all.tables(crm, file).stream()
                .map(name -> table(name, all.in(file).lines(name), notes)).toList()));
        List<File> files = new ArrayList<>();
        tables.forEach((file, ofFile) -> files.add(new File(crm, file, mappings.of(crm).version(), ofFile,
                files.isEmpty() ? notes.others() : List.of(), withText ? now.get(file) : null)));
        return files;
    }

    private static Table table(String name, List<MappingText.Line> lines, RowNotes check) {
        List<String> columns = List.of();
        List<Line> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (MappingText.Line line : lines) {
            String comment = line.text().startsWith("#") ? line.text().substring(1).strip() : null;
            if (line.isRow()) {
                rows.add(new Line(line.number(), cells(line.text()), List.copyOf(notes),
                        check.of(name, cells(line.text()).get(0))));
                notes.clear();
            } else if (comment != null && cells(comment).size() == COLUMNS && rows.isEmpty() && columns.isEmpty()) {
                columns = cells(comment);
            } else if (comment != null) {
                notes.add(comment);
            }
        }
        return new Table(name, columns, rows);
    }

    private static List<String> cells(String text) {
        return Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
    }
}
