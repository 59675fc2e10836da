package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a deal was lost goes to Partner Center with the close, never before it. */
class ReasonTest {
    private final Decider decider = PlainDeals.decider(new PlainReferrals(), LeadMode.OFF);

    private static CompiledTable table() {
        ValueMap stages = new ValueMap();
        stages.setValues("New/Pending = On Hold\nActive/Accepted = Open\nClosed/Lost = Lost");
        FieldTable table = new FieldTable();
        table.setRows("""
                Reason | statusReason       | text  | create, update | update | partner-center wins
                Stage  | status + substatus | stage | create, update | update | partner-center wins
                """);
        return table.compile("fields", name -> name.equals("stage") ? stages : null);
    }

    private Decision decide(String status, String substatus, String base, String stage, Map<String, Agreed> agreed) {
        Map<String, Object> referral = new HashMap<>(
                Map.of("id", "r-1", "eTag", "1", "organizationId", "us", "externalReferenceId", "crm-1",
                        "status", status, "substatus", substatus));
        referral.put("statusReason", null);
        Map<String, Object> opportunity = Map.of("Id", "crm-1", "Version", "1", "Sync", true, "ReferralId", "r-1",
                "Stage", stage, "Reason", "No budget");
        Map<String, Agreed> before = new HashMap<>(agreed);
        before.put("Stage", Agreed.on(status + "/" + substatus, base));
        Link link = Link.of("crm", Ends.deal("r-1", "e-1", "crm-1")).with(new AgreedValues(before));
        return decider.decide(pair(new Hint("crm", "crm-1", null, Hint.Origin.POLL), link, referral, opportunity),
                PlainDeals.side(table()), TimeRules.USUAL.at(Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({"New, Pending, New/Pending", "Active, Accepted, Active/Accepted"})
    void a_reason_travels_together_with_the_close(String status, String substatus, String base) {
        Decision decision = decide(status, substatus, base, "Lost", Map.of("Reason", Agreed.on(null, null)));
        assertThat(decision.referralPatch()).containsEntry("status", "Closed").containsEntry("statusReason",
                "No budget");
    }

    @Test
    void a_reason_on_an_open_deal_waits_and_is_not_forgotten() {
        Decision open = decide("Active", "Accepted", "Active/Accepted", "Open",
                Map.of("Reason", Agreed.on(null, null)));
        assertThat(open.action()).isEqualTo(Action.NOTHING);

        Decision lost = decide("Active", "Accepted", "Active/Accepted", "Lost", open.agreed().rows());
        assertThat(lost.referralPatch()).containsEntry("statusReason", "No budget");
    }
}
