package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.mapping.text.MappingText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The files under routes/, opened and saved in Kaoto, a visual editor that people use for Camel's routes. It folds what
 * is wider than 80 columns.
 */
class KaotoTest {
    @TempDir
    static Path saved;

    @BeforeAll
    static void openAndSave() {
        assertThat(
                NodeProgram.installed("kaoto").cases(Path.of("routes").toAbsolutePath().toString(), saved.toString()))
                .hasSizeGreaterThan(10);
    }

    static Stream<String> files() {
        return ShippedRoutes.files().stream().map(file -> file.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void what_kaoto_saves_means_the_same_before_and_after_format(String file) throws IOException {
        Object shipped = data(Files.readString(Path.of("routes", file)));
        String text = Files.readString(saved.resolve(file));
        assertThat(data(text)).isEqualTo(shipped);
        assertThat(data(new MappingText(text).formatted())).isEqualTo(shipped);
    }

    /** Camel takes 66.0 and 01067 as they stand there, and Kaoto makes numbers of them. */
    @ParameterizedTest
    @MethodSource("files")
    void no_value_looks_like_a_number_that_kaoto_writes_anew(String file) throws IOException {
        assertThat(texts(Files.readString(saved.resolve(file))))
                .isEqualTo(texts(Files.readString(Path.of("routes", file))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_table_is_as_it_was_after_format(String file) throws IOException {
        List<String> shipped = blocks(Files.readString(Path.of("routes", file)));
        assertThat(blocks(new MappingText(Files.readString(saved.resolve(file))).formatted())).isEqualTo(shipped);
    }

    @Test
    void a_row_of_a_folded_table_is_told_by_the_line_in_which_it_begins() throws IOException {
        for (String crm : List.of("salesforce", "dynamics")) {
            String text = Files.readString(saved.resolve("mapping-" + crm + ".camel.yaml"));
            assertThat(text).contains("rows: >");
            assertThat(rows(text)).isNotEmpty().allSatisfy((table, rows) -> {
                for (int row = 1; row <= rows.size(); row++) {
                    OptionalInt line = new MappingText(text).line(table, row);
                    String first = rows.get(row - 1).split("[| ]")[0];
                    assertThat(text.lines().toList().get(line.orElseThrow() - 1).strip()).as(table + " row " + row)
                            .startsWith(first);
                }
            });
        }
    }

    /** The property rows of each bean, by line. */
    private static Map<String, List<String>> rows(String text) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Object element : (List<?>) data(text)) {
            for (Object bean : (List<?>) ((Map<?, ?>) element).get("beans")) {
                Object properties = ((Map<?, ?>) bean).get("properties");
                if (properties instanceof Map<?, ?> map && map.get("rows") instanceof String table) {
                    rows.put(String.valueOf(((Map<?, ?>) bean).get("name")), table.lines().toList());
                }
            }
        }
        return rows;
    }

    private static Object data(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /** The same with each value as the text that stands in the file. */
    private static Object texts(String text) {
        return new Load(LoadSettings.builder().setSchema(new FailsafeSchema()).build()).loadFromString(text);
    }

    /** The lines of each table and value map as they stand in the file. */
    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        boolean within = false;
        for (String line : text.lines().toList()) {
            within = line.matches(" +(rows|values): [|]") || within && line.startsWith("          ");
            if (within) {
                blocks.add(line);
            }
        }
        return blocks;
    }
}
