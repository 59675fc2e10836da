package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.MinuteFigures.Figure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

abstract class MinuteFiguresContract extends StateContract {
    private static final Instant MINUTE = NOW.truncatedTo(ChronoUnit.MINUTES);

    private MinuteFigures at(Instant now, ToIntFunction<String> backlog) {
        return new MinuteFigures(database, List.of("dynamics", "salesforce"), backlog,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void decide(Instant at, String crm, boolean wrote) {
        new AuditTrail(database).add(new AuditEntry(at, crm, "ref", "record", "CHANGED", "UPDATE", null, null, wrote));
    }

    private static Instant minute(int number) {
        return MINUTE.plus(number, ChronoUnit.MINUTES);
    }

    @Test
    void eachMinuteIsCountedOnceWhoeverCountsAndHoweverLate() throws Exception {
        decide(minute(-2), "salesforce", true);
        decide(minute(0), "salesforce", true);
        decide(minute(0), "salesforce", false);
        race(4, () -> {
            at(minute(1).plusSeconds(5), crm -> 7).note();
            return null;
        });
        decide(minute(1), "salesforce", true);
        decide(minute(1), "dynamics", true);
        at(minute(1).plusSeconds(30), crm -> 8).note();
        // Nobody counted for a while, and then an instance whose clock is behind.
        at(minute(5).plusSeconds(5), crm -> {
            throw new IllegalStateException("the queue is away");
        }).note();
        at(minute(4).plusSeconds(5), crm -> 9).note();

        assertThat(at(NOW, crm -> 0).since(minute(-9))).containsExactly(
                new Figure("dynamics", minute(0), 0, 7), new Figure("salesforce", minute(0), 1, 7),
                new Figure("dynamics", minute(4), 1, null), new Figure("salesforce", minute(4), 1, null));
        at(minute(3).plus(Duration.ofDays(3)), crm -> 0).forget();
        assertThat(at(NOW, crm -> 0).since(minute(-9))).extracting(Figure::minute).containsOnly(minute(4));
    }

    /** The charts stood still for as long as the clock had been ahead. */
    @Test
    void minutesAreCountedAgainWhenAClockThatWasAheadIsRight() {
        at(minute(1).plusSeconds(5), crm -> 1).note();
        at(minute(29_000).plusSeconds(5), crm -> 2).note();
        decide(minute(1), "salesforce", true);
        at(minute(2).plusSeconds(5), crm -> 3).note();
        decide(minute(2), "salesforce", true);
        at(minute(3).plusSeconds(5), crm -> 4).note();
        assertThat(at(NOW, crm -> 0).since(minute(0))).filteredOn(each -> each.crm().equals("salesforce"))
                .containsExactly(new Figure("salesforce", minute(0), 0, 1), new Figure("salesforce", minute(1), 1, 3),
                        new Figure("salesforce", minute(2), 1, 4));
    }

    /** It had its number before the minute was counted, and was committed behind it. */
    @Test
    void whatWasBeingWrittenWhenItsMinuteWasCountedIsCountedToo() {
        at(minute(1).plusSeconds(5), crm -> 0).note();
        AuditEntry late = new AuditEntry(minute(1), "salesforce", "ref", "record", "CHANGED", "UPDATE", null, null,
                true);
        database.inTransaction(statements -> {
            AuditTrail.insert(statements, late);
            aside(() -> decide(minute(1), "salesforce", true));
            aside(() -> at(minute(2).plusSeconds(5), crm -> 0).note());
            return null;
        });
        assertThat(at(minute(2).plusSeconds(30), crm -> 0).writes(minute(0))).containsEntry("salesforce", 2);
        at(minute(3).plusSeconds(5), crm -> 0).note();
        assertThat(at(NOW, crm -> 0).since(minute(0))).filteredOn(each -> each.crm().equals("salesforce"))
                .extracting(Figure::changes).containsExactly(0, 2, 0);
        assertThat(at(minute(3).plusSeconds(30), crm -> 0).writes(minute(0))).containsEntry("salesforce", 2);
    }

    private static void aside(Runnable work) {
        CompletableFuture.runAsync(work).orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Only the newest 5,000 entries of all CRMs were looked at, and a CRM's share of them was told as all of it. */
    @Test
    void ofABusyHourTheCrmThatWroteFirstWasToldToHaveWrittenLess() {
        decide(minute(-70), "salesforce", true);
        decide(minute(0), "salesforce", true);
        decide(minute(0), "salesforce", false);
        assertThat(at(minute(0), crm -> 0).writes(minute(-60))).as("before anything was counted")
                .isEqualTo(Map.of("salesforce", 1, "dynamics", 0));
        at(minute(1).plusSeconds(5), crm -> 0).note();
        decide(minute(1), "salesforce", true);
        AuditEntry busy = new AuditEntry(minute(1), "dynamics", "ref", "record", "CHANGED", "UPDATE", null, null, true);
        new AuditTrail(database).addAll(Collections.nCopies(5_001, busy));

        Map<String, Integer> all = Map.of("salesforce", 2, "dynamics", 5_001);
        assertThat(at(minute(2), crm -> 0).writes(minute(-59))).isEqualTo(all);
        at(minute(2).plusSeconds(5), crm -> 0).note();
        assertThat(at(minute(2), crm -> 0).writes(minute(-59))).as("counted").isEqualTo(all);
    }

    @Test
    void theLogIsReadFromItsEndAndFiltered() {
        for (int i = 0; i < 5; i++) {
            new AuditTrail(database).add(new AuditEntry(NOW, i % 2 == 0 ? "salesforce" : "dynamics", "ref-" + i, null,
                    i == 4 ? "AGREED" : "CHANGED", "UPDATE", "100%_sure " + i, null, true));
        }
        AuditLog log = new AuditLog(database);
        assertThat(found(log, new AuditLog.Wanted(null, null, List.of()), 5)).containsExactly("ref-4", "ref-3");
        assertThat(found(log, new AuditLog.Wanted("dynamics", "0%_SURE", List.of()), 5))
                .containsExactly("ref-3", "ref-1");
        assertThat(found(log, new AuditLog.Wanted(null, "agree", List.of("AGREED")), 5)).containsExactly("ref-4");
        assertThat(found(log, new AuditLog.Wanted(null, "ref-0", List.of()), 4)).as("beyond what is looked at")
                .isEmpty();
        assertThat(log.after(log.newestId() - 2, 1)).extracting(each -> each.entry().referralId())
                .containsExactly("ref-3");
    }

    private static List<String> found(AuditLog log, AuditLog.Wanted wanted, int among) {
        return log.newest(wanted, among, 2).stream().map(each -> each.entry().referralId()).toList();
    }
}
