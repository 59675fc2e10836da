package dev.cosell.backfill;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.backfill.Records.Found;
import dev.cosell.state.Database;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What backfills and the question before a first sync say to the database. */
public final class BackfillStatements {
    private static final String CRM = "crm";

    private final Database database;
    private final Clock clock;
    private final Jobs jobs;
    private final Records records;
    private final String run;

    /** @param run in front of every id, so that it can be said to the same database twice */
    public BackfillStatements(Database database, Clock clock, String run) {
        this.database = database;
        this.clock = clock;
        this.run = run;
        jobs = new Jobs(database, clock);
        records = new Records(database, clock);
    }

    /** Leaves no job at work behind. */
    public void say() {
        first();
        Backfill asking = begin(null, null);
        jobs.move(asking, Phase.ASKING, "Many records", null);
        Backfill job = begin(clock.instant(), "Name <> 'x'");
        jobs.atWork();
        jobs.isOutdated(asking);
        count(job);
        moved(job, Phase.ASKING);
        jobs.moveToWork(jobs.find(job.id()).orElseThrow(), Phase.RUNNING, null, 10L);
        handOver(jobs.find(job.id()).orElseThrow());
        read(job);
        records.isHanded(CRM, run + "record");
        records.leaveAllBut(jobs.find(job.id()).orElseThrow(), List.of("other"));
        moved(job, Phase.DONE);
        new OldReasons(database, Duration.ofDays(-1), clock).forget();
    }

    private void first() {
        FirstSync first = new FirstSync(database, List.of(run + "first"));
        first.begin(false, false);
        first.needs();
        first.begin(false, true);
        first.done(FirstSync.PARTNER_CENTER, List.of(run + "first"));
        first.done(run + "first", List.of(run + "first"));
    }

    private Backfill begin(Instant since, String where) {
        return jobs.begin(CRM, since, where, false, "ana", List.of(CRM)).orElseThrow();
    }

    private Backfill moved(Backfill job, Phase to) {
        jobs.move(jobs.find(job.id()).orElseThrow(), to, null, 10L);
        return jobs.last().orElseThrow();
    }

    private void count(Backfill job) {
        records.add(job, List.of(found("record"), found("faulty"), found("record")), "next", true);
        records.toLook(job, 10);
        records.foreseen(job.id(), CRM, run + "record", new Prediction(Kind.UPDATE, "", "", 1));
        records.foreseen(job.id(), CRM, run + "faulty",
                Prediction.faulty(List.of(new Reason(Trouble.REFUSED, "Name", "Name is missing"))));
    }

    private Found found(String id) {
        return new Found(CRM, run + id, null);
    }

    private void handOver(Backfill job) {
        records.toHand(job, 10).forEach(each -> records.handed(job.id(), each.id()));
        records.underWay(job.id());
        records.handed(job.id());
        records.handAgain(job.id(), CRM, clock.instant().minusSeconds(60));
        records.overdue(job.id(), clock.instant());
        records.late(job.id(), clock.instant());
        records.anyDoneSince(job.id(), CRM, clock.instant());
        records.handAgain();
        records.giveUp(job.id(), CRM, clock.instant().minusSeconds(60), "It is not done");
        records.done(CRM, run + "record", Kind.EQUAL);
    }

    private void read(Backfill job) {
        records.counts(job.id());
        records.closed(job.id());
        records.causes(job.id());
        records.page(job.id(), null, null, 10);
        records.page(job.id(), Kind.UPDATE, run + "faulty " + CRM, 10);
    }
}
