package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.side;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.FieldTable;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** No side ever ends with the amount of the one in the currency of the other. */
class AmountAndCurrencyTest {
    private static final Set<String> REQUIRED = Set.of("details.dealValue", "details.currency");
    private static final ReferralRules RULES = new PlainReferrals() {
        @Override
        public boolean isAmount(List<String> paths) {
            return paths.contains("details.dealValue");
        }

        @Override
        public boolean isCurrency(List<String> paths) {
            return paths.contains("details.currency");
        }

        @Override
        public boolean required(String path) {
            return REQUIRED.contains(path);
        }

        @Override
        public String refusal(Map<String, Object> referral, String path, Object value) {
            return value == null && required(path) ? "no deal without it" : null;
        }
    };
    private static final String AMOUNT = "Amount | details.dealValue | money | create, update | create, update | ";
    private static final String CURRENCY = "\nCurrency | details.currency | code | create, update | ";
    private static final String CRM_WINS = AMOUNT + "crm wins" + CURRENCY + "create, update | crm wins";
    private static final String PORTAL_WINS = AMOUNT + "partner-center wins" + CURRENCY + "create, update | crm wins";
    private static final String PARK = AMOUNT + "park" + CURRENCY + "create, update | crm wins";
    private static final Stops ALL = new Stops(EnumSet.allOf(Direction.class), Map.of());
    private static final Map<String, Agreed> DOLLARS = agreed("100.00", "100.00", "USD", "USD");

    /** What was last agreed: an amount and a currency in Partner Center and in the CRM. */
    private static Map<String, Agreed> agreed(String amount, String inCrm, String currency, String itsCurrency) {
        return Map.of("Amount", Agreed.on(amount, inCrm), "Currency", Agreed.on(currency, itsCurrency));
    }

    private static Map<String, Object> portal(Integer amount, String currency) {
        Map<String, Object> details = new HashMap<>();
        details.put("dealValue", amount);
        details.put("currency", currency);
        return referral(details);
    }

