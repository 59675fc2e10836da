package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's lines as the shipped configuration makes them. */
class LogLineTest {
    private final LoggerContext context = new LoggerContext();
    private ConsoleAppender<ILoggingEvent> console;

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(getClass().getResource("/logback.xml"));
        console = (ConsoleAppender<ILoggingEvent>) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
    }

    private String written(Throwable thrown, String message, Object... arguments) {
        Logger logger = context.getLogger("anybody.at.all");
        return new String(
                console.getEncoder().encode(new LoggingEvent("", logger, Level.WARN, message, thrown, arguments)),
                StandardCharsets.UTF_8);
    }

    @Test
    void somebodyElsesTextMakesNoSecondLine() {
        String written = written(null, "deal {}",
                "Crane\r\n12:00:00.000 INFO  salesforce: all is well\u001b[1A\u2028\u202eback");
        assertThat(written.lines()).singleElement().asString()
                .endsWith(
                        "WARN  deal Crane\\r\\n12:00:00.000 INFO  salesforce: all is well\\u001b[1A\\u2028\\u202eback");
    }

    @Test
    void aStackTraceKeepsItsLinesAndItsMessagesAreOneEach() {
        IllegalStateException thrown = new IllegalStateException("outer\nforged",
                new IllegalArgumentException("inner\rforged"));
        thrown.addSuppressed(new IllegalStateException("beside\nforged"));
        assertThat(written(thrown, "failed").lines())
                .anyMatch(line -> line.contains("IllegalArgumentException: inner\\rforged"))
                .anyMatch(line -> line.contains("IllegalStateException: outer\\nforged"))
                .noneMatch(line -> line.startsWith("forged"));
    }
}
