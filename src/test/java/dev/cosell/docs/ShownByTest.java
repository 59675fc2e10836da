package dev.cosell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages that name the tests behind a sentence name tests that exist, and quote sentences that stand there. */
class ShownByTest {
    private static final Pattern QUOTED = Pattern.compile("(?m)^\\| \"(.*?)\" \\|");
    /** {@code LastTest} is an attribute in JMX. */
    private static final Pattern NAMED = Pattern
            .compile("`(?!LastTest`)([A-Z]\\w*(?:Test|Stories|Contract))?(?:\\.([a-zA-Z]\\w+…?))?`");
    private static final Map<String, String> TESTS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String root : List.of("src/test/java", "sandbox/src/test/java")) {
            if (Files.isDirectory(Path.of(root))) {
                read(Path.of(root));
            }
        }
    }

    private static void read(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                TESTS.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(docs.sorted(), Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path::of))
                    .filter(page -> page.toString().endsWith(".md")).toList();
        }
    }

    @Test
    void each_test_that_is_named_exists() throws IOException {
        List<String> missing = new ArrayList<>();
        Set<Path> naming = new HashSet<>();
        for (Path page : pages()) {
            for (String line : Files.readAllLines(page)) {
                String last = null;
                for (Matcher names = NAMED.matcher(line); names.find();) {
                    last = names.group(1) == null ? last : names.group(1);
                    if (last != null && !exists(last, names.group(2))) {
                        missing.add(names.group() + " of " + last + " in " + page);
                    }
                    naming.add(page);
                }
            }
        }
        assertThat(naming).extracting(Path::toString)
                .contains("docs/tests.md", "docs/coverage.md", "docs/faults.md", "docs/advisories.md");
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String test, String method) {
        String text = TESTS.get(test);
        if (text == null || method == null) {
            return text != null;
        }
        String start = "void " + method.replace("…", "");
        return text.contains(method.endsWith("…") ? start : start + "(") || text.contains("ArchRule " + method + " =")
                || inherited(text, method);
    }

    private static boolean inherited(String text, String method) {
        Matcher parent = Pattern.compile("class \\w+ extends (\\w+)").matcher(text);
        return parent.find() && exists(parent.group(1), method);
    }

    @Test
    void the_readme_says_what_is_quoted() throws IOException {
        String readme = plain(Files.readString(Path.of("README.md")));
        List<String> quoted = QUOTED.matcher(Files.readString(Path.of("docs/tests.md"))).results()
                .map(found -> plain(found.group(1))).toList();
        assertThat(quoted).hasSizeGreaterThan(40).allSatisfy(sentence -> assertThat(readme).contains(sentence));
    }

    private static String plain(String text) {
        return text.replace("\\\"", "\"").replaceAll("[`*]", "").replaceAll("\\s+", " ");
    }
}
