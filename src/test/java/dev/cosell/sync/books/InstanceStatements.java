package dev.cosell.sync.books;

import dev.cosell.cluster.Instances;
import dev.cosell.cluster.PausedCrms;
import dev.cosell.cluster.SharedPauses;
import dev.cosell.cluster.SharedSignIn;
import dev.cosell.cluster.SharedTurn;
import dev.cosell.state.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;

/** The part of {@link EveryStatement} that several instances say to each other. */
final class InstanceStatements {
    /** No turn of theirs comes while this runs. */
    private static final Duration SILENT = Duration.ofDays(1);

    private final Database database;
    private final Clock clock = Clock.fixed(StateContract.NOW, ZoneOffset.UTC);
    private final String run;

    InstanceStatements(Database database, String run) {
        this.database = database;
        this.run = run;
    }

    void say() {
        instances();
        limits();
        signIn();
    }

    private String id(String of) {
        return run + of;
    }

    private void instances() {
        Map<String, String> traits = Map.of("version", "1");
        try (Instances instances = new Instances(database, id("instance"), traits, SILENT, clock).join();
             SharedTurn turn = new SharedTurn(database, id("turn"), instances.id(), SILENT)) {
            turn.want();
            turn.giveBack();
            PausedCrms paused = new PausedCrms(database, clock);
            paused.add(id("crm"));
            paused.all();
            paused.remove(id("crm"));
        }
    }

    private void limits() {
        LocalDate day = LocalDate.ofInstant(StateContract.NOW, ZoneOffset.UTC);
        CallCounts counts = new CallCounts(database);
        counts.add(id("salesforce"), day, 5);
        counts.add(id("salesforce"), day, 5);
        SharedPauses pauses = new SharedPauses(database);
        pauses.wanted(id("dynamics"), Duration.ofMinutes(1));
        pauses.wanted(id("dynamics"), Duration.ofMinutes(2));
        pauses.left(id("dynamics"));
    }

    private void signIn() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        SharedSignIn signIn = new SharedSignIn(database, id("user"), key);
        SharedSignIn before = new SharedSignIn(database, id("before"), key);
        before.write(Map.of("refreshToken", "one"));
        signIn.startingWith(before);
        signIn.fingerprint();
        signIn.alone(() -> "nothing");
        signIn.refreshing(() -> "nothing");
    }
}
