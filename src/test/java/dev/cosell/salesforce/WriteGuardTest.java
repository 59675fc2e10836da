package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Writes.Update;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the condition of a write names beside a stamp that tells seconds only. */
class WriteGuardTest {
    private final WriteGuard guard = new WriteGuard(new OpportunityQuery(new SalesforceFields("Sync__c", "Id__c",
            "Link__c", "Audit__c", "Solution__c", "Solutions__r", "Solution_ID__c", "Opportunity__c"), Set::of, Set::of,
            Set::of));
    private final Map<String, Object> current = new HashMap<>(Map.of("StageName", "Prospecting", "Name", "Cranes",
            "Seats__c", new BigDecimal("12"), "Urgent__c", true, "Description", "long", "Sync__c", true));

    @Test
    void numbersCheckboxesAndShortTextsThatAreWrittenAreNamed() {
        Map<String, Object> patch = Map.of("Seats__c", 13, "Name", "Cranes 2", "Description", "longer");
        assertThat(guard.soql(new Update("0068d0000000001AAA", "2026-02-04T11:00:00.000+0000#a", patch, current)))
                .contains("Seats__c = 12").contains("Name = 'Cranes'").contains("StageName = 'Prospecting'")
                .doesNotContain("Description");
    }

    @Test
    void aLongTextAndAnEmptyFieldOfTheOrganisationsOwnAreNotCovered() {
        current.put("Reason__c", null);
        current.put("CloseDate", null);
        assertThat(WriteGuard.covers(current, List.of("Seats__c", "Urgent__c", "StageName", "CloseDate"))).isTrue();
        assertThat(WriteGuard.covers(current, List.of("Description"))).isFalse();
        assertThat(WriteGuard.covers(current, List.of("Reason__c"))).isFalse();
        assertThat(WriteGuard.covers(current, List.of("Amount"))).as("was not read").isFalse();
    }

    /** We keep it with an invisible character and read it without, so a condition on what was read never holds. */
    @Test
    void aTextThatSalesforceWouldTakeForAReferenceStoppedEveryWriteOfItsField() {
        current.put("Name", "Cranes @{account.id}");
        Update update = new Update("0068d0000000001AAA", "2026-02-04T11:00:00.000+0000#a", Map.of("Name", "x"), current);
        assertThat(guard.soql(update)).doesNotContain("Cranes").contains("StageName = 'Prospecting'");
        assertThat(WriteGuard.covers(current, List.of("Name"))).isFalse();
    }
}
