package dev.cosell.mapping.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts the columns of a field table under each other. */
final class Columns {
    private static final int NUMBER = 6;

    private Columns() {}

    /** Rows, the heading and rows behind a {@code #} are aligned; other lines stay as they are. */
    static List<String> aligned(List<String> lines) {
        int[] widths = new int[NUMBER];
        for (String line : lines) {
            List<String> cells = cells(line);
            for (int i = 0; cells.size() == NUMBER && i < NUMBER; i++) {
                widths[i] = Math.max(widths[i], width(cells.get(i)));
            }
        }
        return lines.stream().map(line -> aligned(line, widths)).toList();
    }

    private static String aligned(String line, int[] widths) {
        List<String> cells = new ArrayList<>(cells(line));
        if (cells.size() != NUMBER) {
            return line;
        }
        for (int i = 0; i < NUMBER; i++) {
            cells.set(i, cells.get(i) + " ".repeat(widths[i] - width(cells.get(i))));
        }
        return String.join(" | ", cells).stripTrailing();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
