package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code ./cosell format}, for people and for pipelines. */
class FormatTest {
    private static final String IN_ORDER = """
            # On top.
            - beans:
                - name: fields
                  type: dev.cosell.mapping.FieldTable
                  properties:
                    rows: |
                      # CRM field | Partner Center field | converter | to the CRM     | to Partner Center | if both changed
                      # A word about the next row: it stays | where it is.
                      Name        | name                 | text(120) | create, update | create            | crm wins

                      # Größe__c  | details.notes        | text(9)   | -              | -                 | park
                # Between the beans.
                - name: stages
                  type: dev.cosell.mapping.ValueMap
                  properties: # flow style would do, too
                    crmType: text
                    values: |
                      Active/Accepted = Open, *
                      # "Closed" is closed
                      Closed/Won      = Closed

            - route: { id: r, from: { uri: "direct:r", steps: [] } }
            """;

    @TempDir
    Path folder;
    private final StringWriter told = new StringWriter();

    private int format(Object... arguments) {
        List<String> line = new ArrayList<>(List.of("format"));
        for (Object argument : arguments) {
            line.add(argument.toString());
        }
        PrintWriter writer = new PrintWriter(told);
        return new CommandLine(new Commands()).setOut(writer).setErr(writer).execute(line.toArray(String[]::new));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("mapping-salesforce.camel.yaml"), text);
    }

    @Test
    void the_files_under_routes_are_in_order() {
        assertThat(format("--check")).as(told.toString()).isZero();
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void what_is_in_order_stays_as_it_is() throws IOException {
        Path file = file(IN_ORDER);
        assertThat(format(file)).isZero();
        assertThat(file).hasContent(IN_ORDER);
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void a_folded_table_gets_its_rows_and_columns_back() throws IOException {
        String folded = """
                # On top.
                - beans:
                    - name: fields
                      type: dev.cosell.mapping.FieldTable
                      properties:
                        rows: >
                          # CRM field | Partner Center field | converter | to the CRM
                          | to Partner Center | if both changed

                          # A word about the next row: it stays | where it is.

                          Name |
                          name | text(120)    | create, update | create |
                          crm wins


                          # Größe__c | details.notes | text(9) | - | - | park
                    # Between the beans.
                    - name: stages
                      type: dev.cosell.mapping.ValueMap
                      properties: # flow style would do, too
                        crmType: text
                        values: "Active/Accepted = Open, *\\n# \\"Closed\\" is closed\\nClosed/Won      = Closed\\n"

                - route: { id: r, from: { uri: "direct:r", steps: [] } }
                """;
        Path file = file(folded);
        assertThat(format("--check", file)).isEqualTo(1);
        assertThat(told.toString()).contains(file.toString()).contains("./cosell format");
        assertThat(file).as("only checked").hasContent(folded);

        assertThat(format(file)).isZero();
        assertThat(Files.readString(file)).isEqualTo(IN_ORDER);
        assertThat(format("--check", file)).as("and again: nothing happens").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- beans: [", "\t- beans", ""})
    void what_is_no_yaml_is_named_and_left_alone(String text) throws IOException {
        Path file = file(text);
        assertThat(format(file)).isEqualTo(text.isEmpty() ? 0 : 2);
        assertThat(told.toString()).contains(text.isEmpty() ? "" : file.toString());
        assertThat(file).hasContent(text);
        assertThat(format(folder.resolve("not-there.yaml"))).isEqualTo(2);
    }
}
