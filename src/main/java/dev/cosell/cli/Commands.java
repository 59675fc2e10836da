package dev.cosell.cli;

import dev.cosell.app.Cosell;
import dev.cosell.app.SandboxPlan;
import dev.cosell.cluster.Version;
import dev.cosell.crm.Crms;
import dev.cosell.live.Reason;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: what {@code ./cosell} can do. */
@Command(name = "cosell", mixinStandardHelpOptions = true, version = "Cosell Sync " + Version.OURS,
        description = "Keeps Partner Center co-sell referrals and CRM opportunities the same, in both directions.",
        subcommands = {Commands.Run.class, Commands.SandboxAlone.class, Commands.Health.class, CheckCommand.class,
                Login.class, SetUpCommand.class,
                FormatCommand.class, ValidateCommand.class, AskCommands.Status.class, AskCommands.Why.class,
                AskCommands.Preview.class, AskCommands.Parked.class, AskCommands.Approve.class,
                AskCommands.Release.class, AskCommands.Forget.class, BackfillCommand.class, UserCommand.class,
                SupportBundle.class,
                WarmUp.class})
public final class Commands implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("cosell");
    private static final int OK = 0;
    private static final int FAILED = 1;

    @Override
    public Integer call() {
        new picocli.CommandLine(this).usage(System.out);
        return OK;
    }

    /** Where settings come from; the same for every command. */
    static final class Sources {
        @Option(names = "--settings", paramLabel = "FILE",
                description = "Settings file (default: application.properties, if it is there).")
        Path file;

        @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides the settings file and the "
                + "environment; may be repeated.")
        Map<String, String> values = new LinkedHashMap<>();

        /** @throws SettingsFault when a setting cannot be used, or the file that was named cannot be read */
        Settings read() {
            return Crms.SHIPPED.settings(file == null ? Path.of("application.properties") : named(), System.getenv(),
                    values);
        }

        /** Without the file that somebody meant, no credential would be set and the sandbox would start. */
        private Path named() {
            Path whole = file.toAbsolutePath();
            if (Files.isReadable(whole) && !Files.isDirectory(whole)) {
                return whole;
            }
            String why = Files.isDirectory(whole) ? "is a folder"
                    : Files.notExists(whole) ? "is not there" : "cannot be read by this user";
            throw new SettingsFault(List.of("--settings names " + whole + ", which " + why
                    + ". Name a file that can be read; a relative path begins in " + Path.of("").toAbsolutePath()
                    + ". Without --settings it is application.properties there"));
        }
    }

    /** The main job. */
    @Command(name = "run", mixinStandardHelpOptions = true,
            description = "Syncs until it is stopped. Without credentials it runs against its own sandbox servers.")
    static final class Run implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        Sources sources;

        @Option(names = "--routes", paramLabel = "FOLDER", defaultValue = "routes", description = "Routes and mappings "
                + "(default: ${DEFAULT-VALUE}).")
        Path routes;

        @Override
        public Integer call() {
            return guarded(routes, () -> {
                Settings settings = sources.read();
                Stop stop = Stop.atShutdown();
                stop.start(() -> Cosell.start(settings, routes));
                Welcome.show(settings);
                stop.await();
            });
        }
    }

    /** The stand-in servers as a process of their own. */
    @Command(name = "sandbox", mixinStandardHelpOptions = true,
            description = "Runs the sandbox servers alone, so that \"cosell run --set sandbox=external\" can be "
                    + "started and stopped beside them.")
    static final class SandboxAlone implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        Sources sources;

        @Option(names = "--forget", description = "Keep nothing on disk: every start begins empty.")
        boolean forget;

        @Override
        public Integer call() {
            return guarded(() -> {
                Settings settings = sources.read();
                Stop stop = Stop.atShutdown();
                stop.start(() -> Sandbox.start(SandboxPlan.of(settings, forget)));
                Welcome.showSandbox(settings);
                stop.await();
            });
        }
    }

    /** For container health checks. */
    @Command(name = "health", mixinStandardHelpOptions = true, description = "Asks a running application whether it is "
            + "ready, which a paused one is not; exit code 0 when it is.")
    static final class Health implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        Sources sources;

        @Option(names = "--live", description = "Asks whether it lives: for whatever restarts it otherwise.")
        boolean live;

        @Override
        public Integer call() throws InterruptedException {
            try {
                return asked(Running.address(sources.read()), "/observe/health/" + (live ? "live" : "ready"));
            } catch (SettingsFault | Running.Unanswered told) {
                System.err.println(told.getMessage());
                return FAILED;
            }
        }

        private static int asked(String base, String path) throws Running.Unanswered, InterruptedException {
            try {
                HttpResponse<String> answer = HttpClient.newHttpClient().send(Running.request(base, path)
                        .timeout(Duration.ofSeconds(4)).build(), HttpResponse.BodyHandlers.ofString());
                System.out.println(answer.body());
                return answer.statusCode() == 200 ? OK : FAILED;
            } catch (IOException notRunning) {
                throw new Running.Unanswered("Cosell Sync does not answer at " + base + path);
            }
        }
    }

    interface Work {
        void run() throws Exception;
    }

    /** A failed start ends with one sentence and exit code 1, never with a stack trace a reader has to search. */
    static int guarded(Work work) {
        return guarded(Path.of("routes"), work);
    }

    private static int guarded(Path routes, Work work) {
        try {
            work.run();
            return OK;
        } catch (SettingsFault fault) {
            System.err.println(fault.getMessage());
        } catch (Exception failed) {
            System.err.println("Cosell Sync cannot start. " + Reason.of(failed, routes));
            LOG.debug("start failed", failed);
        }
        return FAILED;
    }
}
