package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Instant;
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

    /** When a source was last read on from its position, by whichever instance; null when it was never read. */
    public Instant movedAt(String source) {
        return StateFaults.classed(() -> database.client().sql("SELECT moved_at FROM watermark WHERE source = ?")
                .param(source).query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant()).optional()
                .orElse(null));
    }

    /**
     * Moves a position that is still where it was read from. When another instance has moved it, that one reads on from
     * there, and whatever was handed over here is handed over twice at most.
     *
     * @param from as {@link #read} gave it; null when there was none
     * @param to   as the source gave it, up to 40,000 characters
     * @throws Fault.Transient when it is somewhere else; it stays there
     */
    public void advance(String source, String from, String to) {
        boolean moved = StateFaults.classed(() -> from == null ? inserted(source, to)
                : database.client()
                        .sql("UPDATE watermark SET position = ?, moved_at = ? WHERE source = ? AND position = ?")
                        .params(to, now(), source, from).update() > 0);
        if (!moved && !to.equals(read(source))) {
            throw new Fault.Transient(StateFaults.SYSTEM,
                    "another instance has moved the position of " + source + " meanwhile and reads on from there");
        }
    }

    /**
     * Moves a mark whatever it was before.
     *
     * @param position up to 40,000 characters
     */
    public void advance(String source, String position) {
        StateFaults.classed(() -> {
            if (moved(source, position) || inserted(source, position)) {
                return true;
            }
            return moved(source, position);
        });
    }

    /** From here on every source is read from its beginning; what was handled is skipped there. */
    public void forget() {
        StateFaults.classed(() -> database.client().sql("DELETE FROM watermark WHERE source NOT LIKE '%-organization'")
                .update());
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
