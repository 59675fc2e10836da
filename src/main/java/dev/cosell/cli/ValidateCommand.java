package dev.cosell.cli;

import dev.cosell.app.Validation;
import dev.cosell.check.Finding;
import dev.cosell.check.Report;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import java.time.Instant;
import picocli.CommandLine.Command;

/** For pipelines: what is in the folder is tried without calling anybody. */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Tries settings, routes and mappings, and the examples beside the mappings, without calling any "
                + "system.",
        exitCodeListHeading = "Exit codes:%n", exitCodeList = {" 0:all right", " 1:faults were found",
                " 2:the validation could not run"})
final class ValidateCommand extends ReportCommand {
    @Override
    String noun() {
        return "validation";
    }

    @Override
    Report report(Settings settings) throws Exception {
        return Validation.run(settings, routes);
    }

    @Override
    Report wrong(SettingsFault fault) {
        return new Report(Instant.now(),
                fault.getMessage().lines().map(line -> Finding.fault("settings", "all", line, "")).toList());
    }
}
