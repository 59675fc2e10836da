package dev.cosell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cosell.live.RouteFiles;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.support.Installation;
import dev.cosell.text.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts what helps others to help into one file, without secrets and without anything of a deal but its ids. */
@Command(name = "support-bundle", mixinStandardHelpOptions = true,
        description = "Writes one zip for whoever is asked for help: versions, settings without secrets, health, "
                + "parked records by their ids, threads, the end of the log, mappings. Asks the running application; "
                + "without one there is less in it.",
        exitCodeListHeading = "Exit codes:%n", exitCodeList = {" 0:the running application was asked",
    " 1:it did not answer: there is less in the file", " 2:no file could be written"})
final class SupportBundle implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC);
    private static final int WHOLE = 0;
    private static final int WITH_LESS = 1;
    private static final int NOT_WRITTEN = 2;

    @Mixin
    Commands.Sources sources;

    @Option(names = "--routes", paramLabel = "FOLDER", defaultValue = "routes", description = "Routes and mappings, "
            + "where the application does not run (default: ${DEFAULT-VALUE}).")
    Path routes;

    @Option(names = "--url", paramLabel = "URL",
            description = "Address of the page (default: as the settings say, on this machine).")
    String url;

    @Option(names = "--output", paramLabel = "FILE",
            description = "The file to write; it must not be there (default: cosell-support-TIME.zip).")
    Path output;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Instant now = Instant.now();
        Path file = output == null ? Path.of("cosell-support-" + STAMP.format(now) + ".zip") : output;
        Map<String, JsonNode> files = new LinkedHashMap<>();
        int outcome = WHOLE;
        try {
            Settings settings = sources.read();
            try {
                new Running(settings, url).post("/api/support-bundle", "{}").properties()
                        .forEach(each -> files.put(each.getKey(), each.getValue()));
            } catch (Running.Unanswered less) {
                err.println(Visible.lines(less.getMessage()) + " There is less in the file without it.");
                outcome = WITH_LESS;
                put(files, Installation.files(settings, texts(), now));
            }
        } catch (SettingsFault wrong) {
            err.println(wrong.getMessage());
            outcome = WITH_LESS;
            put(files, Map.of("about.json", Installation.about(now)));
        }
        try {
            write(file, files);
        } catch (IOException unwritable) {
            err.println(file + " cannot be written: " + Visible.line(unwritable.toString()));
            err.flush();
            return NOT_WRITTEN;
        }
        err.flush();
        out.println("Written to " + file + ": " + String.join(", ", files.keySet()));
        out.println("The mapping files are in it as they are; look at their comments before you send it.");
        out.flush();
        return outcome;
    }

    private static void put(Map<String, JsonNode> files, Map<String, Object> more) {
        ObjectNode tree = JSON.valueToTree(more);
        tree.properties().forEach(each -> files.put(each.getKey(), each.getValue()));
    }

    private Map<String, String> texts() {
        return Files.isDirectory(routes) ? RouteFiles.loaded(routes, new Properties()).look().texts() : Map.of();
    }

    private static void write(Path file, Map<String, JsonNode> files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            for (Map.Entry<String, JsonNode> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write((each.getValue().isTextual() ? each.getValue().asText()
                        : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(each.getValue()))
                        .getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
