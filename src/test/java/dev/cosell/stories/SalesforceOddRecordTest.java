package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Odd records, lived through with Salesforce. */
class SalesforceOddRecordTest extends OddRecordStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World("salesforce");
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
    protected OddRecords odd() {
        return new SalesforceOddRecords((SalesforceDriver) crm());
    }

    @Override
    protected void delete(String crmId) {
        crm().api().delete("/sandbox/opportunities/" + crmId);
    }
}
