package dev.cosell.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Logs nothing until it is closed: a hundred thousand histories would log a hundred thousand outages. Tests that come
 * after it in the same JVM look at what is logged.
 */
final class Quiet implements AutoCloseable {
    private final Map<Logger, Level> before = new HashMap<>();

    Quiet() {
        for (String name : List.of("cosell.journey", "dev.cosell", "com.zaxxer.hikari", "org.flywaydb")) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(Level.OFF);
        }
    }

    @Override
    public void close() {
        before.forEach(Logger::setLevel);
    }
}
