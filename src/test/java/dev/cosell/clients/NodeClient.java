package dev.cosell.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A client library of the npm registry with a script that uses it. Works in a copy under {@code target/clients}; packages are
 * installed there once for each state of the lock file. The script tells each of its cases as one line of JSON with a name and, when
 * it failed, a {@code failure}.
 */
final class NodeClient {
    /** @param failure null when the case went well */
    record Outcome(String name, String failure) {}

    private static final String INSTALLED = ".installed";

    private final Path source;
    private final Path work;

    /** @param name folder under {@code src/test/clients} */
    NodeClient(String name) {
        source = Path.of("src/test/clients", name);
        work = Path.of("target/clients", name);
    }

    /** Installs what is missing and runs {@code main.mjs}. */
    List<Outcome> run(String... arguments) {
        try {
            copy();
            install();
            List<String> command = new ArrayList<>(List.of("node", "main.mjs"));
            command.addAll(Arrays.asList(arguments));
            return outcomes(start(command, 120));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy() throws IOException {
        Files.createDirectories(work);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, work.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void install() throws IOException {
        String lock = Files.readString(source.resolve("package-lock.json"));
        Path installed = work.resolve(INSTALLED);
        if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
            return;
        }
        start(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), 180);
        Files.writeString(installed, lock);
    }

    /** What the program printed. */
    private List<String> start(List<String> command, int seconds) throws IOException {
        Path output = work.resolve("output.txt");
        Path errors = work.resolve("errors.txt");
        Process process;
        try {
            process = new ProcessBuilder(command).directory(work.toFile()).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new AssertionError("'" + command.get(0) + "' cannot be started; install Node.js 18 or newer with npm, on Debian the packages nodejs "
                    + "and npm", e);
        }
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + (ended ? " failed: " : " did not end in time: ")
                        + Files.readString(errors, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private static List<Outcome> outcomes(List<String> lines) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : lines) {
            Map<?, ?> told = json.readValue(line, Map.class);
            outcomes.add(new Outcome((String) told.get("name"), (String) told.get("failure")));
        }
        return outcomes;
    }
}
