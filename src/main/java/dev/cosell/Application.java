package dev.cosell;

import dev.cosell.cli.Commands;
import picocli.CommandLine;

/** Starts the command line; nothing else. */
public final class Application {
    private Application() {}

    public static void main(String[] args) {
        // Exit explicitly: the broker's threads would keep a process alive whose start has failed.
        System.exit(new CommandLine(new Commands()).execute(args.length == 0 ? new String[] {"run"} : args));
    }
}
