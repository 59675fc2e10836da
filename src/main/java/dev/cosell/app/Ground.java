package dev.cosell.app;

import dev.cosell.cluster.Instances;
import dev.cosell.connection.Turn;
import dev.cosell.live.LiveMappings;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.state.Database;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * The parts that were started before Camel and that beans stand on.
 *
 * @param turns what one instance does at a time, by name
 */
public record Ground(Database database, Broker broker, Hints hints, SeenVersions seen, LinkStore links,
        AuditTrail auditTrail, LiveMappings mappings, Vertx vertx, Instances instances, Function<String, Turn> turns) {}
