package dev.cosell.cluster;

import dev.cosell.TemporaryFolder;
import dev.cosell.app.FreePorts;
import dev.cosell.settings.Key;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A PostgreSQL server of its own, which can be restarted on its data. */
final class DatabaseServer implements AutoCloseable {
    private final Path data = TemporaryFolder.named("cosell-postgresql");
    private final int port;
    private EmbeddedPostgres server;

    /** It runs, and its database is empty. */
    DatabaseServer() {
        Map<String, String> free = new HashMap<>();
        FreePorts.give(free, Key.HTTP_PORT);
        port = Integer.parseInt(free.get(Key.HTTP_PORT.text()));
        start();
    }

    private void start() {
        try {
            server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the setting {@code state.url} wants it. */
    String url() {
        return url(port);
    }

    /** The same by another port of localhost, which leads there. */
    String url(int another) {
        return "jdbc:postgresql://localhost:" + another + "/postgres?user=postgres";
    }

    int port() {
        return port;
    }

    /** Fast shutdown: transactions are broken off, connections are cut. Then it starts again. */
    void restart() {
        close();
        start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
