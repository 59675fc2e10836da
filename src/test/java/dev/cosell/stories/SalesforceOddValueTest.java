package dev.cosell.stories;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Values that the other side cannot take, lived through with Salesforce. */
class SalesforceOddValueTest extends OddValueStories {
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
    protected Names names() {
        return new Names("FirstName", "LastName", "Email", "Phone", "CloseDate");
    }

    @Override
    protected Map<String, Object> contact(Map<String, Object> opportunity) {
        return Api.map(opportunity.get("contact"));
    }
}
