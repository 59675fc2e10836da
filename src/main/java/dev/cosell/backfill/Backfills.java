package dev.cosell.backfill;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.StateFaults;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What people ask of backfills and do about them; the work itself is done by the route {@code backfill}. */
public final class Backfills {
    private final Jobs jobs;
    private final Records records;
    private final Figures figures;
    private final FirstSync first;
    private final BackfillSteps.Rules rules;
    private final Clock clock;

    public Backfills(Database database, FirstSync first, BackfillSteps.Rules rules, Clock clock) {
        this.jobs = new Jobs(database, clock);
        this.records = new Records(database, clock);
        this.figures = new Figures(records);
        this.first = first;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * For the start: the job at work waits for no CRM that is not synced any more, ends when it goes through one, and
     * stops when its records were not counted for one whose first sync asks. No instance with other CRMs works beside
     * this one. A job that rests is left as it is, for the CRM may be named again.
     */
    public void adjustToCrms() {
        jobs.atWork().ifPresent(job -> {
            List<String> uncounted = uncounted(job);
            if (!isSynced(job.source())) {
                jobs.move(job, Phase.STOPPED, job.source() + " is not synced any more (setting crms)", job.allowed());
            } else if (!uncounted.isEmpty()) {
                jobs.move(job, Phase.STOPPED, "Its records were not counted for " + String.join(" and ", uncounted)
                        + ", which the setting crms did not name all the time: count anew with ./cosell backfill "
                        + job.source() + " --dry-run", job.allowed());
            } else {
                records.leaveAllBut(job, first.crms());
            }
        });
    }

    private List<String> uncounted(Backfill job) {
        return first.asking(job.source()).stream().filter(crm -> !job.crms().contains(crm)).toList();
    }

    /**
     * CRMs whose first sync asks, and for which nobody has counted the records of this job: they were added to the
     * settings, or taken out for a time, since it was begun.
     */
    public List<String> uncounted(long id) {
        return jobs.find(id).map(this::uncounted).orElse(List.of());
    }

    private boolean isSynced(String source) {
        return FirstSync.PARTNER_CENTER.equals(source) || first.crms().contains(source);
    }

    /** Whether a job that somebody let go hands this record to the sync with that CRM. */
    public boolean hands(String crm, String recordId) {
        return StateFaults.reached(() -> records.isHanded(crm, recordId));
    }

    /** Hints may be missing from the queue: what was handed to the sync and is not done is handed over once more. */
    public static void handAgain(Database database, Clock clock) {
        new Records(database, clock).handAgain();
    }

    /**
     * @param backlog  how many hints of a CRM are not done, by its name
     * @param answered when a system last answered, by its name; empty when it has not since the start
     * @param stopping whether the application is
     */
    public BackfillSteps steps(Pages pages, ToIntFunction<String> backlog,
            Function<String, Optional<Instant>> answered, BooleanSupplier stopping) {
        return new BackfillSteps(jobs, records, pages, first, rules,
                new BackfillSteps.Waits(new FailedLooks(answered, clock), new LostHints(records, backlog, clock),
                        new NeverDone(records, clock)),
                stopping, clock);
    }

    /**
     * A job, for people.
     *
     * @param since     null for all records
     * @param where     null for no condition
     * @param phase     {@link Backfill.Phase}
     * @param reason    why it waits, stopped or failed; null when there is nothing to say
     * @param listed    whether the last page was read
     * @param found     how many of each {@link Kind}
     * @param toLook    how many are still to be looked at
     * @param toHand    how many a run hands to the sync
     * @param outcomes  what the sync made of them so far
     * @param otherwise how many came out otherwise than they were foreseen
     * @param causes    why records are faulty or left alone, the most frequent ones first
     * @param nextLimit how many are handed over at most when it is let go now, a record once for each CRM; null for all
     */
    public record View(long id, String source, String since, String where, boolean dryRun, String phase, String reason,
            String askedBy, String begun, String counted, String ended, long pages, boolean listed,
            Map<Kind, Long> found, long toLook, long overwriting, long toHand, long handed, long done,
            Map<Kind, Long> outcomes, long otherwise, List<Records.Cause> causes, Integer nextLimit) {}

    /**
     * Begins one.
     *
     * @return empty when another one is at work
     */
    public Optional<View> begin(String source, Instant since, String where, boolean dryRun, String who) {
        return jobs.begin(source, since, where, dryRun, who, first.concerned(source)).map(this::view);
    }

    public Optional<View> last() {
        return jobs.last().map(this::view);
    }

    /** Of the last one; null when there was none. Costs one row, however many records it goes through. */
    public String phase() {
        return jobs.last().map(job -> job.phase().name()).orElse(null);
    }

    public Optional<View> find(long id) {
        return jobs.find(id).map(this::view);
    }

    private View view(Backfill job) {
        Figures.Found found = figures.of(job);
        Counts counts = found.counts();
        return new View(job.id(), job.source(), Moment.text(job.since()), job.where(), job.dryRun(),
                job.phase().name(), job.reason(), job.askedBy(), Moment.text(job.begun()), Moment.text(job.counted()),
                Moment.text(job.ended()), job.pages(), job.listed(), counts.found(), counts.toLook(),
                counts.overwriting(), counts.toHand(), counts.handed(), counts.done(), counts.outcomes(),
                counts.otherwise(), found.causes(), limit(job.source()));
    }

    /** See {@link Records#page}. */
    public List<Records.Line> records(long id, Kind kind, String after, int limit) {
        return records.page(id, kind, after, limit);
    }

    /** Whether a newer job took its place: nobody may let it go, for it may know nothing of its records any more. */
    public boolean isOutdated(long id) {
        return jobs.find(id).map(jobs::isOutdated).orElse(false);
    }

    /**
     * Lets a job go that is counted and waits, or was stopped. False when it is none of these, or outdated, or goes
     * through a CRM that is not synced, or was not {@link #uncounted counted} for one, or another one is at work.
     */
    public boolean go(long id) {
        Backfill job = jobs.find(id).orElse(null);
        if (job == null || job.isAtWork() || job.phase() == Phase.DONE || job.phase() == Phase.FAILED
                || jobs.isOutdated(job) || !isSynced(job.source()) || !uncounted(job).isEmpty()
                || jobs.atWork().isPresent()) {
            return false;
        }
        records.leaveAllBut(job, first.crms());
        if (job.counted() == null) {
            return jobs.moveToWork(job, Phase.COUNTING, null, null);
        }
        Integer limit = limit(job.source());
        return jobs.moveToWork(job, Phase.RUNNING, null, limit == null ? null : records.handed(id) + limit);
    }

    /** A record goes to all CRMs that it concerns at once, so the limit lets at least one go. Null for none. */
    private Integer limit(String source) {
        return first.asks(source) ? Math.max(rules.atOnce(), first.concerned(source).size()) : null;
    }

    /** What was handed to the sync already is done. False when it has come to its end. */
    public boolean stop(long id, String who) {
        return jobs.find(id).filter(job -> job.isAtWork() || job.phase() == Phase.ASKING)
                .map(job -> jobs.move(job, Phase.STOPPED, "Stopped by " + who, job.allowed())).orElse(false);
    }

    /**
     * What a person has to do, a sentence by what it is about: a system whose first sync waits, or a backfill. One that
     * asks again, because more was handed over meanwhile, is something else to do than the first time.
     */
    public Map<String, String> needs() {
        Map<String, String> needs = new LinkedHashMap<>(first.needs());
        jobs.last().filter(job -> job.phase() == Phase.ASKING && isSynced(job.source()) && uncounted(job).isEmpty())
                .ifPresent(job -> needs.put("backfill " + job.id()
                        + (job.allowed() == null ? "" : " after " + job.allowed()), "The backfill of "
                        + job.source() + " waits for a person. " + job.reason() + ". ./cosell backfill " + job.source()
                        + " --go lets it go, --stop ends it"));
        return needs;
    }
}
