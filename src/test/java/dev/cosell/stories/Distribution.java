package dev.cosell.stories;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Java in a process of its own, with what users start: the distribution with its archive of classes, which halves the
 * start. Without one, as in an editor or a bench, the classes of this process.
 */
public final class Distribution {
    private static final String FOLDER = System.getProperty("cosell.distribution");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private Distribution() {}

    /**
     * The command as far as its options. In the test command processes last for seconds and never earn back what the
     * optimising compiler costs.
     */
    public static List<String> java(String... options) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        if (FOLDER != null) {
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
            archives().forEach(archive -> command.add("-XX:SharedArchiveFile=" + archive));
        }
        return command;
    }

    private static List<Path> archives() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(Path.of(FOLDER), "*.jsa")) {
            archives.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String jar() {
        return Path.of(FOLDER, "cosell-sync.jar").toString();
    }

    /** What follows the options: the application, and its arguments after this. */
    public static List<String> application() {
        return FOLDER == null
                ? List.of("-cp", System.getProperty("java.class.path"), "dev.cosell.Application")
                : List.of("-jar", jar());
    }

    /** What follows the options: a program of the tests. The archive serves whose class path begins as its own. */
    public static List<String> program(Class<?> main) {
        String tests = System.getProperty("java.class.path");
        return List.of("-cp", FOLDER == null ? tests : jar() + File.pathSeparator + tests, main.getName());
    }
}
