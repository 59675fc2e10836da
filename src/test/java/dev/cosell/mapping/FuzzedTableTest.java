package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.fuzz.Mutator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever an editor leaves behind in a mapping file is a table or a fault that names the row. */
class FuzzedTableTest {
    private static final String TABLE = """
            # Salesforce field | Partner Center field | converter | to Salesforce | to Partner Center | if both changed
            Name | name | dealName(120) | create | create, update | crm wins
            Amount | details.dealValue | money | create, update | create, update | crm wins
            CloseDate | details.closingDateTime | date(90) | create, update | create, update | crm wins
            Description | details.notes | text(32000) | create, update | create, update | newest wins
            """;

    @Test
    void whatever_stands_there_is_a_table_or_a_fault_of_ours() {
        Mutator tables = new Mutator(4, List.of(TABLE));
        int faulty = 0;
        int right = 0;
        while (tables.goesOn()) {
            FieldTable table = new FieldTable();
            String rows = tables.next();
            table.setRows(rows);
            try {
                table.compile("salesforceFields", Map.of());
                right++;
            } catch (MappingFault told) {
                assertThat(told.getMessage()).isNotBlank();
                faulty++;
            } catch (RuntimeException fault) {
                throw new AssertionError("neither a table nor a fault of ours: " + rows, fault);
            }
        }
        assertThat(faulty).isPositive();
        assertThat(right).isPositive();
    }
}
