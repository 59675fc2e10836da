package dev.cosell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.KnownCauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each code has one cause and one row of the page, and there is no row that nobody gives. */
class ErrorsPageTest {
    private static final Pattern GIVEN = Pattern.compile("\"(CS-[^\"]*)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(CS-\\d{3})` \\|.*$");

    private static List<String> inTheSource() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).flatMap(ErrorsPageTest::given).toList();
        }
    }

    private static Stream<String> given(Path file) {
        try {
            return GIVEN.matcher(Files.readString(file)).results().map(found -> found.group(1));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void no_code_is_given_twice_and_none_is_unknown() throws IOException {
        assertThat(inTheSource()).doesNotHaveDuplicates().allMatch(code -> code.matches("CS-\\d{3}"))
                .containsExactlyInAnyOrderElementsOf(KnownCauses.all().keySet());
    }

    @Test
    void every_code_has_its_row_with_its_meaning_and_its_remedy_and_there_is_no_other() throws IOException {
        List<String> rows = KnownCauses.all().values().stream().map(cause -> "| `" + cause.code() + "` | "
                + cause.meaning() + " | " + cause.remedy() + (cause.remedy().isEmpty() ? "|" : " |")).toList();
        assertThat(ROW.matcher(Files.readString(Path.of("docs/errors.md"))).results().map(MatchResult::group))
                .as("rows of docs/errors.md").containsExactlyElementsOf(rows);
    }
}
