package dev.cosell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What was found out about each record, written as it comes: a JSON list, or CSV with a head. */
final class RecordsFile implements Closeable {
    private static final List<String> COLUMNS = List.of("crm", "id", "kind", "reason", "overwrites", "outcome");
    /** A spreadsheet takes a cell that begins so for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private final Writer file;
    /** Null for CSV. */
    private final SequenceWriter json;

    private RecordsFile(Writer file, SequenceWriter json) {
        this.file = file;
        this.json = json;
    }

    static RecordsFile open(Path path) throws IOException {
        Writer file = Files.newBufferedWriter(path);
        if (path.toString().endsWith(".json")) {
            return new RecordsFile(file, new ObjectMapper().writer().writeValuesAsArray(file));
        }
        file.write(String.join(",", COLUMNS) + "\r\n");
        return new RecordsFile(file, null);
    }

    void add(JsonNode record) throws IOException {
        if (json != null) {
            json.write(record);
        } else {
            file.write(COLUMNS.stream().map(column -> cell(record.path(column))).collect(Collectors.joining(","))
                    + "\r\n");
        }
    }

    /** Quoted as RFC 4180 says. */
    private static String cell(JsonNode value) {
        String text = value.isNull() ? "" : value.asText();
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.matches("[\\w .:…-]*") ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() throws IOException {
        if (json != null) {
            json.close();
        }
        file.close();
    }
}
