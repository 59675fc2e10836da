package dev.cosell.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.check.Report;
import dev.cosell.live.Reason;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.text.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command whose outcome is a table of findings. */
abstract class ReportCommand implements Callable<Integer> {
    private static final int ALL_RIGHT = 0;
    private static final int FAULTS = 1;
    private static final int NOT_RUN = 2;

    enum Format { text, json }

    @Mixin
    Commands.Sources sources;

    @Option(names = "--routes", paramLabel = "FOLDER", defaultValue = "routes", description = "Routes and mappings "
            + "(default: ${DEFAULT-VALUE}).")
    Path routes;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json (default: "
            + "${DEFAULT-VALUE}).")
    Format format;

    @Spec
    CommandSpec spec;

    /** What is done, as in "the {@code check} could not run". */
    abstract String noun();

    /** @throws Exception when nothing can be said; the message is for people */
    abstract Report report(Settings settings) throws Exception;

    /** What is said of settings that are wrong: a report, or null when the faults go to the error output. */
    Report wrong(SettingsFault fault) {
        return null;
    }

    @Override
    public Integer call() {
        QuietLog quiet = QuietLog.begin();
        try {
            return outcome();
        } catch (Exception failed) {
            return notRun("The " + noun() + " could not run. " + Visible.line(Reason.of(failed)));
        } finally {
            quiet.end();
        }
    }

    private int outcome() throws Exception {
        Report report;
        try {
            report = report(sources.read());
        } catch (SettingsFault fault) {
            report = wrong(fault);
            if (report == null) {
                return notRun(fault.getMessage());
            }
        }
        show(report);
        return report.allRight() ? ALL_RIGHT : FAULTS;
    }

    private int notRun(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
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
}
