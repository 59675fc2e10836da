package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The setting names the one currency of an organisation, whose administrator has activated several since. */
@InWorld(openedBy = "open")
class SalesforceSeveralCurrenciesTest extends Stories {
    private static World world;

    static World open() {
        return new World(Map.of("salesforce.currency", "USD"), Path.of("routes"),
                ready -> severalCurrencies(ready, false), "salesforce");
    }

    private static void severalCurrencies(World world, boolean several) {
        world.crm().api().post("/sandbox/settings", Map.of("multiCurrency", several));
    }

    /** A hundred thousand euros were shared as dollars, and nobody was told. */
    @Test
    void a_deal_in_a_second_currency_waits_until_the_setting_is_emptied() {
        String first = crm().newOpportunity(Map.of("CurrencyIsoCode", "USD"));
        assertThat(currency(world.referralFor(first))).isEqualTo("USD");
        world.settle();

        severalCurrencies(world, true);
        world.eventually(() -> assertThat(health()).contains("Salesforce has several currencies now",
                "Empty salesforce.currency"));
        String second = crm().newOpportunity(Map.of("CurrencyIsoCode", "EUR", "Amount", 100_000));
        String third = world.newDeal(Map.of("details", Map.of("currency", "USD")));
        World.pause(2000);
        assertThat(world.referralsNaming(second)).isEmpty();
        assertThat(crm().opportunitiesOf(third)).isEmpty();
        assertThat(world.parked()).isEmpty();

        world.restartWith(Map.of("salesforce.currency", ""));
        Map<String, Object> shared = world.referralFor(second);
        assertThat(currency(shared)).isEqualTo("EUR");
        assertThat(world.valueOf(shared)).isEqualByComparingTo("100000");
        assertThat(world.opportunityFor(third)).containsEntry("CurrencyIsoCode", "USD");
        assertThat(currency(world.referral((String) world.referralFor(first).get("id")))).isEqualTo("USD");
        assertThat(health()).doesNotContain("several currencies");
        world.andAgainNothingHappens();

        crm().api().patch("/sandbox/opportunities/" + second, Map.of("CurrencyIsoCode", "USD"));
        world.eventually(() -> assertThat(currency(world.referral((String) shared.get("id")))).isEqualTo("USD"));
        world.settle();
        oneCurrencyAgain();
    }

    @Test
    void what_was_activated_while_the_application_stood_still_is_noticed_before_the_first_sync() {
        world.stopApplication();
        severalCurrencies(world, true);
        String referralId = world.newDeal(Map.of("details", Map.of("currency", "USD")));
        world.start();
        world.eventually(() -> assertThat(health()).contains("several currencies now"));
        World.pause(2000);
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        assertThat(world.parked()).isEmpty();

        oneCurrencyAgain();
        world.opportunityFor(referralId);
        world.andAgainNothingHappens();
    }

    private void oneCurrencyAgain() {
        severalCurrencies(world, false);
        world.restartWith(Map.of("salesforce.currency", "USD"));
    }

    private static Object currency(Map<String, Object> referral) {
        return Api.map(referral.get("details")).get("currency");
    }

    private String health() {
        return new String(new Api(world.settings().number(Key.MANAGEMENT_PORT))
                .raw("GET", "/observe/health", null, Map.of()).body(), StandardCharsets.UTF_8);
    }
}
