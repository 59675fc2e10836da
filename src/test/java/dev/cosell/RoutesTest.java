package dev.cosell;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cosell.RouteText.Step;
import dev.cosell.crm.Crms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps the files under routes/ such that somebody who edits them can read them. */
class RoutesTest {
    private static final String ENDING = ".camel.yaml";
    private static final Schema CAMEL = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
            .getSchema(schema(), InputFormat.JSON);

    static Stream<String> files() {
        return ShippedRoutes.files().stream().map(file -> file.getFileName().toString());
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of("routes", file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<RouteText> routes() throws IOException {
        return files().flatMap(file -> RouteText.of(text(file)).stream()).toList();
    }

    private static String schema() {
        try (InputStream schema = RoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The schema knows no placeholder where it wants a truth value; Camel does. */
    private static List<String> faults(String text) {
        Object data = RouteText.data(text.replaceAll("autoStartup: \"\\{\\{.*}}\"", "autoStartup: true"));
        return CAMEL.validate(new ObjectMapper().valueToTree(data)).stream().map(Error::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_schema_of_camel_takes_each_file(String file) {
        assertThat(faults(text(file))).isEmpty();
    }

    @Test
    void the_schema_of_camel_refuses_what_an_edit_misspells() {
        assertThat(faults(text("sync.camel.yaml").replaceFirst("- toD: \\{ id:", "- toD: { di:"))).isNotEmpty();
    }

    @Test
    void each_route_says_what_it_does() throws IOException {
        assertThat(routes()).hasSizeGreaterThan(80)
                .allSatisfy(route -> assertThat(route.description()).as(route.id()).isNotBlank());
    }

    /**
     * A failure that a doTry has caught would disarm every error handler of the exchange, if the route that was called
     * had one of its own (Camel 4.18.0).
     */
    @Test
    void each_called_route_leaves_its_failures_to_the_caller() throws IOException {
        assertThat(routes()).filteredOn(route -> route.node().get("from") instanceof Map<?, ?> from
                        && from.get("uri").toString().startsWith("direct:"))
                .hasSizeGreaterThan(60)
                .allSatisfy(route -> assertThat(route.node().get("errorHandler")).as(route.id())
                        .isEqualTo(Map.of("noErrorHandler", Map.of())));
    }

    @Test
    void each_step_has_an_id_of_its_own() throws IOException {
        Map<String, Integer> times = new TreeMap<>();
        for (RouteText route : routes()) {
            assertThat(route.steps()).allSatisfy(
                    step -> assertThat(step.id()).as("a step %s of %s", step.kind(), route.id()).isNotBlank());
            route.steps().forEach(step -> times.merge(step.id(), 1, Integer::sum));
        }
        assertThat(times).hasSizeGreaterThan(500).allSatisfy((id, count) -> assertThat(count).as(id).isEqualTo(1));
    }

    @Test
    void no_choice_is_in_a_choice() throws IOException {
        assertThat(routes().stream().flatMap(route -> route.steps().stream())
                .filter(step -> step.kind().equals("choice") && step.within().contains("choice")).map(Step::id))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void no_step_depends_on_the_java_type_of_a_body(String file) {
        assertThat(text(file)).doesNotContainPattern("\\$\\{[^}]*} is ").doesNotContain("bodyAs", "mandatoryBodyAs");
    }

    /**
     * A variable comes from the route itself, or the description or the head of the file says that it is handed over.
     */
    @Test
    void no_route_reads_a_variable_without_a_word() throws IOException {
        Map<String, Set<String>> unsaid = new TreeMap<>();
        for (String file : files().toList()) {
            String head = text(file).lines().takeWhile(line -> line.startsWith("#") || line.isBlank())
                    .collect(joining("\n"));
            for (RouteText route : RouteText.of(text(file))) {
                Set<String> read = new TreeSet<>(route.variablesRead());
                read.removeAll(route.variablesSet());
                read.removeIf(name -> (head + route.description()).matches("(?s).*\\b" + name + "\\b.*"));
                if (!read.isEmpty()) {
                    unsaid.put(route.id(), read);
                }
            }
        }
        assertThat(unsaid).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_that_is_not_a_crms_own_names_none(String file) {
        String name = file.replace(ENDING, "").replace("mapping-", "");
        if (!Crms.SHIPPED.names().contains(name)) {
            assertThat(text(file).toLowerCase(java.util.Locale.ROOT)).doesNotContain(Crms.SHIPPED.names());
        }
    }

    /** Salesforce alone counts calls, so its poll may rest. */
    @Test
    void both_crms_are_polled_in_the_same_words() throws IOException {
        Map<String, RouteText> byId = routes().stream().collect(toMap(RouteText::id, route -> route));
        String salesforce = byId.get("salesforce-poll").without("salesforce-poll-saves-calls")
                .replace("salesforce", "crm").replace("Salesforce", "The CRM");
        String dynamics = byId.get("dynamics-poll").without().replace("dynamics", "crm").replace("Dynamics 365",
                "The CRM");
        assertThat(dynamics).isEqualTo(salesforce).contains("crm-poll-hand-over");
    }
}
