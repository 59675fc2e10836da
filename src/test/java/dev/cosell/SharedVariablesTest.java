package dev.cosell;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.junit.jupiter.api.Test;

/**
 * What the steps in Java and the routes hand to each other by name. Camel gives null for a name that nobody sets, and
 * says nothing.
 */
class SharedVariablesTest {
    private static final Pattern SET = Pattern.compile("(?:setVariable: \\{[^\\n]*?name|variableReceive): (\\w+)");
    /** Set by Java itself, beside the call that needs them. */
    private static final Pattern IN_JAVA = Pattern.compile("setVariable\\((?:\"(\\w+)\"|(?:\\w+\\.)?([A-Z_]+))");

    private static String text(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).map(file -> {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).collect(Collectors.joining("\n"));
        }
    }

    /**
     * A variable was renamed in the routes and not in a step: what was told by it was taken for "no" from then on, and
     * an edit was lost.
     */
    @Test
    void every_variable_that_a_step_reads_is_set_somewhere() throws IOException {
        JavaClasses product = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.cosell");
        Set<String> read = product.stream().flatMap(type -> type.getMethods().stream())
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(Variable.class))
                .map(parameter -> parameter.getAnnotationOfType(Variable.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(read).contains("decision", "attempt", "referral");
        Set<String> set = SET.matcher(text(Path.of("routes"), ".camel.yaml")).results().map(found -> found.group(1))
                .collect(Collectors.toSet());
        String java = text(Path.of("src/main/java"), ".java");
        Set<String> constants = IN_JAVA.matcher(java).results().map(found -> found.group(2))
                .filter(name -> name != null).collect(Collectors.toSet());
        IN_JAVA.matcher(java).results().map(found -> found.group(1)).filter(name -> name != null).forEach(set::add);
        for (String constant : constants) {
            Pattern.compile("String " + constant + " = \"(\\w+)\"").matcher(java).results().map(found -> found.group(1))
                    .forEach(set::add);
        }
        read.removeAll(set);
        assertThat(read).isEmpty();
    }
}
