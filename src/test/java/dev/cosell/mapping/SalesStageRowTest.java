package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stage may also tell the sales stage, in whichever spelling the tenant wants. */
class SalesStageRowTest {
    private static final String STATUS = "StageName | status + substatus | statuses | create, update | update | "
            + "partner-center wins\n";

    private static ValueMap map(String values) {
        ValueMap map = new ValueMap();
        map.setUnknownReferralValue("ignore");
        map.setValues(values);
        return map;
    }

    private static CompiledTable table(String second) {
        FieldTable table = new FieldTable();
        table.setRows(STATUS + second);
        return table.compile("salesforceFields", Map.of("statuses", map("Active/Accepted = Qualification, *"),
                "stages",
                map("20 = Qualification\nQualify = Qualification\n40 = Needs Analysis\n10 = Prospecting, *")));
    }

    @Test
    void aStageThatIsOnlyReadMayStandInASecondRow() {
        CompiledTable table = table("StageName | salesStage | stages | - | create, update | crm wins");
        assertThat(table.rows()).extracting(Row::name).containsExactly("StageName", "StageName for salesStage");
        assertThat(table.newReferral(Map.of("StageName", "Needs Analysis"))).containsEntry("salesStage", "40");
        Row row = table.rows().get(1);
        assertThat(row.same(Value.of("Qualify"), Value.of("Qualification"))).as("any spelling is read").isTrue();
    }

    @Test
    void aFieldThatIsWrittenStandsInOneRowOnly() {
        assertThatThrownBy(() -> table("StageName | salesStage | stages | update | create, update | crm wins"))
                .isInstanceOf(MappingFault.class).hasMessageContaining("in row 1 already");
    }
}
