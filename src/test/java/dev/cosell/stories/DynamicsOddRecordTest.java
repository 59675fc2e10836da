package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Odd records, lived through with Dynamics 365. */
class DynamicsOddRecordTest extends OddRecordStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World("dynamics");
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
        return new DynamicsOddRecords((DynamicsDriver) crm());
    }

    @Override
    protected void delete(String crmId) {
        new DynamicsOddRecords((DynamicsDriver) crm()).remember(crmId);        crm().api().delete("/sandbox/opportunities/" + crmId);
    }
}
