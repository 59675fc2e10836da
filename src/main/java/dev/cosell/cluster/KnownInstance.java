package dev.cosell.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A process that shares the database, as it was last seen.
 *
 * @param id         differs at each start
 * @param name       tells people which machine it is
 * @param traits     what all instances must have in common, by name; no secrets
 * @param routes     digests of the files under {@code routes/} that are in force there, by file name
 * @param holds      the schedules it has fired last of all instances, by name, each with the time; and what only one
 *                   instance has at a time
 * @param clockAhead how far its clock is ahead of the database's; negative when it is behind
 * @param started    by the clock of the database
 * @param seen       by the clock of the database
 * @param live       whether it was seen within the take-over time
 */
public record KnownInstance(String id, String name, Map<String, String> traits, Map<String, String> routes,
                            Map<String, String> holds, Duration clockAhead, Instant started, Instant seen,
                            boolean live) {
    public KnownInstance {
        traits = Map.copyOf(traits);
        routes = Map.copyOf(routes);
        holds = Map.copyOf(holds);
    }
}
