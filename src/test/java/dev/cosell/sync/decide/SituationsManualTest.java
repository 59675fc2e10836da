package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's table of situations has a row for each, with the action that follows, and none for others. */
class SituationsManualTest {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| ([a-z ]+) \\| .+ \\|");

    @Test
    void each_situation_has_one_row_with_its_action() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/operations.md"));
        int head = lines.indexOf("| situation | action | meaning |");
        assertThat(head).as("the table of situations").isPositive();
        List<String> rows = lines.subList(head + 2, lines.size()).stream().takeWhile(line -> line.startsWith("|"))
                .map(line -> ROW.matcher(line)).peek(row -> assertThat(row.matches()).isTrue())
                .map(row -> row.group(1) + ": " + row.group(2)).toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(Arrays.stream(Situation.values())
                .map(situation -> situation + ": "
                        + situation.action().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList());
    }
}
