package dev.cosell.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the servers' state in one JSON file a server, saved within a second after a change and at the stop. */
final class KeptState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);

    private final Path folder;
    private final Map<String, SandboxServer> servers;
    private final Map<String, Long> saved = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-state");
        thread.setDaemon(true);
        return thread;
    });

    KeptState(Path folder, Map<String, SandboxServer> servers) {
        this.folder = folder;
        this.servers = servers;
    }

    void load() {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, SandboxServer> server : servers.entrySet()) {
                Path file = file(server.getKey());
                if (Files.exists(file)) {
                    server.getValue().takeOver(Json.object(Files.readAllBytes(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot read its state in " + folder, e);
        } catch (Json.Malformed e) {
            throw new IllegalStateException(
                    "the sandbox's state in " + folder + " is damaged; delete that folder to start empty", e);
        }
    }

    void keep() {
        timer.scheduleWithFixedDelay(this::save, 1, 1, TimeUnit.SECONDS);
    }

    private synchronized void save() {
        servers.forEach((name, server) -> {
            long now = server.changes();
            if (!Long.valueOf(now).equals(saved.get(name))) {
                write(name, server.asJson());
                saved.put(name, now);
            }
        });
    }

    private void write(String name, byte[] json) {
        try {
            Path next = file(name + ".next");
            Files.write(next, json);
            Files.move(next, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the sandbox could not save the state of {}: {}", name, e.toString());
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }

    @Override
    public void close() {
        timer.shutdown();
        save();
    }
}
