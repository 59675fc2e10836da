package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    private static final int ENOUGH = 300;

    @TempDir
    Path directory;

    /** The process that is killed: commits links for ever and tells each one that is committed. */
    static final class Committer {
        private Committer() {}

        public static void main(String[] path) {
            LinkStore links = links(Database.open(Database.h2(path[0]), null, null));
            for (int number = 0; number < Integer.MAX_VALUE; number++) {
                String id = String.valueOf(number);
                links.finish(new Finished(Link.of("salesforce", Ends.deal(id, null, id)).at("1", "1"), null,
                        List.of(key(id))));
                System.out.println("committed " + id);
            }
        }
    }

    private static String key(String id) {
        return SeenVersions.key("salesforce", "salesforce", id, "1");
    }

    private static LinkStore links(Database database) {
        return new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC());
    }

    @Test
    void everyAcknowledgedCommitSurvivesTheDeathOfTheProcess() throws Exception {
        String path = directory.resolve("cosell").toString();
        List<String> committed = commitUntilKilled(path);

        try (Database database = Database.open(Database.h2(path), null, null)) {
            LinkStore links = links(database);
            SeenVersions seen = new SeenVersions(database, Clock.systemUTC());
            assertThat(committed).hasSizeGreaterThanOrEqualTo(ENOUGH)
                    .allMatch(id -> links.findByReferral("salesforce", id).isPresent())
                    .allMatch(id -> seen.contains(key(id)));
        }
    }

    private List<String> commitUntilKilled(String path) throws Exception {
        Path told = directory.resolve("told");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Committer.class.getName(), path)
                .redirectErrorStream(true).redirectOutput(told.toFile()).start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> committed(told).size() >= ENOUGH);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return committed(told);
    }

    private static List<String> committed(Path told) throws IOException {
        String whole = Files.readString(told);
        return whole.substring(0, whole.lastIndexOf('\n') + 1).lines().filter(line -> line.startsWith("committed "))
                .map(line -> line.substring("committed ".length())).toList();
    }
}
