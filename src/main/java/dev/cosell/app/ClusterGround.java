package dev.cosell.app;

import dev.cosell.cluster.SharedPauses;
import dev.cosell.connection.Pauses;
import dev.cosell.state.Database;
import java.util.function.IntSupplier;

/**
 * What one instance has in common with others.
 *
 * @param signIns   the database that keeps sign-ins for all of them; null when they are kept on this machine alone
 * @param pauses    that systems have asked for
 * @param instances how many are live, this one included
 */
record ClusterGround(Database signIns, Pauses pauses, IntSupplier instances) {
    /** @param database of the application */
    static ClusterGround of(Database database, IntSupplier instances) {
        return new ClusterGround(database, database.isShared() ? new SharedPauses(database) : Pauses.ALONE, instances);
    }

    /** For a command that makes few calls. */
    static ClusterGround alone(Database signIns) {
        return new ClusterGround(signIns, Pauses.ALONE, () -> 1);
    }
}
