package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import java.time.Duration;
import java.util.List;

/**
 * The leases of all instances. The database's clock alone says when one has expired, so the clocks of the instances may
 * differ. Each method is one short transaction; none is open while a lease is held.
 */
public final class LeaseStore {
    private static final String INSERT = "INSERT INTO customer_lease (lease_key, holder, expires_at) VALUES (?, ?, "
            + DatabaseTime.LATER
            + ") ON CONFLICT DO NOTHING";
    private static final String TAKE_OVER = "UPDATE customer_lease SET holder = ?, expires_at = " + DatabaseTime.LATER
            + " WHERE lease_key = ? AND expires_at <= CURRENT_TIMESTAMP";

    private final Database database;
    private final Duration length;

    /** @param length how long a lease outlives its last {@link #extend} */
    public LeaseStore(Database database, Duration length) {
        this.database = database;
        this.length = length;
    }

    /**
     * Takes all keys or none; one whose holder let it expire counts as free.
     *
     * @param keys sorted
     */
    public boolean take(String holder, List<String> keys) {
        return StateFaults.classed(() -> database.transactions().execute(transaction -> {
            boolean all = keys.stream().allMatch(key -> take(holder, key));
            if (!all) {
                transaction.setRollbackOnly();
            }
            return all;
        }));
    }

    private boolean take(String holder, String key) {
        return update(INSERT, key, holder, length.toMillis()) > 0
                || update(TAKE_OVER, holder, length.toMillis(), key) > 0;
    }

    /** @return whether the holder still had all its keys; whoever has lost one of them has been taken for dead */
    public boolean extend(String holder, int keys) {
        return StateFaults.classed(
                () -> update("UPDATE customer_lease SET expires_at = " + DatabaseTime.LATER + " WHERE holder = ?",
                        length.toMillis(), holder)) == keys;
    }

    public void giveBack(String holder) {
        StateFaults.classed(() -> update("DELETE FROM customer_lease WHERE holder = ?", holder));
    }

    /** Forgets what dead holders left and nobody took over. */
    public void tidy() {
        StateFaults.classed(() -> update("DELETE FROM customer_lease WHERE expires_at <= CURRENT_TIMESTAMP"));
    }

    private int update(String sql, Object... values) {
        return database.client().sql(sql).params(values).update();
    }
}
