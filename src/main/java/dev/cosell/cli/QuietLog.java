package dev.cosell.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** A table says everything; lines of the log in between would make it unreadable for people and programs. */
final class QuietLog extends TurboFilter {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    static QuietLog begin() {
        QuietLog quiet = new QuietLog();
        quiet.start();
        quiet.context.addTurboFilter(quiet);
        return quiet;
    }

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params,
            Throwable thrown) {
        return FilterReply.DENY;
    }

    void end() {
        context.getTurboFilterList().remove(this);
    }
}
