package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.time.LocalDate;
import org.springframework.jdbc.core.JdbcTemplate;

/** How often a system was called on a day, by all instances together. */
public final class CallCounts {
    private static final int KEPT_DAYS = 7;

    private final Database database;

    public CallCounts(Database database) {
        this.database = database;
    }

    /**
     * Adds calls that this instance has made.
     *
     * @param calls 0 only asks
     * @return what all instances have counted for that day so far
     */
    public long add(String system, LocalDate day, int calls) {
        return StateFaults.classed(() -> database.inTransaction(sql -> {
            if (calls > 0 && sql.update("UPDATE call_count SET calls = calls + ? WHERE system = ? AND on_day = ?",
                    calls, system, day) == 0
                    && begun(sql, system, day, calls) == 0) {
                sql.update("UPDATE call_count SET calls = calls + ? WHERE system = ? AND on_day = ?", calls, system,
                        day);
            }
            return database.client().sql("SELECT calls FROM call_count WHERE system = ? AND on_day = ?").params(system,
                    day).query(Long.class).optional().orElse(0L);
        }));
    }

    /** The first of a day also forgets what is long over. */
    private static int begun(JdbcTemplate sql, String system, LocalDate day, int calls) {
        sql.update("DELETE FROM call_count WHERE system = ? AND on_day < ?", system, day.minusDays(KEPT_DAYS));
        return sql.update("INSERT INTO call_count (system, on_day, calls) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                system, day, calls);
    }
}
