package dev.cosell.cli;

import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.crm.Crms;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts everything once, lets one deal travel and stops, so that a class-data archive can be written of what that
 * loads.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUp implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        return Commands.guarded(() -> {
            Path data = Files.createTempDirectory("cosell-warm-up");
            try {
                liveOnce(settings(data));
            } finally {
                delete(data);
            }
        });
    }

    private static Settings settings(Path data) {
        Map<String, String> values = new HashMap<>(Map.of("data.directory", data.toString()));
        Crms.SHIPPED.names().forEach(crm -> values.put(crm + ".poll-interval", "1s"));
        FreePorts.give(values,
                Stream.concat(Stream.of(Key.HTTP_PORT, Key.MANAGEMENT_PORT, Key.SANDBOX_PARTNER_CENTER_PORT),
                        Crms.SHIPPED.all().stream().flatMap(crm -> crm.sandboxPort().stream()))
                        .toArray(Setting[]::new));
        return Crms.SHIPPED.settings(data.resolve("no-settings"), Map.of(), values);
    }

    private static void liveOnce(Settings settings) throws IOException, InterruptedException {
        try (Cosell cosell = Cosell.start(settings, Path.of("routes"))) {
            send("POST", settings.number(Key.SANDBOX_PARTNER_CENTER_PORT), "/sandbox/deals");
            Instant end = Instant.now().plus(LONGEST);
            while (!arrivedEverywhere(settings) && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean arrivedEverywhere(Settings settings) throws IOException, InterruptedException {
        for (int port : settings.sandboxPorts().values()) {
            if (send("GET", port, "/sandbox/opportunities/latest").statusCode() != 200) {
                return false;
            }
        }
        return true;
    }

    private static HttpResponse<String> send(String method, int port, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(LONGEST)
                        .method(method, HttpRequest.BodyPublishers.ofString("{}")).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
