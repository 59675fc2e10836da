package dev.cosell.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.app.CheckRun;
import dev.cosell.check.Report;
import dev.cosell.live.Reason;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.text.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares settings, mapping, rights and schemas with the systems, before the first start or beside a running application. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Checks sign-ins, roles, fields, picklists, webhook, clock and disk, and says how each fault is mended. It changes nothing.",
        exitCodeListHeading = "Exit codes:%n", exitCodeList = {" 0:all right (warnings included)", " 1:faults were found", " 2:the check could not run"})
final class CheckCommand implements Callable<Integer> {
    private static final int ALL_RIGHT = 0;
    private static final int FAULTS = 1;
    private static final int NOT_RUN = 2;

    enum Format { text, json }

    @Mixin
    Commands.Sources sources;

    @Option(names = "--routes", paramLabel = "FOLDER", defaultValue = "routes", description = "Routes and mappings (default: ${DEFAULT-VALUE}).")
    Path routes;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    Format format;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Silence silence = Silence.begin();
        try {
            Settings settings = sources.read();
            Report report = CheckRun.run(settings, routes);
            show(report);
            return report.allRight() ? ALL_RIGHT : FAULTS;
        } catch (SettingsFault fault) {
            err.println(fault.getMessage());
        } catch (Exception failed) {
            err.println("The check could not run. " + Visible.line(Reason.of(failed)));
        } finally {
            silence.end();
        }
        err.flush();
        return NOT_RUN;
    }

    private void show(Report report) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
        } else {
            out.print(report.text());
        }
        out.flush();
    }

    /** The table says everything; lines of the log in between would make it unreadable for people and programs. */
    private static final class Silence extends TurboFilter {
        private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

        static Silence begin() {
            Silence silence = new Silence();
            silence.start();
            silence.context.addTurboFilter(silence);
            return silence;
        }

        @Override
        public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params, Throwable thrown) {
            return FilterReply.DENY;
        }

        void end() {
            context.getTurboFilterList().remove(this);
        }
    }
}
