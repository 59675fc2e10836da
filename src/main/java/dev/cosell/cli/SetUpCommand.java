package dev.cosell.cli;

import dev.cosell.crm.CrmPlugin;
import dev.cosell.crm.Crms;
import dev.cosell.live.Reason;
import dev.cosell.settings.SettingsFault;
import dev.cosell.setup.Setup;
import dev.cosell.text.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes in a CRM what the sync needs there; to be run by an administrator before the first start. */
@Command(name = "setup", mixinStandardHelpOptions = true,
        description = "Creates in a CRM the fields, keys and the object of solutions that the sync needs: shows the "
                + "plan, then carries it out. May be repeated.")
final class SetUpCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;

    /** The CRMs that can be set up. */
    static final class Names extends ArrayList<String> {
        Names() {
            super(Crms.SHIPPED.names());
        }
    }

    /** The CRM of a name on the command line. */
    static final class Named implements ITypeConverter<CrmPlugin> {
        @Override
        public CrmPlugin convert(String name) {
            List<String> names = Crms.SHIPPED.names();
            if (!names.contains(name)) {
                throw new TypeConversionException(
                        "expected one of " + names + " (case-sensitive) but was '" + name + "'");
            }
            return Crms.SHIPPED.named(name);
        }
    }

    @Mixin
    Commands.Sources sources;

    @Parameters(paramLabel = "CRM", completionCandidates = Names.class, converter = Named.class, description = "Which CRM: ${COMPLETION-CANDIDATES}.")
    CrmPlugin crm;

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    boolean dryRun;

    @Option(names = "--routes", paramLabel = "FOLDER", defaultValue = "routes", description = "Routes and mappings "
            + "(default: ${DEFAULT-VALUE}).")
    Path routes;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return Setup.run(crm.name(), crm::setUp, sources.read(), routes, dryRun, spec.commandLine().getOut()) ? OK
                    : FAILED;
        } catch (SettingsFault fault) {
            err.println(fault.getMessage());
        } catch (Exception failed) {
            err.println("The set-up stopped. " + Visible.lines(Reason.of(failed, routes)));
        }
        err.flush();
        return FAILED;
    }
}
