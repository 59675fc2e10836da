package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Converter;
import dev.cosell.mapping.Demand.Kind;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.ValueMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is needed against what is there, without any call. */
class ComparisonTest {
    private static final Remedies PLAIN = new Remedies() {
        @Override
        public String crm() {
            return "the CRM";
        }

        @Override
        public String missingField(String table, Need need) {
            return "create";
        }

        @Override
        public String wrongType(String table, Need need) {
            return "retype";
        }

        @Override
        public String tooShort(String table, Need need) {
            return "lengthen";
        }

        @Override
        public String notWriteable(String table, Need need) {
            return "permit";
        }

        @Override
        public String missingValue(String table, String field, String value) {
            return "add " + value;
        }
    };

    private static CompiledTable table(String rows, Map<String, Converter> converters) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        return table.compile("fields", converters);
    }

    private static Present field(String name, Kind kind, int length, boolean create, boolean update) {
        return new Present(name, "word", EnumSet.of(kind), length, create, update, null);
    }

    private static List<String> compare(CompiledTable table, Present... there) {
        return new FieldComparison("crm", "Deal", List.of(there), PLAIN).of(Need.of(table, Set.of("solutions")))
                .stream().map(Finding::line).toList();
    }

    @Test
    void aTableThatFitsIsOneLine() {
        CompiledTable table = table("""
                Name      | name                           | text(120) | create | create, update | crm wins
                Amount    | details.dealValue              | money     | create, update | create | crm wins
                CloseDate | details.closingDateTime        | date      | create | create | crm wins
                solutions | details.requirements.solutions | solutions | create | create | crm wins
                """, Map.of());
        assertThat(
                compare(table, field("Name", Kind.TEXT, 120, true, false), field("Amount", Kind.NUMBER, 0, true, true),
                        field("CloseDate", Kind.DATE, 0, true, false)))
                .containsExactly("crm, Deal: its 3 fields are there, fit and may be written");
    }

    @Test
    void everyMisfitIsNamedAtOnce() {
        CompiledTable table = table("""
                Name      | name                    | text(120) | create         | create | crm wins
                Amount    | details.dealValue       | money     | create, update | create | crm wins
                CloseDate | details.closingDateTime | date      | create         | create | crm wins
                """, Map.of());
        assertThat(
                compare(table, field("Name", Kind.TEXT, 80, false, true), field("amount", Kind.NUMBER, 0, true, true)))
                .containsExactly(
                        "crm, Deal.Name: holds 80 characters, but the mapping row Name writes up to 120. lengthen",
                        "crm, Deal.Name: cannot be written into new records by our user, but the mapping row Name "
                                + "writes it. permit",
                        "crm, Deal.Amount: is spelled amount in the CRM; capitals count. Write amount in the mapping "
                                + "row Amount",
                        "crm, Deal.CloseDate: does not exist or is hidden from our user; the mapping row CloseDate "
                                + "names it. create");
    }

    @Test
    void aRowThatOnlyReadsNeedsNoRoomAndNoRights() {
        CompiledTable table = table("Name | name | text(120) | - | create | crm wins", Map.of());
        assertThat(compare(table, field("Name", Kind.TEXT, 80, false, false)))
                .containsExactly("crm, Deal: its field is there and fit");
    }

    @Test
    void theKindOfAValueMapIsThatOfTheValuesItWrites() {
        ValueMap numbers = new ValueMap();
        numbers.setCrmType("integer");
        numbers.setValues("empty = empty\nHigh = 3");
        CompiledTable table = table("Rank | name | ranks | create | create | crm wins", Map.of("ranks", numbers));
        assertThat(compare(table, field("Rank", Kind.TEXT, 10, true, true)))
                .containsExactly(
                        "crm, Deal.Rank: is of the type word, but the mapping row Rank needs a number. retype");
    }

    private static List<String> values(String travel, String map, String... present) {
        ValueMap values = new ValueMap();
        values.setValues(map);
        Row row = table("Stage | status + substatus | stages | " + travel + " | crm wins", Map.of("stages", values))
                .rows().get(0);
        return ValueComparison.of("crm", "Deal", row, List.of(present), PLAIN).stream().map(Finding::line).toList();
    }

    @Test
    void valuesAreComparedInBothDirections() {
        assertThat(values("create | update", "New/Pending = On Hold\nNew/Received = On Hold\nClosed/Won = Won", "won",
                "Dreaming")).containsExactly(
                        "crm, Deal.Stage: has no value \"On Hold\", which the value map writes for New/Pending, "
                                + "New/Received: a deal with it would be parked. add On Hold",
                        "crm, Deal.Stage: has the value \"Dreaming\", which no line of the value map names: a deal "
                                + "with it would be parked."
                                + " Write it into a line of the value map, add * to the line that is to count for all "
                                + "others, or deactivate it in the CRM");
    }

    @Test
    void aStarKnowsEveryValue() {
        assertThat(values("create | update", "Active/Accepted = Open, *\nClosed/Won = Won", "Open", "Won", "Dreaming"))
                .containsExactly("crm, Deal.Stage: its 3 values and the value map fit");
    }

    @Test
    void aRowThatOnlyGoesToTheCrmMayMeetValuesItDoesNotKnow() {
        assertThat(values("create | -", "Closed/Won = Won", "Won", "Dreaming"))
                .containsExactly("crm, Deal.Stage: its 2 values and the value map fit");
    }
}
