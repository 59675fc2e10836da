package dev.cosell.stories;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the application logs while a story is lived through. */
public final class Log extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final ConsoleAppender<ILoggingEvent> console;
    private final Level from;

    private Log(Level from) {
        this.from = from;
        this.console = (ConsoleAppender<ILoggingEvent>) ((Logger) LoggerFactory
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).getAppender("console");
    }

    /** @param from least level that is kept */
    public static Log from(Level from) {
        Log log = new Log(from);
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(from)) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
            written.add(new String(console.getEncoder().encode(event), StandardCharsets.UTF_8));
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The same as the console shows it. */
    public List<String> written() {
        return written.stream().flatMap(String::lines).toList();
    }

    @Override
    public void close() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
        stop();
    }
}
