package dev.cosell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Begins a backfill and watches it, or says how the last one is; the running application does the work. */
@Command(name = "backfill", description = {"Goes through all records of one system: counts what a sync of each would "
        + "do, and then hands those that differ to the sync, behind live changes. Goes on by itself when this command "
        + "is ended, and after a restart.", "Without a system it says how the last one is."})
final class BackfillCommand extends AskCommand {
    static final Set<String> AT_WORK = Set.of("COUNTING", "RUNNING");
    /** A restart takes less, and so does the change-over of a database. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> WELL_ENDED = Set.of("COUNTED", "DONE");

    @Parameters(paramLabel = "SYSTEM", arity = "0..1",
            description = "What to go through: salesforce, dynamics or partner-center.")
    String source;

    @Option(names = "--since", paramLabel = "WHEN",
            description = "Only records that changed since this day or moment (UTC), such as 2026-01-31.")
    String since;

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only records that meet a condition in the "
            + "system's own words: SOQL for salesforce, an OData filter for the others.")
    String where;

    @Option(names = "--list", paramLabel = "FILE",
            description = "Writes what was found out about each record to a file, as JSON when its name ends with "
                    + ".json and else as CSV.")
    Path list;

    @Option(names = "--only", paramLabel = "KIND", description = "With --list: only equal, create, update, close, "
            + "lead, faulty or left.")
    String only;

    @ArgGroup
    How how = new How();

    /** What is done about it; only one of them. */
    static final class How {
        @Option(names = "--dry-run", description = "Counts alone; nothing is written anywhere.")
        boolean dryRun;

        @Option(names = "--go",
                description = "Lets the last one go, as it was begun; it is counted, waits or was stopped.")
        boolean go;

        @Option(names = "--stop", description = "Stops the last one; --go lets it go on.")
        boolean stop;
    }

    @Override
    JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
        requireNothingToIgnore();
        JsonNode job = begun(running);
        if (!how.stop) {
            job = new Watch(running, new Progress(spec.commandLine().getErr()), PATIENCE).untilItRests(job);
        }
        if (list != null) {
            write(running, job);
        }
        return job;
    }

    /** Whoever narrows a job down must not have a wider one let go instead. */
    private void requireNothingToIgnore() {
        boolean narrows = since != null || where != null;
        if (narrows && (how.go || how.stop)) {
            throw refused("--since and --where say what a new backfill goes through; --go and --stop are about the"
                    + " last one, as it was begun. Leave them out, or count anew: ./cosell backfill SYSTEM --dry-run"
                    + " with --since or --where, and let that one go");
        }
        if (source == null && (narrows || how.dryRun)) {
            throw refused("--since, --where and --dry-run begin a backfill: name its system, as in ./cosell backfill"
                    + " partner-center --dry-run");
        }
        if (only != null && list == null) {
            throw refused("--only says which records --list writes: name its file");
        }
    }

    private ParameterException refused(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private JsonNode begun(Running running) throws Running.Unanswered, InterruptedException {
        if (source != null && !how.go && !how.stop) {
            ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("source", source).put("since", since)
                    .put("where", where).put("dryRun", how.dryRun);
            return running.post("/api/backfill", wanted.toString());
        }
        JsonNode last = running.get("/api/backfills").path("last");
        if (last.isNull() || source != null && !source.equals(last.path("source").asText())) {
            throw new Running.Unanswered(last.isNull() ? "There was no backfill yet"
                    : "The last backfill was one of " + last.path("source").asText());
        }
        if (!how.go && !how.stop) {
            return last;
        }
        JsonNode job = running.post("/api/backfill/" + last.path("id").asText() + (how.go ? "/go" : "/stop"), "{}");
        if (how.go) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(letGo(job));
            err.flush();
        }
        return job;
    }

    private static String letGo(JsonNode job) {
        boolean whole = job.path("since").isNull() && job.path("where").isNull();
        long left = job.path("toHand").asLong() - job.path("handed").asLong();
        return "Let go: backfill " + job.path("id") + " of " + line(job.path("source")) + ", begun "
                + Ago.of(job.path("begun").asText()) + " (" + line(job.path("begun")) + ") by "
                + line(job.path("askedBy")) + ", of " + (whole ? "all records" : "records"
                + (job.path("since").isNull() ? "" : " that changed since " + line(job.path("since")))
                + (job.path("where").isNull() ? "" : " where " + line(job.path("where"))))
                + (job.path("counted").isNull() ? "; they are counted first" : "; " + left + " to hand over");
    }

    private void write(Running running, JsonNode job) throws Running.Unanswered, InterruptedException {
        try (RecordsFile file = RecordsFile.open(list)) {
            String after = "";
            do {
                JsonNode page = running.get("/api/backfill/" + job.path("id").asText() + "/records?kind="
                        + (only == null ? "" : Running.part(only)) + "&after=" + Running.part(after));
                for (JsonNode record : page.path("records")) {
                    file.add(record);
                }
                after = page.path("next").asText(null);
            } while (after != null && !after.equals("null"));
        } catch (IOException unwritable) {
            throw new Running.Unanswered("The file " + list + " cannot be written: " + unwritable.getMessage());
        }
    }

    @Override
    void tell(JsonNode job, PrintWriter out) {
        out.println("Backfill " + job.path("id") + " of " + line(job.path("source")) + ": "
                + line(job.path("phase")).toLowerCase(Locale.ROOT)
                + (job.path("reason").isNull() ? "" : ". " + line(job.path("reason"))));
        count(out, job, "EQUAL", "agree");
        count(out, job, "CREATE", "to create");
        count(out, job, "UPDATE", "to update");
        count(out, job, "CLOSE", "to close");
        count(out, job, "LEAD", "leads, not foreseen");
        count(out, job, "FAULTY", "faulty");
        count(out, job, "LEFT", "left alone");
        job.path("causes").forEach(cause -> out.printf("%10s  %s %s: %s%n", cause.path("count"),
                line(cause.path("crm")), line(cause.path("kind")).toLowerCase(Locale.ROOT),
                line(cause.path("cause"))));
        if (job.path("handed").asLong() > 0) {
            out.println(job.path("done") + " of " + job.path("toHand") + " done, " + job.path("otherwise")
                    + " came out otherwise than foreseen");
        }
        if (!job.path("nextLimit").isNull() && !AT_WORK.contains(job.path("phase").asText())) {
            out.println("--go hands over " + job.path("nextLimit")
                    + " records at most, a record once for each CRM (first-sync-limit)");
        }
    }

    private static void count(PrintWriter out, JsonNode job, String kind, String words) {
        long found = job.path("found").path(kind).asLong();
        if (found > 0) {
            out.printf("%10d  %s%n", found, words);
        }
    }

    @Override
    boolean needsPerson(JsonNode job) {
        return !WELL_ENDED.contains(job.path("phase").asText()) || job.path("found").path("FAULTY").asLong() > 0;
    }
}
