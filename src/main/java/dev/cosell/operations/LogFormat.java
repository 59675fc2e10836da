package dev.cosell.operations;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/** How lines of the log look on the console. Closing it gives them back the look that {@code logback.xml} says. */
public final class LogFormat implements AutoCloseable {
    private final ConsoleAppender<ILoggingEvent> console;
    private final Encoder<ILoggingEvent> before;

    private LogFormat(ConsoleAppender<ILoggingEvent> console) {
        this.console = console;
        this.before = console.getEncoder();
    }

    /** One JSON object a line from now on. */
    public static LogFormat json() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) root.getAppender("console");
        LogFormat format = new LogFormat(console);
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(root.getLoggerContext());
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        console.setEncoder(encoder);
        return format;
    }

    @Override
    public void close() {
        console.setEncoder(before);
    }
}
