package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Words of a command that would have been passed over; no application runs that could be asked. */
class BackfillCommandTest {
    private static String refusal(String words) {
        List<String> all = new ArrayList<>(List.of("backfill", "--url", "http://127.0.0.1:1"));
        all.addAll(List.of(words.split(" ")));
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err)).execute(all.toArray(String[]::new));
        assertThat(code).isEqualTo(2);
        return err.toString();
    }

    /** The whole job of Monday was let go by somebody who wanted the large deals only. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce --go --since 2026-01-31", "dynamics --go --where estimatedvalue%20gt%201",
        "--go --where x", "salesforce --stop --since 2026-01-31"})
    void whatNarrowsABackfillDownWasPassedOverWhenTheLastOneWasLetGo(String words) {
        assertThat(refusal(words)).contains("as it was begun", "count anew: ./cosell backfill SYSTEM --dry-run");
    }

    /** It answered how the last one is, as if that were the one that was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"--dry-run", "--where x", "--since 2026-01-31"})
    void whatBeginsABackfillWasPassedOverWithoutASystem(String words) {
        assertThat(refusal(words)).contains("name its system, as in ./cosell backfill partner-center --dry-run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce --only faulty", "--only create"})
    void aKindWithoutAListIsRefused(String words) {
        assertThat(refusal(words)).contains("--only says which records --list writes");
    }
}
