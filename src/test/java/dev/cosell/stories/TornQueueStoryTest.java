package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The journal of the queue is cut off while the application is down, as after a power loss. */
@InWorld("salesforce")
class TornQueueStoryTest {
    private static final int HEADER = 16;
    private static World world;

    @Test
    void a_backfill_never_ended_whose_hints_were_lost_with_the_journal() throws Exception {
        String referralId = world.newDeal(Map.of());
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.firstReadsAreOver();
        world.pauseSync();
        world.pausePolls(world.crm());
        world.crm().changeValue(crmId, 77_000);
        Object id = job().act("/api/backfill", Map.of("source", "salesforce")).get("id");
        world.eventually(() -> assertThat(job().now(id)).containsEntry("phase", "RUNNING").containsEntry("handed", 1));
        int writes = writes();

        world.stopApplication();
        tear();
        world.start();
        world.resumeSync();

        world.eventually(() -> assertThat(job().now(id)).containsEntry("phase", "DONE").containsEntry("done", 1));
        assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("77000");
        world.settle();
        assertThat(writes()).as("written once").isEqualTo(writes + 1);
        world.andAgainNothingHappens();
    }

    private static BackfillJob job() {
        return new BackfillJob(world);
    }

    private static int writes() {
        return (Integer) world.partnerCenter().get("/sandbox/stats").get("writes");
    }

    private static void tear() throws IOException {
        Path journal = world.settings().path(Key.DATA_DIRECTORY).resolve("queue").resolve("journal");
        try (Stream<Path> all = Files.list(journal)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".amq")).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(HEADER);
                }
            }
        }
    }
}
