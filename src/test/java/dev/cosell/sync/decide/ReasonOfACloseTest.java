package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What travels to Partner Center with a change of status: the reason with a close only, everything else not before the
 * deal is accepted.
 */
class ReasonOfACloseTest {
    private static final CompiledTable TABLE = table();

    @ParameterizedTest(name = "{0}/{1} to {2}: reason {3}, notes {4}")
    @CsvSource(textBlock = """
            New,    Pending,  Closed Lost, true,  false
            New,    Pending,  Closed Won,  false, true
            New,    Pending,  Open,        false, true
            New,    Pending,  On Hold,     false, false
            Active, Accepted, Closed Lost, true,  true
            Active, Accepted, Closed Won,  false, true
            Active, Accepted, Open,        false, true
            Closed, Lost,     Open,        false, false
            """)
    void travels(String status, String substatus, String stage, boolean reason, boolean notes) {
        Map<String, Object> referral = new LinkedHashMap<>(
                Map.of("id", "r1", "eTag", "\"1\"", "status", status, "substatus", substatus,
                        "externalReferenceId", "crm-1", "details", new HashMap<>()));
        Map<String, Object> opportunity = new LinkedHashMap<>(
                Map.of("Id", "crm-1", "Sync", true, "ReferralId", "r1", "Stage", stage,
                        "Reason", "Customer chose another vendor", "Description", "edited"));
        Link link = Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(agreed(status, substatus)).at("v1", "v1");
        Decision decision = PlainDeals.decider(new PlainReferrals(), LeadMode.OFF)
                .decide(pair(new Hint("crm", "crm-1", null, Hint.Origin.POLL), link,
                referral, opportunity), PlainDeals.side(TABLE), TimeRules.USUAL.at(Instant.EPOCH));

        assertThat(decision.referralPatch().containsKey("statusReason")).isEqualTo(reason);
        assertThat(decision.referralPatch().containsKey("details.notes")).isEqualTo(notes);
    }

    /** A reason that was left in the field is no reason of a win, and nobody is to be told that it does not travel. */
    @Test
    void a_reason_beside_a_win_stays_where_it_is_without_a_word() {
        Map<String, Object> referral = new LinkedHashMap<>(
                Map.of("id", "r1", "eTag", "\"1\"", "status", "Closed", "substatus", "Won",
                        "externalReferenceId", "crm-1", "details", new HashMap<>(Map.of("notes", "edited"))));
        Map<String, Object> opportunity = new LinkedHashMap<>(
                Map.of("Id", "crm-1", "Sync", true, "ReferralId", "r1", "Stage", "Closed Won",
                        "Reason", "Customer chose another vendor", "Description", "edited"));
        Link link = Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(agreed("Closed", "Won")).at("v1", "v1");
        Decision decision = PlainDeals.decider(new PlainReferrals(), LeadMode.OFF)
                .decide(pair(new Hint("crm", "crm-1", null, Hint.Origin.POLL), link,
                        referral, opportunity), PlainDeals.side(TABLE), TimeRules.USUAL.at(Instant.EPOCH));
        assertThat(decision.situation()).isEqualTo(Situation.AGREED);
    }

    private static AgreedValues agreed(String status, String substatus) {
        Map<String, Agreed> agreed = new HashMap<>();
        String both = (status + "/" + substatus).toLowerCase(java.util.Locale.ROOT);
        TABLE.rows().stream().filter(row -> row.name().equals("Stage")).forEach(row -> {
            Object referral = row.normalReferral(dev.cosell.mapping.Value.of(List.of(status, substatus)));
            agreed.put(row.name(), Agreed.on(referral, referral));
        });
        assertThat(agreed.toString().toLowerCase(java.util.Locale.ROOT)).contains(both);
        agreed.put("Reason", Agreed.on(null, null));
        agreed.put("Description", Agreed.on(null, null));
        return new AgreedValues(agreed);
    }

    private static CompiledTable table() {
        FieldTable table = new FieldTable();
        table.setRows("""
                Description | details.notes      | text  | create, update | create, update | crm wins
                Reason      | statusReason       | text  | -              | update         | crm wins
                Stage       | status + substatus | stage | create, update | update         | partner-center wins
                """);
        ValueMap stages = new ValueMap();
        stages.setValues("""
                New/Pending     = On Hold
                Active/Accepted = Open
                Closed/Won      = Closed Won
                Closed/Lost     = Closed Lost
                """);
        return table.compile("test", Map.of("stage", stages));
    }
}