    private static Map<String, Object> crm(Integer amount, String currency) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Amount", amount);
        fields.put("Currency", currency);
        return opportunity(fields);
    }

    private static Decision decide(String rows, Map<String, Agreed> agreed, Map<String, Object> referral,
            Map<String, Object> opportunity) {
        return decide(rows, agreed, referral, opportunity, Stops.NONE);
    }

    private static Decision decide(String rows, Map<String, Agreed> agreed, Map<String, Object> referral,
            Map<String, Object> opportunity, Stops stops) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        CrmSide side = side(table.compile("test", Map.of()));
        Pair pair = new Pair("crm", hint("crm"), agreed == null ? null : link(agreed), new Referral(referral, RULES),
                Opportunity.of(opportunity, CRM), List.of());
        return PlainDeals.decider(RULES, LeadMode.OFF).decide(pair,
                new CrmSide(side.view(), side.mapping(), true, stops), TimeRules.USUAL.at(Instant.EPOCH));
    }

    private static void toPortal(Decision decision, String amount, String currency) {
        assertThat(decision.referralPatch()).containsOnlyKeys("details.dealValue", "details.currency")
                .containsEntry("details.dealValue", new BigDecimal(amount)).containsEntry("details.currency", currency);
        assertThat(decision.crmPatch()).isEmpty();
    }

    private static void toCrm(Decision decision, String amount, String currency) {
        assertThat(decision.crmPatch()).containsOnlyKeys("Amount", "Currency")
                .containsEntry("Amount", new BigDecimal(amount)).containsEntry("Currency", currency);
        assertThat(decision.referralPatch()).isEmpty();
    }

    private static void nothing(Decision decision) {
        assertThat(decision.crmPatch()).isEmpty();
        assertThat(decision.referralPatch()).isEmpty();
    }

    // ---- both go the way of the one that wins

    /** The amount came from Partner Center and the currency from the CRM: 50,000 dollars were 50,000 euros. */
    @Test
    void an_amount_that_one_side_alone_has_comes_with_its_currency() {
        toCrm(decide(CRM_WINS, null, portal(50000, "USD"), crm(null, "EUR")), "50000.00", "USD");
    }

    @ParameterizedTest
    @CsvSource({"110, EUR, 150, USD", "100, EUR, 150, USD", "120, USD, 100, GBP"})
    void an_amount_and_its_currency_go_the_same_way(int inPortal, String currency, int inCrm, String itsCurrency) {
        Map<String, Object> portal = portal(inPortal, currency);
        Map<String, Object> crm = crm(inCrm, itsCurrency);
        toPortal(decide(CRM_WINS, DOLLARS, portal, crm), inCrm + ".00", itsCurrency);
        toCrm(decide(PORTAL_WINS, DOLLARS, portal, crm), inPortal + ".00", currency);
    }

    @Test
    void where_both_changed_the_currency_the_one_who_alone_changed_the_amount_wins() {
        toCrm(decide(CRM_WINS, DOLLARS, portal(120, "EUR"), crm(100, "GBP")), "120.00", "EUR");
        toPortal(decide(PORTAL_WINS, DOLLARS, portal(100, "EUR"), crm(120, "GBP")), "120.00", "GBP");
    }

    @Test
    void every_value_that_loses_is_named() {
        assertThat(decide(CRM_WINS, DOLLARS, portal(100, "EUR"), crm(150, "USD")).story()).containsExactly(
                "Amount in Partner Center: 100.00 → 150.00",
                "Currency in Partner Center: EUR → USD (an amount and its currency go together; EUR lost)");
        assertThat(decide(CRM_WINS, DOLLARS, portal(120, "USD"), crm(100, "GBP")).story()).containsExactly(
                "Amount in Partner Center: 120.00 → 100.00 (an amount and its currency go together; 120.00 lost)",
                "Currency in Partner Center: USD → GBP");
    }

    /** As after a refusal: what differs and is known as different went into an amount in another currency. */
    @Test
    void a_difference_that_is_known_goes_along_with_a_change_of_the_other_of_the_two() {
        toPortal(decide(CRM_WINS, agreed("100.00", "100.00", "EUR", "USD"), portal(100, "EUR"), crm(150, "USD")),
                "150.00", "USD");
        toCrm(decide(CRM_WINS, agreed("120.00", "100.00", "USD", "USD"), portal(120, "EUR"), crm(100, "USD")),
                "120.00", "EUR");
        nothing(decide(CRM_WINS, agreed("120.00", "100.00", "EUR", "USD"), portal(120, "EUR"), crm(100, "USD")));
    }

    @Test
    void an_amount_that_the_crm_computes_keeps_its_currency() {
        Map<String, Object> withProducts = crm(100, "USD");
        withProducts.put("Products", true);
        toPortal(decide(PORTAL_WINS, DOLLARS, portal(120, "EUR"), withProducts), "100.00", "USD");
    }

    // ---- what waits

    /** The amount went when the direction was released, and its currency was forgotten. */
    @ParameterizedTest
    @CsvSource({"100, EUR, 150, USD", "120, USD, 100, GBP", "120, EUR, 150, USD", "120, EUR, 100, GBP"})
    void an_amount_and_its_currency_that_wait_go_the_same_way_afterwards(int inPortal, String currency, int inCrm,
            String itsCurrency) {
        Map<String, Object> portal = portal(inPortal, currency);
        Map<String, Object> crm = crm(inCrm, itsCurrency);
        for (String rows : List.of(CRM_WINS, PORTAL_WINS)) {
            Decision stopped = decide(rows, DOLLARS, portal, crm, ALL);
            nothing(stopped);
            Decision again = decide(rows, stopped.agreed().rows(), portal, crm, ALL);
            nothing(again);
            Decision released = decide(rows, again.agreed().rows(), portal, crm);
            Decision atOnce = decide(rows, DOLLARS, portal, crm);
            assertThat(released.referralPatch()).isEqualTo(atOnce.referralPatch());
            assertThat(released.crmPatch()).isEqualTo(atOnce.crmPatch());
            assertThat(released.referralPatch().size() + released.crmPatch().size()).as("both").isEqualTo(2);
        }
    }

    @Test
    void an_amount_that_waits_for_the_acceptance_brings_its_currency() {
        Map<String, Object> waiting = portal(100, "EUR");
        waiting.put("status", "New");
        Decision waits = decide(CRM_WINS, DOLLARS, waiting, crm(150, "USD"));
        nothing(waits);
        toPortal(decide(CRM_WINS, waits.agreed().rows(), portal(100, "EUR"), crm(150, "USD")), "150.00", "USD");
    }

    // ---- a side without an amount or a currency

    /** An empty amount won, which no deal takes, so the other side never got the amount that was there. */
    @ParameterizedTest
    @CsvSource({"100.00, , 120, USD, GBP", "100.00, 100.00, 100, EUR, USD", "100.00, , 100, USD, GBP",
        "100.00, 100.00, 100, USD, GBP"})
    void a_side_without_an_amount_never_wins(String before, String beforeOfOther, int amount, String currency,
            String ofOther) {
        for (String rows : List.of(CRM_WINS, PORTAL_WINS, PARK)) {
            toCrm(decide(rows, agreed(before, beforeOfOther, "USD", "USD"), portal(amount, currency),
                    crm(null, ofOther)), amount + ".00", currency);
            toPortal(decide(rows, agreed(beforeOfOther, before, "USD", "USD"), portal(null, ofOther),
                    crm(amount, currency)), amount + ".00", currency);
        }
    }

    @Test
    void an_amount_and_a_currency_that_are_cleared_together_bring_nothing_back() {
        nothing(decide(CRM_WINS, DOLLARS, portal(null, null), crm(100, "USD")));
        nothing(decide(PORTAL_WINS, DOLLARS, portal(100, "USD"), crm(null, null)));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void an_amount_without_a_currency_takes_that_of_the_opportunity_it_joins(String none) {
        Decision decision = decide(CRM_WINS, null, portal(50000, none), crm(null, "GBP"));
        assertThat(decision.crmPatch()).containsOnlyKeys("Amount");
        assertThat(decision.referralPatch()).containsOnlyKeys("details.currency")
                .containsEntry("details.currency", "GBP");
    }

    @Test
    void a_currency_that_stands_in_does_not_overwrite_one_that_somebody_enters() {
        Decision decision = decide(CRM_WINS, agreed("100.00", "100.00", null, "EUR"), portal(100, "USD"),
                crm(150, "EUR"));
        assertThat(decision.referralPatch()).containsOnlyKeys("details.dealValue");
        assertThat(decision.crmPatch()).containsOnlyKeys("Currency").containsEntry("Currency", "USD");
        Decision mirrored = decide(PORTAL_WINS, agreed("100.00", "100.00", "EUR", null), portal(150, "EUR"),
                crm(100, "USD"));
        assertThat(mirrored.crmPatch()).containsOnlyKeys("Amount");
        assertThat(mirrored.referralPatch()).containsOnlyKeys("details.currency");
    }

    // ---- rows of a customer's own

    @ParameterizedTest
    @CsvSource({"120, USD, 100, GBP", "100, EUR, 150, USD", "120, EUR, 100, GBP", "100, EUR, 150, GBP"})
    void an_amount_whose_row_asks_for_a_person_waits_for_one_together_with_its_currency(int inPortal, String currency,
            int inCrm, String itsCurrency) {
        Decision decision = decide(PARK, DOLLARS, portal(inPortal, currency), crm(inCrm, itsCurrency));
        assertThat(decision.situation()).isEqualTo(Situation.UNDECIDED);
        nothing(decision);
    }

    @Test
    void a_currency_that_both_changed_and_whose_row_asks_for_a_person_waits_for_one() {
        String rows = AMOUNT + "crm wins" + CURRENCY + "create, update | park";
        assertThat(decide(rows, DOLLARS, portal(100, "EUR"), crm(150, "GBP")).situation())
                .isEqualTo(Situation.UNDECIDED);
        toPortal(decide(rows, DOLLARS, portal(100, "EUR"), crm(150, "USD")), "150.00", "USD");
    }

    /** It said of each that it was changed in both, and the seller looked for an edit that nobody had made. */
    @ParameterizedTest
    @CsvSource({
        "120, USD, 100, GBP, 'Amount was changed in Partner Center, and Currency in the CRM;', "
                + "'Currency was changed in the CRM, and Amount in Partner Center;'",
        "120, EUR, 150, USD, 'Amount was changed in Partner Center and in the CRM, and Currency in Partner Center;', "
                + "'Currency was changed in Partner Center, and Amount in Partner Center and in the CRM;'"})
    void what_is_asked_of_a_person_names_the_side_that_changed_each(int inPortal, String currency, int inCrm,
            String itsCurrency, String ofAmount, String ofCurrency) {
        String rest = " an amount and its currency go together. Enter the amount and the currency you want in both; "
                + "the sync then continues";
        assertThat(decide(PARK, DOLLARS, portal(inPortal, currency), crm(inCrm, itsCurrency)).problems())
                .extracting(Reason::words).containsExactly(ofAmount + rest, ofCurrency + rest);
    }

    @Test
    void what_is_asked_of_a_person_about_a_row_alone_names_both_sides() {
        assertThat(decide(PARK, DOLLARS, portal(120, "USD"), crm(150, "USD")).problems()).extracting(Reason::words)
                .containsExactly("Amount was changed in Partner Center and in the CRM. Enter the value you want in "
                        + "both; the sync then continues");
    }

    /** The first row with the amount was taken, which shows it only. */
    @Test
    void a_row_that_only_shows_the_amount_decides_nothing_about_the_currency() {
        String shown = "Shown | details.dealValue | money | create, update | - | partner-center wins\n";
        Map<String, Object> crm = crm(150, "USD");
        crm.put("Shown", 100);
        for (String rows : List.of(shown + CRM_WINS, CRM_WINS + "\n" + shown)) {
            toPortal(decide(rows, DOLLARS, portal(100, "EUR"), crm), "150.00", "USD");
        }
    }

    /** It was tied to the amount, and then not sent. */
    @Test
    void a_currency_that_goes_one_way_only_goes_its_own() {
        String rows = AMOUNT + "crm wins" + CURRENCY + "create | crm wins";
        Decision decision = decide(rows, DOLLARS, portal(100, "EUR"), crm(150, "USD"));
        assertThat(decision.referralPatch()).containsOnlyKeys("details.dealValue");
        assertThat(decision.crmPatch()).containsOnlyKeys("Currency").containsEntry("Currency", "EUR");
    }
}
