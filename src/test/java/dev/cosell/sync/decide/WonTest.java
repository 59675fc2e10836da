package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a deal was won with, beside a currency in which the two sides differ. */
class WonTest {
    private static final ReferralRules RULES = new PlainReferrals() {
        @Override
        public boolean isAmount(List<String> paths) {
            return paths.contains("details.dealValue");
        }

        @Override
        public boolean isCurrency(List<String> paths) {
            return paths.contains("details.currency");
        }
    };
    private static final String ROWS = """
            Amount   | details.dealValue  | money | create, update | create, update | newest wins
            Currency | details.currency   | code  | create, update | %s             | newest wins
            Stage    | status + substatus | stage | create, update | update         | partner-center wins
            """;
    private static final CompiledTable WON = table("Actual | details.dealValue | money | - | update | crm wins");

    private static CompiledTable table(String rows) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        ValueMap stages = new ValueMap();
        stages.setValues("""
                Active/Accepted = Open
                Closed/Won      = Closed Won
                """);
        return table.compile("test", Map.of("stage", stages));
    }

    /** A deal of 100 dollars that the CRM has won with 150 dollars. */
    private static Decision won(boolean readOnly, String currencyToPortal, int inPortal, String currency) {
        Map<String, Agreed> agreed = PlainDeals.agreedStatus("Active", "Accepted", "Open");
        agreed.putAll(Map.of("Amount", Agreed.on("100.00", "100.00"), "Currency", Agreed.on("USD", "USD")));
        Map<String, Object> details = new HashMap<>(Map.of("dealValue", inPortal, "currency", currency));
        Map<String, Object> fields = new HashMap<>(Map.of("Stage", "Closed Won", "Amount", 100, "Currency", "USD",
                "Actual", 150, "ReadOnly", readOnly));
        Map<String, Object> referral = referral(details);
        referral.put("updatedDateTime", "2026-05-05T00:00:00Z");
        Pair pair = new Pair("crm", hint("crm"), link(agreed), new Referral(referral, RULES),
                Opportunity.of(opportunity(fields), CRM), List.of());
        CrmMapping of = SIDE.mapping();
        CrmMapping mapping = new CrmMapping(table(ROWS.formatted(currencyToPortal)), of.account(), of.contact(),
                of.lead(), null, WON, "m1");
        return PlainDeals.decider(RULES, LeadMode.OFF).decide(pair, new CrmSide(CRM, mapping, true, Stops.NONE),
                TimeRules.USUAL.at(Instant.EPOCH));
    }

    /** The 150 dollars of the seller became 150 euros. */
    @ParameterizedTest
    @CsvSource({"false, 100", "false, 200", "true, 100", "true, 200"})
    void a_deal_that_was_won_while_the_portal_changed_its_currency_kept_that_one(boolean readOnly, int inPortal) {
        Decision decision = won(readOnly, "create, update", inPortal, "EUR");
        assertThat(decision.referralPatch()).containsEntry("substatus", "Won")
                .containsEntry("details.dealValue", new BigDecimal("150.00")).containsEntry("details.currency", "USD");
        assertThat(decision.crmPatch()).isEmpty();
        assertThat(decision.story()).containsOnlyOnce(
                "Actual in Partner Center: " + inPortal + ".00 → 150.00, because the deal is won with it",
                "Currency in Partner Center: EUR → USD (an amount and its currency go together; EUR lost)");
        assertThat(decision.story()).noneMatch(sentence -> sentence.contains("in the CRM"));
        assertThat(decision.problems()).extracting(Reason::words).noneMatch(why -> why.contains("stays different"));
        assertThat(decision.written()).containsOnlyOnce("Currency", "Amount");
        assertThat(decision.situation()).isEqualTo(Situation.CONFLICT);
    }

    @Test
    void a_deal_that_is_won_in_the_currency_that_both_show_changes_its_amount_alone() {
        Decision decision = won(true, "create, update", 100, "USD");
        assertThat(decision.referralPatch()).containsEntry("details.dealValue", new BigDecimal("150.00"))
                .doesNotContainKey("details.currency");
        assertThat(decision.situation()).isEqualTo(Situation.CHANGED);
    }

    @Test
    void a_currency_that_does_not_travel_to_partner_center_keeps_its_own_way() {
        Decision decision = won(false, "create", 100, "EUR");
        assertThat(decision.referralPatch()).doesNotContainKey("details.currency");
        assertThat(decision.crmPatch()).containsEntry("Currency", "EUR");
    }
}
