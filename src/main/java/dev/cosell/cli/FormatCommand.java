package dev.cosell.cli;

import dev.cosell.mapping.text.MappingText;
import dev.cosell.text.TextFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts field tables and value maps back in order after an editor has folded them. */
@Command(name = "format", mixinStandardHelpOptions = true,
        description = "Writes the tables of the mapping files one row a line with aligned columns. Everything outside "
                + "of them stays as it is.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all files are in order now", "1:with --check: at least one file is not",
                "2:a file cannot be read or is no YAML; it was left as it is"})
final class FormatCommand implements Callable<Integer> {
    private static final int IN_ORDER = 0;
    private static final int NOT_IN_ORDER = 1;
    private static final int UNREADABLE = 2;

    @Parameters(paramLabel = "FILE", description = "Files to put in order (default: all routes/*.camel.yaml).")
    List<Path> files = List.of();

    @Option(names = "--check", description = "Changes nothing and names the files that are not in order.")
    boolean check;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try {
            int worst = IN_ORDER;
            for (Path file : files.isEmpty() ? shipped() : files) {
                worst = Math.max(worst, format(file));
            }
            return worst;
        } catch (IOException unreadable) {
            error().println("There is no folder routes/ here; name the files");
            return UNREADABLE;
        }
    }

    private PrintWriter error() {
        return spec.commandLine().getErr();
    }

    private static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".camel.yaml")).sorted().toList();
        }
    }

    private int format(Path file) {
        try {
            String text = TextFile.read(file);
            String formatted = new MappingText(text).formatted();
            if (formatted.equals(text)) {
                return IN_ORDER;
            }
            if (check) {
                spec.commandLine().getOut().println(file + " is not in order: ./cosell format " + file);
                return NOT_IN_ORDER;
            }
            Files.writeString(file, formatted);
            spec.commandLine().getOut().println(file + " is in order now");
            return IN_ORDER;
        } catch (TextFile.NotUtf8 otherEncoding) {
            error().println(file + " " + otherEncoding.getMessage());
        } catch (IOException unreadable) {
            error().println(file + " cannot be read or written: " + unreadable);
        } catch (YamlEngineException noYaml) {
            error().println(file + " is no YAML and was left as it is: " + noYaml.getMessage());
        }
        return UNREADABLE;
    }
}
