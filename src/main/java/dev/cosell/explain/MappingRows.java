package dev.cosell.explain;

import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.text.MappingText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The mapping files in force as people wrote them: each row with its line and the comments above it. */
public final class MappingRows {
    private static final int COLUMNS = 6;

    private final List<String> crms;
    private final Mappings mappings;
    private final UnaryOperator<String> texts;
    private final Supplier<String> fault;

    /**
     * @param texts the text in force of a file under {@code routes/}, by its name; null for a file that is not there
     * @param fault why the last edit is not in force; empty when it is
     */
    public MappingRows(List<String> crms, Mappings mappings, UnaryOperator<String> texts, Supplier<String> fault) {
        this.crms = List.copyOf(crms);
        this.mappings = mappings;
        this.texts = texts;
        this.fault = fault;
    }

    /** @param fault why the last edit under {@code routes/} is not in force; empty when it is */
    public record Answer(String fault, List<File> files) {}

    /** @param version as the audit names this text */
    public record File(String crm, String file, String version, List<Table> tables) {}

    public record Table(String name, List<String> columns, List<Line> rows) {}

    /** @param notes the comments above the row, without their mark */
    public record Line(int line, List<String> cells, List<String> notes) {}

    public Answer now() {
        return new Answer(fault.get(), crms.stream().map(this::file).toList());
    }

    private File file(String crm) {
        String text = texts.apply(Rules.file(crm));
        MappingText written = new MappingText(text == null ? "" : text);
        return new File(crm, Rules.file(crm), mappings.of(crm).version(), written.tables().stream()
                .map(name -> table(name, written.lines(name))).toList());
    }

    private static Table table(String name, List<MappingText.Line> lines) {
        List<String> columns = List.of();
        List<Line> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (MappingText.Line line : lines) {
            String comment = line.text().startsWith("#") ? line.text().substring(1).strip() : null;
            if (line.isRow()) {
                rows.add(new Line(line.number(), cells(line.text()), List.copyOf(notes)));
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
