package dev.cosell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of the house names files, classes and packages that exist, and no package is missing on it. */
class NamedFilesTest {
    private static final Path MAIN = Path.of("src/main/java/dev/cosell");
    private static final Path SANDBOX = Path.of("sandbox/src/main/java/dev/cosell");
    private static final Path TEST = Path.of("src/test/java/dev/cosell");
    private static final List<Path> SOURCES = List.of(MAIN, SANDBOX, TEST);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** To a file, to a heading in it, or to a heading of the same file; an address has a colon. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
    private static final Pattern PATH = Pattern.compile("[\\w.-]+(/[\\w.<>-]+)+");
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]\\w*[a-z]");
    private static final Set<String> OF_OTHERS = Set.of("Salesforce");

    /** Without what is fenced, where a single mark means nothing. */
    private static String read(String document) throws IOException {
        return Files.readString(Path.of(document)).replaceAll("(?s)```.*?```", "");
    }

    private static Set<String> classes() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - 5)).forEach(classes::add);
            }
        }
        return classes;
    }

    private static boolean exists(String path) {
        return Stream.concat(Stream.of(Path.of("")), SOURCES.stream())
                .anyMatch(root -> Files.exists(root.resolve(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "CONTRIBUTING.md"})
    void files_and_classes_that_are_named_exist(String document) throws IOException {
        Set<String> classes = classes();
        List<String> missing = CODE.matcher(read(document)).results().map(found -> found.group(1))
                .filter(text -> PATH.matcher(text).matches() && !text.contains("<") && !exists(text)
                        || CLASS.matcher(text).matches() && !OF_OTHERS.contains(text) && !classes.contains(text))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void links_lead_to_files_and_to_headings_in_them() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        int anchors = 0;
        for (String document : documents()) {
            for (MatchResult link : LINK.matcher(read(document)).results().toList()) {
                links++;
                anchors += link.group(2) == null ? 0 : 1;
                if (!leadsSomewhere(document, link.group(1), link.group(2))) {
                    dead.add(document + link.group());
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).as("links").isGreaterThan(100);
        assertThat(anchors).as("links to headings").isPositive();
    }

    private static List<String> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md"),
                    docs.map(Path::toString).filter(name -> name.endsWith(".md")).sorted()).toList();
        }
    }

    /** @param anchor of the link; null when it names a file only */
    private static boolean leadsSomewhere(String document, String file, String anchor) throws IOException {
        Path target = file.isEmpty() ? Path.of(document) : Path.of(document).resolveSibling(file);
        return Files.exists(target) && (anchor == null || anchors(target.toString()).contains(anchor));
    }

    /** As GitHub makes them of headings: the text in small letters, without punctuation, with hyphens for spaces. */
    private static Set<String> anchors(String document) throws IOException {
        Set<String> anchors = new TreeSet<>();
        HEADING.matcher(read(document)).results().forEach(heading -> {
            String anchor = heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
            int again = 0;
            while (!anchors.add(again == 0 ? anchor : anchor + "-" + again)) {
                again++;
            }
        });
        return anchors;
    }

    @Test
    void no_package_is_missing_on_the_map() throws IOException {
        Set<String> told = CODE.matcher(read("docs/architecture.md")).results().map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> main = Files.list(MAIN); Stream<Path> sandbox = Files.list(SANDBOX)) {
            Stream.concat(main, sandbox).filter(Files::isDirectory).map(folder -> folder.getFileName().toString())
                    .filter(name -> told.stream().noneMatch(text -> text.equals(name) || text.startsWith(name + ".")))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }
}
