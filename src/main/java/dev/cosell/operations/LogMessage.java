package dev.cosell.operations;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.cosell.text.Visible;

/**
 * The message of a log line, on one line whatever it tells of. Used by {@code logback.xml}, so that no caller has to
 * think of it.
 */
public final class LogMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Visible.line(super.convert(event));
    }
}
