package dev.cosell.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the application is built of: the versions, the licences, and the page of advisories that speaks of both. */
class BuildTest {
    /** One of them is enough where a library may be used under several. */
    private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
            "EPL-1.0", "EPL-2.0", "CC0-1.0", "Bouncy Castle Licence");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern PLUGIN = Pattern.compile("[a-z]-plugin:([0-9][0-9.]*)");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9-]+)\\.version>([^<]+)</");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)\\.version` \\| ([^ |]+) \\|");

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    @Test
    void every_version_stands_in_one_place() throws IOException {
        List<String> elsewhere = new ArrayList<>();
        for (String file : List.of("pom.xml", "src/pom.xml", "sandbox/pom.xml")) {
            VERSION.matcher(text(file)).results().map(match -> match.group(1))
                    .filter(version -> !version.startsWith("${") && !version.endsWith("-SNAPSHOT"))
                    .forEach(version -> elsewhere.add(file + " " + version));
        }
        for (Path file : programs()) {
            PLUGIN.matcher(Files.readString(file)).results()
                    .forEach(match -> elsewhere.add(file + " " + match.group(1)));
        }
        assertThat(elsewhere).isEmpty();
        assertThat(versions()).hasSizeGreaterThan(30);
    }

    /** What calls Maven beside its own files. */
    private static List<Path> programs() throws IOException {
        try (Stream<Path> bench = Files.list(Path.of("bench"))) {
            return Stream.concat(bench.sorted(), Stream.of("cosell", "Dockerfile", ".ci/run").map(Path::of)).toList();
        }
    }

    /** The jar, its libraries and the bill are written before the tests are compiled, and ./cosell started them. */
    @Test
    void what_is_built_with_the_next_camel_stays_apart_from_what_is_started() throws IOException {
        String pom = text("pom.xml");
        assertThat(pom.substring(pom.indexOf("<id>camel-next</id>"))).contains("<build.folder>target/camel-next</");
        assertThat(text("src/pom.xml")).contains("<directory>../${build.folder}</directory>")
                .doesNotContain("../target");
        assertThat(text("sandbox/pom.xml")).contains("<directory>../${build.folder}/sandbox</directory>")
                .doesNotContain("../target");
    }

    /** A finding of the fuzzer passed when it was tried again, and so did faults of the product. */
    @Test
    void what_fails_is_not_tried_again() throws IOException {
        assertThat(List.of("pom.xml", "src/pom.xml", "sandbox/pom.xml", "bench/fuzz", ".ci/run"))
                .allSatisfy(file -> assertThat(text(file)).doesNotContain("rerunFailingTests"));
    }

    private static Map<String, String> versions() throws IOException {
        String pom = text("pom.xml");
        Map<String, String> versions = new LinkedHashMap<>();
        PROPERTY.matcher(pom.substring(0, pom.indexOf("</properties>"))).results()
                .forEach(match -> versions.put(match.group(1), match.group(2)));
        return versions;
    }

    /** A newer version needs another look at what was published about it. */
    @Test
    void the_page_of_advisories_speaks_of_the_versions_in_use() throws IOException {
        Map<String, String> versions = versions();
        List<MatchResult> rows = ROW.matcher(text("docs/advisories.md")).results().toList();
        assertThat(rows).extracting(row -> row.group(1)).contains("camel", "artemis", "vertx", "netty", "jackson",
                "jetty", "cometd", "h2", "postgresql", "logback", "bouncycastle", "spring", "oauth2-oidc-sdk");
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).as(row.group(1))
                .isEqualTo(versions.get(row.group(1))));
    }

    /** What was mended in a version is mended here only when no other library brings an older one along. */
    @ParameterizedTest
    @CsvSource({"camel, org.apache.camel:", "artemis, org.apache.activemq:artemis-", "vertx, io.vertx:",
            "netty, io.netty:", "jackson, com.fasterxml.jackson.core:", "jetty, org.eclipse.jetty",
            "cometd, org.cometd.java:", "h2, com.h2database:", "postgresql, org.postgresql:",
            "logback, ch.qos.logback:", "bouncycastle, org.bouncycastle:", "spring, org.springframework:",
            "oauth2-oidc-sdk, com.nimbusds:oauth2-oidc-sdk"})
    void the_versions_of_the_page_are_those_that_are_shipped(String property, String library) throws IOException {
        List<JsonNode> shipped = StreamSupport.stream(Bill.components().spliterator(), false)
                .filter(each -> (each.path("group").asText() + ":" + each.path("name").asText()).startsWith(library))
                .toList();
        assertThat(shipped).isNotEmpty().allSatisfy(each -> assertThat(each.path("version").asText())
                .as(each.path("name").asText()).isEqualTo(versions().get(property)));
    }

    @Test
    void every_library_that_is_shipped_has_a_licence_that_we_may_use() throws IOException {
        List<String> others = new ArrayList<>();
        JsonNode components = Bill.components();
        components.forEach(component -> {
            Set<String> licences = new TreeSet<>();
            component.path("licenses").forEach(each -> licences.add(each.path("license").path("id")
                    .asText(each.path("license").path("name").asText(each.path("expression").asText()))));
            if (!component.path("group").asText().equals("dev.cosell") && licences.stream().noneMatch(licence ->
                    ALLOWED.contains(licence) || licence.equals("EPL 1.0"))) {
                others.add(component.path("name").asText() + " " + licences);
            }
        });
        assertThat(components).hasSizeGreaterThan(100);
        assertThat(others).isEmpty();
    }
}
