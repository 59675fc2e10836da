package dev.cosell.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.cosell.text.LoggedDeal;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.helpers.MessageFormatter;

/**
 * A log event as strangers may read it. Nothing is searched for and taken out: only what has no room for a value of a
 * deal, a person or a secret is put in. Of a message that is the template in our own code, with its numbers, times and
 * words of ours; of an exception its class and where it was thrown.
 */
final class SafeLine {
    private static final int FRAMES = 8;
    private static final String LEFT_OUT = "…";

    private SafeLine() {}

    /** @param words texts that may be shown as they are, such as the names of the systems */
    static String of(ILoggingEvent event, Set<String> words) {
        StringBuilder line = new StringBuilder(200).append(event.getInstant()).append(' ').append(event.getLevel())
                .append(' ').append(event.getLoggerName()).append(' ').append(about(event))
                .append(text(event, words));
        for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
            line.append("\n  ").append(thrown.getClassName());
            Stream.of(thrown.getStackTraceElementProxyArray()).limit(FRAMES)
                    .map(StackTraceElementProxy::getStackTraceElement)
                    .forEach(frame -> line.append("\n    at ").append(frame));
        }
        return line.toString();
    }

    /** The ids that JSON logs have, too. */
    private static String about(ILoggingEvent event) {
        Map<String, String> known = new TreeMap<>(event.getMDCPropertyMap());
        known.keySet().retainAll(LoggedDeal.KEYS);
        return known.isEmpty() ? "" : known + " ";
    }

    private static String text(ILoggingEvent event, Set<String> words) {
        Object[] values = event.getArgumentArray();
        String logger = event.getLoggerName();
        boolean template = values != null && values.length > 0
                && (logger.startsWith("dev.cosell.") || logger.startsWith("cosell."));
        if (template) {
            Object[] shown = Stream.of(values).map(value -> shown(value, words)).toArray();
            return MessageFormatter.arrayFormat(event.getMessage(), shown).getMessage();
        }
        // A text without values may have been put together by whoever logged it; the place says which it was.
        StackTraceElement[] callers = event.getLevel().isGreaterOrEqual(Level.WARN) ? event.getCallerData()
                : new StackTraceElement[0];
        return LEFT_OUT + (callers.length == 0 ? "" : " at " + callers[0]);
    }

    private static Object shown(Object value, Set<String> words) {
        boolean safe = value instanceof Number || value instanceof Boolean || value instanceof Enum<?>
                || value instanceof Temporal || value instanceof TemporalAmount
                || value instanceof String text && words.contains(text);
        return safe ? value : LEFT_OUT;
    }
}
