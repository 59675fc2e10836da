package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.live.ReleasedRoutes.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An edited copy that lacked a new schedule, a new step or a whole file started well, and nothing told of it. */
class ReleasedRoutesTest {
    private static final Path MADE = Path.of("target/released-routes.txt");
    private static final Path SHIPPED = Path.of("src/main/resources/released-routes.txt");

    private final Map<String, String> texts = new TreeMap<>();

    ReleasedRoutesTest() throws IOException {
        for (Path file : ShippedRoutes.files()) {
            texts.put(file.getFileName().toString(), Files.readString(file));
        }
    }

    private void edit(String file, String old, String instead) {
        assertThat(texts.get(file)).contains(old);
        texts.put(file, texts.get(file).replace(old, instead));
    }

    private List<String> lacking(String... leftOut) {
        return ReleasedRoutes.lacking(texts, file -> true, List.of(leftOut));
    }

    @Test
    void theListNamesEveryRouteAndStepThatIsShipped() throws IOException {
        List<String> lines = ReleasedRoutes.parts(texts).stream().map(Part::line).toList();
        Files.write(MADE, lines);
        assertThat(ReleasedRoutes.shipped()).extracting(Part::line).as("cp %s %s", MADE, SHIPPED)
                .containsExactlyElementsOf(lines).doesNotHaveDuplicates();
        assertThat(lines).hasSizeGreaterThan(600).contains("failures.camel.yaml failures defect",
                "failures.camel.yaml reading note-failed-reading", "failures.camel.yaml park seller-cannot-be-told");
    }

    @Test
    void shippedFilesLackNothing() {
        assertThat(lacking()).isEmpty();
    }

    @Test
    void aScheduleThatNobodyCallsIsMissed() {
        edit("schedules.camel.yaml", "id: parked-again\n", "id: of-an-earlier-release\n");
        assertThat(lacking()).containsExactly("schedules.camel.yaml lacks of version 0.2.0: the route parked-again");
        assertThat(lacking("parked-again")).isEmpty();
    }

    @Test
    void stepsAndClausesAreMissedInOneSentenceAFile() {
        edit("sync.camel.yaml", "id: backfill-watches,", "id: own-step,");
        edit("sync.camel.yaml", "id: first-sync-was-not-let-go", "id: own-filter");
        edit("sync.camel.yaml", "id: find-rivals\n", "id: own-route\n");
        edit("failures.camel.yaml", "id: record-never-settles", "id: own-clause");
        assertThat(lacking()).containsExactly(
                "failures.camel.yaml lacks of version 0.2.0: in failures the step record-never-settles",
                "sync.camel.yaml lacks of version 0.2.0: the route find-rivals; in sync the steps backfill-watches,"
                        + " first-sync-was-not-let-go");
        assertThat(lacking("record-never-settles", "find-rivals", "first-sync-was-not-let-go"))
                .containsExactly("sync.camel.yaml lacks of version 0.2.0: in sync the step backfill-watches");
        assertThat(lacking("failures", "sync.camel.yaml")).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsMissedUnlessItIsOfACrmThatIsNotSynced() {
        texts.remove("alerts.camel.yaml");
        texts.remove("dynamics.camel.yaml");
        assertThat(ReleasedRoutes.lacking(texts, file -> !file.equals("dynamics.camel.yaml"), List.of()))
                .containsExactly("alerts.camel.yaml of version 0.2.0 is not there: the routes alert-to-mail,"
                        + " alert-to-teams, alert-to-slack, alert-to-webhook, alert-post");
        assertThat(lacking("alerts.camel.yaml", "dynamics.camel.yaml")).isEmpty();
    }

    @Test
    void routesOfOnesOwnInFilesOfOnesOwnAreNobodysMatter() {
        texts.put("own.camel.yaml", texts.remove("alerts.camel.yaml").replace("- route:\n    id: alert-to-mail",
                "- route:\n    id: alert-to-pager\n    from: { uri: \"direct:alert-to-pager\", steps: [] }\n"
                        + "- route:\n    id: alert-to-mail"));
        texts.put("beans.camel.yaml", "- beans:\n    - name: own\n      type: java.lang.Object\n");
        assertThat(lacking()).isEmpty();
    }

    @Test
    void aNameThatIsNotShippedIsNamed() {
        assertThat(ReleasedRoutes.fault("")).isNull();
        assertThat(ReleasedRoutes.fault("parked-again, alerts.camel.yaml, defect, reading")).isNull();
        assertThat(ReleasedRoutes.fault("parked-again, parked-agian, own")).contains("version 0.2.0",
                "it has no parked-agian, own");
    }
}
