package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a full disk a consumer was caught in the database for ever, and a SIGTERM waited for it: the process had to be
 * killed.
 */
class StopTest {
    @TempDir
    Path folder;

    /** A program with a part that never closes. */
    static final class Hanging {
        private Hanging() {}

        public static void main(String[] arguments) throws Exception {
            Stop stop = Stop.atShutdown(Duration.ofSeconds(1));
            stop.start(() -> () -> new CountDownLatch(1).await());
            System.out.println("started");
            stop.await();
        }
    }

    @Test
    void a_part_that_hangs_does_not_keep_the_process() throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-cp", System.getProperty("java.class.path"), Hanging.class.getName())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log).contains("started"));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(Files.readString(log)).contains("not everything has stopped within 1 s");
        } finally {
            process.destroyForcibly();
        }
    }
}
