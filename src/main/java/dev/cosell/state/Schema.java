package dev.cosell.state;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the tables up to date. Builds before the first release came to the same tables in fourteen steps; a database
 * that has taken all of them counts as one that has taken our first.
 */
final class Schema {
    private static final MigrationVersion LAST_OF_EARLIER_BUILDS = MigrationVersion.fromVersion("14");

    private Schema() {
    }

    /**
     * @param steps where they are on the class path
     * @throws FlywayException when the tables cannot be made or were made by something else
     */
    static void bringUpToDate(DataSource source, String... steps) {
        if (!SchemaSteps.areTaken(source, steps)) {
            take(source, steps);
        }
    }

    private static void take(DataSource source, String... steps) {
        Flyway flyway = Flyway.configure().dataSource(source).locations(steps).load();
        // Asked once: each time it looks through the class path again.
        List<MigrationInfo> taken = List.of(flyway.info().applied());
        if (taken.stream().anyMatch(Schema::isLastOfEarlierBuilds)) {
            flyway.repair();
        } else if (taken.stream().anyMatch(step -> "order".equals(step.getDescription()) && isOnTheList(step))) {
            throw new FlywayException("they are of a build before the first release that had not finished them;"
                    + " start the last such build on this database once, or begin with an empty database");
        }
        flyway.migrate();
    }

    private static boolean isLastOfEarlierBuilds(MigrationInfo step) {
        return LAST_OF_EARLIER_BUILDS.equals(step.getVersion()) && "long versions".equals(step.getDescription())
                && isOnTheList(step);
    }

    /** A step that is there no more counts as one of theirs until it was struck from the list. */
    private static boolean isOnTheList(MigrationInfo step) {
        return step.getState() != MigrationState.DELETED;
    }
}
