package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.fuzz.Mutator;
import dev.cosell.sandbox.dataverse.DataverseClient;
import dev.cosell.sandbox.dataverse.RunningDataverse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a person has typed stays one literal of a filter, and the stand-in finds by it what has that name. */
class FuzzedFilterTest {
    @RegisterExtension
    static final RunningDataverse DATAVERSE = new RunningDataverse();

    @Test
    void the_stand_in_finds_by_it_what_has_that_name_and_nothing_else() {
        Mutator texts = new Mutator(2, List.of("O'Neill & Sons", "100 % \"sure\"", "C:\\deals\\new", "a+b=c?d#e;f",
                "') or 1 eq 1 or (name eq '", "''"));
        int found = 0;
        while (texts.goesOn()) {
            String name = texts.next().strip();
            DataverseClient.Reply made = DATAVERSE.client().post("accounts", Map.of("name", name), "Prefer",
                    "return=representation");
            if (made.status() == 201) {
                List<Map<String, Object>> rows = DATAVERSE.client().get("accounts?$select=name&$filter=name%20eq%20"
                        + OData.literal(name)).value();
                assertThat(rows).as(name).extracting(row -> row.get("accountid"))
                        .contains(made.json().get("accountid"));
                assertThat(rows).allSatisfy(row -> assertThat(row.get("name").toString())
                        .isEqualToIgnoringCase(name));
                found++;
            }
        }
        assertThat(found).isPositive();
    }
}
