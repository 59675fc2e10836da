package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** Amounts, dates and currencies that one side lacks, cannot clear, or cannot hold to the last decimal. */
@WithSettings("missing-currency=EUR")
abstract class ValueStories extends Stories {
    /** API name of the amount. */
    protected abstract String amountField();

    /** ISO code of an opportunity's currency. */
    protected abstract String currency(Map<String, Object> opportunity);

    private Object detail(String referralId, String name) {
        return Api.map(world().referral(referralId).get("details")).get(name);
    }

    private void portal(String referralId, String name, Object value) {
        Map<String, Object> details = new HashMap<>();
        details.put(name, value);
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", details));
    }

    private String dealWith(String name, Object value) {
        Map<String, Object> details = new HashMap<>();
        details.put(name, value);
        return world().newDeal(Map.of("details", details));
    }

    private String joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return crmId;
    }

    protected void change(String crmId, String field, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(field, value);
        crm().api().patch("/sandbox/opportunities/" + crmId, fields);
    }

    private void toldOnce(String crmId, String words) {
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(crmId))).contains(words));
        world().andAgainNothingHappens();
        assertThat(crm().audit(crm().opportunity(crmId))).containsOnlyOnce(words);
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    // ---- what the referral lacks
    // -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @NullAndEmptySource
    void a_deal_without_a_closing_date_gets_one_that_stands_in_and_never_goes_back(String none) {
        String referralId = dealWith("closingDateTime", none);
        String crmId = joined(referralId);
        String standIn = LocalDate.now(ZoneOffset.UTC).plusDays(90).toString();
        assertThat(crm().closeDate(crm().opportunity(crmId))).isEqualTo(standIn);
        toldOnce(crmId, "no closing date in Partner Center, so " + standIn + " is used");
        crm().changeValue(crmId, 51000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("51000"));
        assertThat(detail(referralId, "closingDateTime")).isEqualTo(none);

        portal(referralId, "closingDateTime", "2027-08-31T00:00:00Z");
        world().eventually(() -> assertThat(crm().closeDate(crm().opportunity(crmId))).isEqualTo("2027-08-31"));
        world().andAgainNothingHappens();
    }

    /** The amount came from Partner Center and the currency from the CRM, so 50,000 dollars were 50,000 pounds. */
    @Test
    void the_amount_of_a_deal_that_joins_an_opportunity_without_one_keeps_its_currency() {
        Map<String, Object> fields = new HashMap<>(crm().shared(false));
        fields.put(amountField(), null);
        String crmId = crm().newOpportunity(fields);
        assertThat(currency(crm().opportunity(crmId))).isEqualTo("GBP");
        String referralId = world().newDeal(Map.of("externalReferenceId", crmId, "details",
                Map.of("dealValue", 50000, "currency", "USD")));
        change(crmId, crm().shared(true).keySet().iterator().next(), true);
        world().eventually(() -> assertThat(currency(crm().opportunity(crmId))).isEqualTo("USD"));
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("50000");
        world().andAgainNothingHappens();
        assertThat(detail(referralId, "currency")).isEqualTo("USD");
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    /** Of the opportunity, whose amount was empty, both were taken, and no deal takes an empty one. */
    @ParameterizedTest
    @NullAndEmptySource
    void the_amount_of_a_deal_that_joins_takes_the_currency_of_the_opportunity_where_it_has_none(String none) {
        Map<String, Object> fields = new HashMap<>(crm().shared(false));
        fields.put(amountField(), null);
        String crmId = crm().newOpportunity(fields);
        Map<String, Object> details = new HashMap<>(Map.of("dealValue", 50000));
        details.put("currency", none);
        String referralId = world().newDeal(Map.of("externalReferenceId", crmId, "details", details));
        change(crmId, crm().shared(true).keySet().iterator().next(), true);
        world().eventually(() -> assertThat(crm().opportunity(crmId).get(amountField())).isNotNull());
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("50000");
        world().andAgainNothingHappens();
        assertThat(detail(referralId, "currency")).isEqualTo("GBP");
        assertThat(currency(crm().opportunity(crmId))).isEqualTo("GBP");
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    /** The amount went when the deal was accepted, and its currency was forgotten: 61,000 dollars were 61,000 euros. */
    @Test
    void an_amount_that_waits_until_the_deal_is_accepted_brings_its_currency() {
        String referralId = (String) world().partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id");
        String crmId = crm().id(world().opportunityFor(referralId));
        world().settle();
        String before = currency(crm().opportunity(crmId));
        assertThat(before).isNotEqualTo("EUR");
        world().pauseSync();
        crm().changeValue(crmId, 61000);
        portal(referralId, "currency", "EUR");
        world().resumeSync();
        world().settle();
        assertThat(detail(referralId, "currency")).isEqualTo("EUR");
        assertThat(currency(crm().opportunity(crmId))).isEqualTo(before);

        crm().work(crmId);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("61000"));
        assertThat(detail(referralId, "currency")).isEqualTo(before);
        world().andAgainNothingHappens();
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("61000");
        assertThat(currency(crm().opportunity(crmId))).isEqualTo(before);
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void a_deal_without_a_currency_gets_the_one_of_the_settings_and_not_that_of_the_crm(String none) {
        String referralId = dealWith("currency", none);
        String crmId = joined(referralId);
        assertThat(currency(crm().opportunity(crmId))).isEqualTo("EUR");
        toldOnce(crmId, "no currency in Partner Center, so EUR is used");
        assertThat(detail(referralId, "currency")).isEqualTo(none);

        portal(referralId, "currency", "USD");
        world().eventually(() -> assertThat(currency(crm().opportunity(crmId))).isEqualTo("USD"));
        world().andAgainNothingHappens();
    }

    // ---- what is cleared
    // ---------------------------------------------------------------------------------------------------

    @Test
    void an_amount_that_is_cleared_in_the_crm_stays_in_partner_center_until_there_is_another() {
        String referralId = world().newDeal(Map.of());
        String crmId = joined(referralId);
        Object before = detail(referralId, "dealValue");
        change(crmId, amountField(), null);
        toldOnce(crmId, amountField() + " stays different");
        assertThat(detail(referralId, "dealValue")).isEqualTo(before);

        crm().changeValue(crmId, 52000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("52000"));
        world().andAgainNothingHappens();
    }

    @Test
    void what_is_cleared_in_partner_center_stays_in_the_crm_until_there_is_another() {
        String referralId = world().newDeal(Map.of());
        String crmId = joined(referralId);
        Map<String, Object> before = crm().opportunity(crmId);
        portal(referralId, "closingDateTime", null);
        portal(referralId, "dealValue", null);
        portal(referralId, "currency", null);
        toldOnce(crmId, amountField() + " stays different");
        assertThat(crm().opportunity(crmId)).containsEntry(amountField(), before.get(amountField()));
        assertThat(crm().closeDate(crm().opportunity(crmId))).isEqualTo(crm().closeDate(before));
        assertThat(currency(crm().opportunity(crmId))).isEqualTo(currency(before));

        portal(referralId, "dealValue", 53000);
        world().eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("53000"));
        world().andAgainNothingHappens();
    }

    // ---- what is rounded
    // ---------------------------------------------------------------------------------------------------

    @Test
    void a_dinar_keeps_its_third_decimal_on_both_sides_and_nobody_writes_it_back() {
        String referralId = world()
                .newDeal(Map.of("details", Map.of("dealValue", new BigDecimal("1234.567"), "currency", "KWD")));
        String crmId = joined(referralId);
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("1234.567");
        assertThat(currency(crm().opportunity(crmId))).isEqualTo("KWD");
        change(crmId, amountField(), new BigDecimal("1234.568"));
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("1234.568"));
        portal(referralId, "dealValue", new BigDecimal("1234.562"));
        world().eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("1234.562"));
        world().andAgainNothingHappens();
        assertThat(world().auditSituations(crmId)).doesNotContain("CONFLICT", "REFUSED");
    }

    @Test
    void a_third_decimal_that_the_currency_does_not_have_is_rounded_by_the_crm_and_stays_exact_in_partner_center() {
        String referralId = world()
                .newDeal(Map.of("details", Map.of("dealValue", new BigDecimal("1234.567"), "currency", "USD")));
        String crmId = joined(referralId);
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("1234.57");
        world().andAgainNothingHappens();
        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("1234.567");
    }

    @Test
    void an_amount_that_the_crm_rounds_to_its_currency_stays_exact_in_partner_center() {
        String referralId = world()
                .newDeal(Map.of("details", Map.of("dealValue", new BigDecimal("1234.56"), "currency", "JPY")));
        String crmId = joined(referralId);
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("1235");
        world().andAgainNothingHappens();
        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("1234.56");

        portal(referralId, "dealValue", new BigDecimal("2234.56"));
        world().eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("2235"));
        portal(referralId, "dealValue", new BigDecimal("2234.70"));
        world().andAgainNothingHappens();
        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("2234.70");
        assertThat(crm().audit(crm().opportunity(crmId))).as("2234.70 is what the CRM shows").doesNotContain("2234.70");

        crm().changeValue(crmId, 3000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("3000"));
        world().andAgainNothingHappens();
    }
}
