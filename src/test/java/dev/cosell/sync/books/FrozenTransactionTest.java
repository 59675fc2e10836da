package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.verbs.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on one PostgreSQL, of which one stands still between two statements. */
class FrozenTransactionTest {
    private static final String PAUSE = "UPDATE paused_crm SET paused_at = now() WHERE crm = 'salesforce'";

    private Database frozen;
    private Database heir;

    @BeforeEach
    void open() throws Exception {
        String url = ReadyDatabase.postgres();
        frozen = Database.open(url, null, null);
        heir = Database.open(url, null, null);
        frozen.client().sql("INSERT INTO paused_crm (crm, paused_at) VALUES ('salesforce', now())").update();
    }

    @AfterEach
    void close() {
        frozen.close();
        heir.close();
    }

    /** Its rows stayed locked for as long as TCP believed in it, and its records waited on the others. */
    @Test
    void an_instance_that_is_frozen_in_the_middle_of_a_transaction_holds_up_nobody() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch wakes = new CountDownLatch(1);
        CompletableFuture<Integer> standing = CompletableFuture.supplyAsync(() -> StateFaults.classed(
                () -> frozen.inTransaction(statements -> {
                    statements.update(PAUSE);
                    written.countDown();
                    await(wakes);
                    return statements.update(PAUSE);
                })));
        written.await();
        try {
            assertThat(CompletableFuture.supplyAsync(() -> heir.client().sql(PAUSE).update()))
                    .succeedsWithin(Duration.ofSeconds(40)).isEqualTo(1);
        } finally {
            wakes.countDown();
        }
        assertThatThrownBy(standing::join).as("what it does when it wakes up is done again")
                .isInstanceOf(CompletionException.class).hasCauseInstanceOf(Fault.Transient.class);
        assertThat(StateFaults.classed(() -> frozen.client().sql(PAUSE).update())).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
