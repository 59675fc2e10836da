package dev.cosell.cli;

import dev.cosell.page.PageUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an entry of the setting {@code management.users}. */
@Command(name = "user", mixinStandardHelpOptions = true,
        description = "Asks for a password and prints the entry of a user for the setting management.users, with the "
                + "password's hash.")
final class UserCommand implements Callable<Integer> {
    private static final int SHORTEST = 12;

    enum Role { viewer, operator }

    @Parameters(paramLabel = "NAME", description = "Name of the user, without colons and commas.")
    String name;

    @Option(names = "--role", paramLabel = "ROLE", required = true,
            description = "viewer may look, operator may act too.")
    Role role;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        String password = password();
        if (!name.matches("[^:,\\s][^:,]{0,99}")) {
            err.println("A name has 1 to 100 characters, and no colon or comma");
        } else if (password == null || password.length() < SHORTEST) {
            err.println("A password has at least " + SHORTEST + " characters");
        } else {
            spec.commandLine().getOut().println(PageUser.entry(name, role.name(), password));
            spec.commandLine().getOut().flush();
            return 0;
        }
        err.flush();
        return 1;
    }

    /** Typed unseen, or the first line of what is piped in. */
    private static String password() throws IOException {
        if (System.console() != null) {
            char[] typed = System.console().readPassword("Password: ");
            return typed == null ? null : new String(typed);
        }
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }
}
