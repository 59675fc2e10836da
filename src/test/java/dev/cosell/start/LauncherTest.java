package dev.cosell.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script beside an unpacked distribution, whose jar holds a small program in place of the application: it repeats
 * what reached it.
 */
class LauncherTest {
    private static final String PROGRAM = """
            public class Repeat {
                public static void main(String[] arguments) {
                    if (arguments[0].equals("warm-up")) {
                        System.exit(System.getenv("COSELL_TEST_FAILS") == null ? 0 : 1);
                    }
                    System.out.println(String.join(" ", arguments) + " " + System.getenv("COSELL_TEST_NAME"));
                }
            }
            """;

    @TempDir
    Path home;

    @BeforeEach
    void unpack() throws IOException {
        Files.copy(Path.of("cosell"), home.resolve("cosell"));
        Path source = Files.writeString(home.resolve("Repeat.java"), PROGRAM);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", source.toString()))
                .isZero();
        pack();
    }

    private void pack() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Repeat");
        try (OutputStream file = Files.newOutputStream(home.resolve("cosell-sync.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry("Repeat.class"));
            jar.write(Files.readAllBytes(home.resolve("Repeat.class")));
        }
    }

    /** What it writes, errors included. */
    private String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("sh", home.resolve("cosell").toString()), Stream.of(arguments)).toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().matches(".*\\.(jsa|aot)")).toList();
        }
    }

    /** The launcher made an archive only when it had done the build itself. */
    @Test
    void theArchiveOfClassesIsMadeWhoeverBuiltAndAnewForAnotherJar() throws Exception {
        assertThat(run(Map.of(), "run")).isEqualTo("run null");
        Path archive = archives().get(0);
        assertThat(archives()).hasSize(1);
        FileTime made = Files.getLastModifiedTime(archive);
        assertThat(archive.getFileName().toString())
                .contains(System.getProperty("java.runtime.version").split("\\+")[0]);

        assertThat(run(Map.of(), "run", "again")).isEqualTo("run again null");
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);

        pack();
        Files.setLastModifiedTime(home.resolve("cosell-sync.jar"), FileTime.fromMillis(made.toMillis() + 60_000));
        assertThat(run(Map.of(), "health")).isEqualTo("health null");
        assertThat(run(Map.of(), "run")).isEqualTo("run null");
        assertThat(archives()).hasSize(1);
        assertThat(Files.getLastModifiedTime(archive)).isGreaterThan(made);
    }

    @Test
    void anArchiveThatCannotBeUsedOrMadeIsNoMatter() throws Exception {
        run(Map.of(), "archive");
        Files.writeString(archives().get(0), "no archive", StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(run(Map.of(), "run")).contains("run null");
        Files.delete(archives().get(0));
        assertThat(run(Map.of("COSELL_TEST_FAILS", "yes"), "run")).isEqualTo("run null");
        assertThat(archives()).isEmpty();
    }

    /** A build that takes no time, and says that it was made. */
    private void becomeSources() throws IOException {
        for (String folder : List.of("src/main", "sandbox", "packed")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.move(home.resolve("cosell-sync.jar"), home.resolve("packed/cosell-sync.jar"));
        for (String file : List.of("pom.xml", "src/pom.xml", "src/main/Application.java")) {
            Files.createFile(home.resolve(file));
        }
        Path build = Files.writeString(home.resolve("mvnw"), """
                #!/bin/sh
                mkdir -p target/dist && cp packed/cosell-sync.jar target/dist/ && echo built >>builds
                """);
        assertThat(build.toFile().setExecutable(true)).isTrue();
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }

    /** As after a pull. The jar gets older: sources ahead of the clock would be newer than the next one, too. */
    private void changeTheSources() throws IOException {
        Path jar = home.resolve("target/dist/cosell-sync.jar");
        FileTime built = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(home.resolve("src/main/Application.java"), built);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(built.toMillis() - 2_000));
    }

    /** After a pull, a look at its health replaced the jars of an application that was running. */
    @Test
    void aCommandThatOnlyAsksReplacedTheJarsOfTheRunningApplication() throws Exception {
        becomeSources();
        assertThat(run(Map.of(), "health")).as("nothing is built").endsWith("health null");
        assertThat(run(Map.of(), "health")).isEqualTo("health null");
        assertThat(builds()).isEqualTo(1);

        changeTheSources();
        for (String asks : List.of("health", "status", "validate", "check", "setup", "sandbox", "--version")) {
            assertThat(run(Map.of(), asks).lines()).as(asks).hasSize(2).last().isEqualTo(asks + " null");
        }
        assertThat(run(Map.of(), "health")).startsWith("The sources are newer than what is built")
                .contains("./cosell run builds them");
        assertThat(builds()).isEqualTo(1);

        assertThat(run(Map.of(), "run")).startsWith("Building Cosell Sync").endsWith("run null");
        assertThat(builds()).isEqualTo(2);
        assertThat(run(Map.of(), "health")).as("what is built is the newest").isEqualTo("health null");
    }

    /** An agent that has a port of its own made the container's health check fail: the port was taken. */
    @Test
    void optionsOfTheApplicationAreNotThoseOfWhoOnlyAsksIt() throws Exception {
        Map<String, String> options = Map.of("COSELL_JAVA_OPTS", "-XX:+NoSuchOption");
        for (String asks : List.of("health", "status", "why", "preview", "parked", "approve", "release", "forget",
                "backfill", "support-bundle")) {
            assertThat(run(options, asks)).isEqualTo(asks + " null");
        }
        assertThat(run(Map.of("COSELL_JAVA_OPTS", "-Dcosell.test=for-run -showversion"), "run")).contains("version",
                "run null");
    }

    /** A heap holds the tokens of all systems and the people of deals. */
    @Test
    void noCrashWritesTheHeapToAFile() throws Exception {
        assertThat(run(Map.of("COSELL_JAVA_OPTS", "-XX:+PrintFlagsFinal"), "run").lines().map(line -> line.strip()
                .replaceAll("\\s+", " "))).anyMatch(line -> line.startsWith("bool ExitOnOutOfMemoryError = true"))
                .anyMatch(line -> line.startsWith("bool HeapDumpOnOutOfMemoryError = false"))
                .anyMatch(line -> line.startsWith("bool CreateCoredumpOnCrash = false"));
        try (Stream<Path> deployed = Files.walk(Path.of("deploy")).filter(Files::isRegularFile)) {
            assertThat(Stream.concat(Stream.of(Path.of("cosell"), Path.of("Dockerfile")), deployed)).allSatisfy(file ->
                    assertThat(file).content().doesNotContain("HeapDump").doesNotContain("+CreateCoredump"));
        }
    }

    /**
     * Java 17 read every umlaut of the environment and of the arguments as something else, and wrote a question mark
     * for each.
     */
    @Test
    void umlautsArriveInAnyLocale() throws Exception {
        for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C"), Map.of("LC_ALL", "POSIX"),
                Map.of("LC_ALL", "xx_XX.UTF-8"), Map.<String, String>of())) {
            Path words = home.resolve("words");
            Files.writeString(words,
                    "COSELL_TEST_NAME='Jörg → Müller'; export COSELL_TEST_NAME; exec sh \"$1\" health 'Straße'",
                    StandardCharsets.UTF_8);
            ProcessBuilder builder = new ProcessBuilder("sh", words.toString(), home.resolve("cosell").toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(locale);
            Process process = builder.redirectErrorStream(true).start();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                    .as(locale.toString())
                    .isEqualTo("health Straße Jörg → Müller");
        }
    }
}
