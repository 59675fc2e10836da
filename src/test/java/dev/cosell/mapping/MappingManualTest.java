package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/mapping.md names everything an administrator may write into a table. */
class MappingManualTest {
    private final String manual;

    MappingManualTest() throws Exception {
        manual = Files.readString(Path.of("docs/mapping.md"));
    }

    @Test
    void names_every_field_that_can_be_written() {
        for (String group : Set.of("", "customerProfile", "customerProfile.team", "team")) {
            for (String field : ReferralFields.within(group).writable()) {
                assertThat(manual).contains("`" + field + "`");
            }
        }
    }

    @Test
    void names_every_built_in_converter_and_policy() {
        for (String converter : new ConverterNames(name -> null, Set.of(), new Years(1700, 4000)).known()) {
            assertThat(manual).containsPattern("`" + converter + "[`(]");
        }
        for (Wins wins : Wins.values()) {
            assertThat(manual).contains("| `" + wins.word() + "` |");
        }
    }

    @Test
    void shows_the_sentences_of_a_bad_row_as_they_are() {
        FieldTable table = new FieldTable();
        table.setRows("# heading\nName | name | text | create | create | crm wins\n"
                + "Amount | details.dealValu | mony | create | create | crm wins");
        try {
            table.compile("salesforceFields", Map.of());
        } catch (MappingFault fault) {
            assertThat(manual).contains(fault.getMessage());
            return;
        }
        throw new AssertionError("the table was taken");
    }
}
