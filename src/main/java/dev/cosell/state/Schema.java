package dev.cosell.state;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date. Builds before the first release came to the same tables in fourteen steps; a database
 * that has taken all of them counts as one that has taken our first.
 */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    /** Of PostgreSQL. */
    private static final String DEADLOCK = "40P01";
    private static final int MOST_ATTEMPTS = 10;
    private static final MigrationVersion LAST_OF_EARLIER_BUILDS = MigrationVersion.fromVersion("14");

    private Schema() {
    }

    /**
     * @param source asked whether there is anything to do
     * @param taking where the steps are taken
     * @param steps  where they are on the class path
     * @throws FlywayException when the tables cannot be made or were made by something else
     */
    static void bringUpToDate(DataSource source, DataSource taking, String... steps) {
        if (!SchemaSteps.areTaken(source, steps)) {
            take(taking, steps);
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
        migrate(flyway);
    }

    /** Instances of the version before work on, and may lock two tables in the other order than a step does. */
    private static void migrate(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException failed) {
                if (attempt == MOST_ATTEMPTS || !isDeadlock(failed)) {
                    throw failed;
                }
                LOG.info("A step towards the tables of this version met others at work and is taken again");
            }
        }
    }

    private static boolean isDeadlock(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException told && DEADLOCK.equals(told.getSQLState()));
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
