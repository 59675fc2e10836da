package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Microsoft's answers as a seller in Salesforce sees them. */
class SalesforceAnswerTest extends AnswerStories {
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
    protected Words words() {
        return new Words("Microsoft_Status__c", "Microsoft_Sellers__c", "Microsoft_CRM_Identifier__c", "Sync_with_Partner_Center__c");
    }
}
