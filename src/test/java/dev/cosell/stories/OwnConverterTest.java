package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.cli.Commands;
import dev.cosell.live.CheckedReload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A customer's converter, of which no jar of the application knows: the words of the notes in the CRM are loud. */
class OwnConverterTest {
    private static final String LOUD = """
            package com.contoso;

            public class Loud implements dev.cosell.mapping.Converter {
                public Object toCrm(Object value) {
                    return value.toString().toUpperCase(java.util.Locale.ROOT);
                }

                public Object toReferral(Object value) {
                    return value.toString().toLowerCase(java.util.Locale.ROOT);
                }
            }
            """;
    private static final String BEAN = "    - name: loud\n      type: com.contoso.Loud\n";

    @TempDir
    Path folder;
    private Path routes;
    private Path classes;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes")).filter(Files::isRegularFile)) {
            for (Path file : shipped.toList()) {
                Files.copy(file, folder.resolve(file.toString()));
            }
        }
        Path source = Files.writeString(folder.resolve("Loud.java"), LOUD);
        classes = folder.resolve("compiled");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-classpath",
                System.getProperty("java.class.path"), "-d", classes.toString(), source.toString())).isZero();
    }

    private void use(String crm, String row) throws IOException {
        Path file = routes.resolve("mapping-" + crm + ".camel.yaml");
        String text = Files.readString(file).replaceFirst("(?m)^- beans:\n", "- beans:\n" + BEAN)
                .replaceFirst("(?m)^( +" + row + " +\\| details.notes +\\|) \\S+", "$1 loud");
        assertThat(text).containsPattern(row + " +\\| details.notes +\\| loud");
        Files.writeString(file, text);
    }

    private String validated() {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(said)).setErr(new PrintWriter(said))
                .execute("validate", "--routes", routes.toString(), "--set", "crms=salesforce", "--set",
                        "data.directory=" + folder.resolve("data"));
        return code + " " + said;
    }

    private void pack(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream made = new JarOutputStream(file)) {
            made.putNextEntry(new JarEntry("com/contoso/Loud.class"));
            made.write(Files.readAllBytes(classes.resolve("com/contoso/Loud.class")));
        }
    }

    /** The documents said how to declare it, and there was no folder in which it was found. */
    @Test
    void a_converter_in_a_jar_beside_the_routes_is_found_and_used() throws Exception {
        use("salesforce", "Description");
        assertThat(validated()).startsWith("1 ").contains("mapping-salesforce.camel.yaml: "
                + "There is no class com.contoso.Loud", "put its jar into the folder ext/ beside routes/");
        pack(folder.resolve("ext/converters.jar"));
        assertThat(validated()).startsWith("0 ");

        try (World world = new World(Map.of(), routes, "salesforce")) {
            String referralId = world.newDeal(Map.of("details", Map.of("notes", "Quay lights")));
            assertThat(world.opportunityFor(referralId)).containsEntry("Description", "QUAY LIGHTS");
            world.andAgainNothingHappens();
            Path file = routes.resolve("mapping-salesforce.camel.yaml");
            Files.writeString(file, Files.readString(file) + "# An edit while it runs\n");
            world.eventually(() -> assertThat(world.camel().hasService(CheckedReload.class)
                    .inForce(file.getFileName().toString())).contains("An edit while it runs"));
            String another = world.newDeal(Map.of("details", Map.of("notes", "Crane lights")));
            assertThat(world.opportunityFor(another)).containsEntry("Description", "CRANE LIGHTS");
            world.andAgainNothingHappens();
        }
    }

    @Test
    void classes_without_a_jar_are_found_too() throws IOException {
        use("salesforce", "Description");
        Files.createDirectories(folder.resolve("ext/com/contoso"));
        Files.copy(classes.resolve("com/contoso/Loud.class"), folder.resolve("ext/com/contoso/Loud.class"));

        assertThat(validated()).startsWith("0 ");
    }
}
