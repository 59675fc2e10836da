package dev.cosell.stories;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Values that one side lacks or rounds, lived through with Salesforce. */
class SalesforceValueStoriesTest extends ValueStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(SETTINGS, Path.of("routes"), "salesforce");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    @Override
    protected String amountField() {
        return "Amount";
    }

    @Override
    protected String currency(Map<String, Object> opportunity) {
        return (String) opportunity.get("CurrencyIsoCode");
    }
}
