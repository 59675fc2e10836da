package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Up to where each source of changes has been read. Moved only after everything before it is durably handed over. */
public final class Watermarks {
    private final Database database;
    private final Clock clock;

    public Watermarks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return null when the source was never read */
    public String read(String source) {
        return StateFaults.classed(() -> database.client().sql("SELECT position FROM watermark WHERE source = ?")
                .param(source).query(String.class).optional().orElse(null));
    }

    /** @param position as the source gave it, up to 40,000 characters */
    public void advance(String source, String position) {
        StateFaults.classed(() -> {
            if (moved(source, position) || inserted(source, position)) {
                return true;
            }
            return moved(source, position);
        });
    }

    private boolean moved(String source, String position) {
        return database.client().sql("UPDATE watermark SET position = ?, moved_at = ? WHERE source = ?")
                .param(position).param(now()).param(source).update() > 0;
    }

    /** False when another instance was first. */
    private boolean inserted(String source, String position) {
        return database.client()
                .sql("INSERT INTO watermark (source, position, moved_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .param(source).param(position).param(now()).update() > 0;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
