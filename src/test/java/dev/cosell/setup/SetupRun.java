package dev.cosell.setup;

import dev.cosell.cli.Commands;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The command {@code setup} as an administrator runs it. @param out all that it said, also of what failed */
public record SetupRun(int code, String out) {

    /** Runs it against the sandbox that these settings name. @param more settings over them */
    public static SetupRun of(String crm, Settings settings, Path routes, Map<String, String> more, String... options) {
        List<String> line = new ArrayList<>(List.of("setup", crm, "--routes", routes.toString(), "--set",
                "sandbox=external"));
        for (Setting key : List.<Setting>of(Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT,
                SalesforceKey.SANDBOX_PORT, Key.LEADS)) {
            line.addAll(List.of("--set", key.text() + "=" + settings.text(key)));
        }
        more.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        line.addAll(List.of(options));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int code = new CommandLine(new Commands()).setOut(writer).setErr(writer).execute(line.toArray(String[]::new));
        return new SetupRun(code, out.toString());
    }

    /** Lines of the plan, without their numbers. */
    List<String> plan() {
        return out.lines().dropWhile(line -> !line.equals("Plan:")).skip(1)
                .takeWhile(line -> line.matches(" *\\d+\\. .*"))
                .map(line -> line.replaceAll("^ *\\d+\\. ", "")).toList();
    }

    /** What people are told to do. */
    List<String> byHand() {
        return out.lines().dropWhile(line -> !line.equals("By hand:")).skip(1).map(line -> line.replaceAll("^ *- ", ""))
                .toList();
    }
}
