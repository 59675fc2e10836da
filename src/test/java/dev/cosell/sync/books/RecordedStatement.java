package dev.cosell.sync.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement as it reached the database.
 *
 * @param values of its parameters: text, numbers, truth values, times, days, or null
 * @param rows   how many it changed, or answered with
 */
record RecordedStatement(String sql, List<Object> values, int rows) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "time ";
    private static final String DAY = "day ";

    /** Statements as lines of a file: the text of one, and below it {@code = rows: [values]}. */
    static String text(List<RecordedStatement> statements) {
        return statements.stream().map(RecordedStatement::text).collect(Collectors.joining("\n")) + "\n";
    }

    private String text() {
        try {
            List<Object> written = new ArrayList<>(values);
            written.replaceAll(value -> value instanceof OffsetDateTime time ? TIME + time
                    : value instanceof LocalDate day ? DAY + day : value);
            return sql + "\n= " + rows + ": " + JSON.writeValueAsString(written);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException(fault);
        }
    }

    static List<RecordedStatement> read(String text) {
        List<RecordedStatement> all = new ArrayList<>();
        String[] lines = text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toArray(String[]::new);
        for (int i = 0; i < lines.length; i += 2) {
            String[] result = lines[i + 1].split("[ :]+", 3);
            all.add(new RecordedStatement(lines[i], values(result[2]), Integer.parseInt(result[1])));
        }
        return all;
    }

    private static List<Object> values(String json) {
        try {
            List<Object> values = JSON.readValue(json, new TypeReference<>() {});
            values.replaceAll(value -> value instanceof String text ? plain(text) : value);
            return values;
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException(json, fault);
        }
    }

    private static Object plain(String text) {
        return text.startsWith(TIME) ? OffsetDateTime.parse(text.substring(TIME.length()))
                : text.startsWith(DAY) ? LocalDate.parse(text.substring(DAY.length())) : text;
    }

    /** Says it to a database. @return how many rows it changed, or answered with */
    int run(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql)) {
            return statement.execute() ? count(statement.getResultSet()) : statement.getUpdateCount();
        }
    }

    /** Says it to H2. @return how it was carried out, with the number of rows read */
    String plan(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepared(connection, "EXPLAIN ANALYZE " + sql);
             ResultSet answer = statement.executeQuery()) {
            answer.next();
            return answer.getString(1);
        }
    }

    private PreparedStatement prepared(Connection connection, String text) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, values.get(i));
            }
        }
        return statement;
    }

    private static int count(ResultSet answer) throws SQLException {
        int rows = 0;
        while (answer.next()) {
            rows++;
        }
        return rows;
    }

    static RecordedStatement of(String sql, Object[] values, int rows) {
        return new RecordedStatement(sql.replaceAll("\\s*\\R\\s*", " ").strip(), Arrays.asList(values), rows);
    }
}
