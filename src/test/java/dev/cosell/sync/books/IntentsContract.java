package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

abstract class IntentsContract extends StateContract {
    @Test
    void theSecondAttemptKnowsOfTheFirst() throws Exception {
        assertThat(new Intents(database, clock).begin("salesforce", "006A")).isFalse();
        reopen();
        assertThat(new Intents(database, clock).begin("salesforce", "006A")).isTrue();
        assertThat(new Intents(database, clock).begin("dynamics", "006A")).isFalse();
    }

    @Test
    void aFinishedAttemptLeavesNothing() {
        Intents intents = new Intents(database, clock);
        intents.begin("salesforce", "006A");
        intents.done("salesforce", "006A");
        assertThat(intents.begin("salesforce", "006A")).isFalse();
    }

    @Test
    void oneOfTwoRacingAttemptsIsTheFirst() throws Exception {
        Intents intents = new Intents(database, clock);
        for (int round = 0; round < 20; round++) {
            String crmId = "006" + round;
            assertThat(race(2, () -> intents.begin("salesforce", crmId))).containsExactlyInAnyOrder(true, false);
        }
    }
}
