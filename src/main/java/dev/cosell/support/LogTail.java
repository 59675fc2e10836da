package dev.cosell.support;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** The last lines of the log, kept in the form in which they may be handed to strangers. */
public final class LogTail extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final int KEPT = 400;

    private final Deque<String> lines = new ArrayDeque<>(KEPT);
    private final Set<String> words;

    private LogTail(Collection<String> words) {
        this.words = Set.copyOf(words);
    }

    /** Keeps what is logged from now on. @param words texts that are no secret, such as the names of the systems */
    public static LogTail begin(Collection<String> words) {
        LogTail tail = new LogTail(words);
        tail.start();
        root().addAppender(tail);
        return tail;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = SafeLine.of(event, words);
        synchronized (lines) {
            if (lines.size() == KEPT) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
    }

    /** The oldest first. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        root().detachAppender(this);
        stop();
    }
}
