package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What differs between the CRMs stands in their drivers, so that a story is told for a third one as well. */
class DriversTest {
    private static final Pattern ASKS = Pattern
            .compile("equals\\(\"(salesforce|dynamics)\"\\)|\"(salesforce|dynamics)\"\\.equals");

    @Test
    void no_story_asks_which_crm_it_is() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java/dev/cosell/stories"))) {
            List<Path> asking = files.filter(Files::isRegularFile).filter(DriversTest::asks).toList();
            assertThat(asking).isEmpty();
        }
    }

    private static boolean asks(Path file) {
        try {
            return ASKS.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
