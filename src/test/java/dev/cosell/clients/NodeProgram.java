package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A small Node.js program under src/test/clients with packages from npm. It is copied to target/clients and its
 * packages are installed there once for each state of its lock file.
 */
final class NodeProgram {
    private static final String WHAT_IS_MISSING = "The tests need Node.js 18 or newer and npm; on Debian: apt-get "
            + "install nodejs npm";

    /** One case as the program told it. {@code failure} is null when the case passed. */
    record Case(String name, String failure) {
        DynamicTest asTest() {
            return DynamicTest.dynamicTest(name, () -> assertThat(failure).isNull());
        }
    }

    private final Path folder;

    private NodeProgram(Path folder) {
        this.folder = folder;
    }

    /** The program of this name with its packages installed. */
    static NodeProgram installed(String name) {
        Path source = Path.of("src", "test", "clients", name);
        Path folder = Path.of("target", "clients", name);
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            installPackages(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeProgram(folder);
    }

    private static void installPackages(Path folder) throws IOException {
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("installed-lock.json");
        if (Files.exists(installed) && Files.mismatch(lock, installed) < 0) {
            return;
        }
        Files.deleteIfExists(installed);
        // The Salesforce CLI has hundreds of packages, and other tests use the same cores.
        run(folder, 900, "npm.log", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        Files.copy(lock, installed);
    }

    /** Runs {@code run.js} with these arguments and gives what it told about each case. */
    List<Case> cases(String... arguments) {
        String[] command = Stream.concat(Stream.of("node", "run.js"), Arrays.stream(arguments)).toArray(String[]::new);
        List<Case> cases = new ArrayList<>();
        try {
            String output = run(folder, 300, "run.log", command);
            ObjectMapper json = new ObjectMapper();
            for (String line : output.lines().filter(line -> line.startsWith("{")).toList()) {
                JsonNode told = json.readTree(line);
                if (told.has("case")) {
                    cases.add(new Case(told.get("case").asText(),
                            told.hasNonNull("failure") ? told.get("failure").asText() : null));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static String run(Path folder, int seconds, String log, String... command) throws IOException {
        Path errors = folder.resolve(log).toAbsolutePath();
        Path output = folder.resolve("output.log").toAbsolutePath();
        Process process;
        try {
            process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile())
                    .redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            throw new IllegalStateException(WHAT_IS_MISSING, e);
        }
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        String.join(" ", command) + " did not end within " + seconds + " seconds: "
                                + Files.readString(errors) + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue() + ": "
                    + Files.readString(errors) + Files.readString(output));
        }
        return Files.readString(output);
    }
}
