package dev.cosell.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** What is shipped. Maven writes it before the tests; {@code ./mvnw process-classes} writes it alone. */
final class Bill {
    private static final Path FILE = Path.of("target/dist/cosell-sync.cdx.json");

    private Bill() {}

    /** Each with a group, a name, a version and licences. */
    static JsonNode components() throws IOException {
        return new ObjectMapper().readTree(FILE.toFile()).path("components");
    }
}
