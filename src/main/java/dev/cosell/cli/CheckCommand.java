package dev.cosell.cli;

import dev.cosell.app.CheckRun;
import dev.cosell.check.Report;
import dev.cosell.settings.Settings;
import picocli.CommandLine.Command;

/**
 * Compares settings, mapping, rights and schemas with the systems, before the first start or beside a running
 * application.
 */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Checks sign-ins, roles, fields, picklists, webhook, clock and disk, and says how each fault is "
                + "mended. It changes nothing.",
        exitCodeListHeading = "Exit codes:%n", exitCodeList = {" 0:all right (warnings included)",
                " 1:faults were found", " 2:the check could not run"})
final class CheckCommand extends ReportCommand {
    @Override
    String noun() {
        return "check";
    }

    @Override
    Report report(Settings settings) throws Exception {
        return CheckRun.run(settings, routes);
    }
}
