package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class AuditTrailContract extends StateContract {
    private static AuditEntry entry(Instant at, String referralId, String crmId, String detail) {
        return new AuditEntry(at, "salesforce", referralId, crmId, "CHANGED", "UPDATE", detail, null, false);
    }

    private void link(String referralId, String crmId) {
        Link link = Link.of("salesforce", Ends.deal(referralId, null, crmId));
        new LinkStore(database, new SeenVersions(database, clock), clock)
                .finish(new Finished(link, null, List.of()));
    }

    @Test
    void theLatestEntriesOfARecordComeFirst() throws Exception {
        AuditTrail trail = new AuditTrail(database);
        AuditEntry first = entry(NOW, "ref-1", null, "one");
        AuditEntry second = entry(NOW.plusSeconds(1), "ref-1", "006A", "two");
        AuditEntry third = entry(NOW.plusSeconds(2), null, "006A", null);
        trail.add(first);
        trail.add(second);
        trail.add(third);
        trail.add(entry(NOW, "ref-2", "006B", "other"));
        trail.add(
                new AuditEntry(NOW, "dynamics", "ref-1", "guid", "CHANGED", "UPDATE", "the other CRM's", null, false));
        link("ref-1", "006A");
        reopen();
        trail = new AuditTrail(database);

        assertThat(trail.last("ref-1", 10)).hasSize(3).endsWith(second, first);
        assertThat(trail.last("006A", 10)).containsExactly(third, second, first);
        assertThat(trail.last("006A", 1)).containsExactly(third);
        assertThat(trail.last("nobody", 1)).isEmpty();
    }

    @Test
    void anEndlessDetailIsCutAndOldEntriesArePurged() {
        AuditTrail trail = new AuditTrail(database);
        trail.add(entry(NOW, "ref-1", null, "d".repeat(50_000)));
        trail.add(entry(NOW.plusSeconds(60), "ref-1", null, "young"));
        assertThat(trail.last("ref-1", 2).get(1).detail()).hasSize(40_000).endsWith("…");

        assertThat(trail.purge(NOW.plusSeconds(30))).isEqualTo(1);
        assertThat(trail.last("ref-1", 2)).extracting(AuditEntry::detail).containsExactly("young");
    }

    /** One transaction deleted them all, without an index; when it was broken off, nothing was gone. */
    @Test
    void oldEntriesArePurgedInStepsAndTheYoungAreNotGoneThrough() {
        AuditTrail trail = new AuditTrail(database);
        trail.add(entry(NOW.plusSeconds(60), "ref-1", null, "of a clock that was ahead"));
        fill(AuditTrail.STEP + 500, NOW);
        fill(2 * AuditTrail.STEP, NOW.plusSeconds(60));
        trail.add(entry(NOW, "ref-1", null, "of a clock that was behind"));

        assertThat(trail.purge(NOW.minusSeconds(60))).isZero();
        assertThat(trail.purge(NOW.plusSeconds(30))).isEqualTo(AuditTrail.STEP + 500);
        assertThat(trail.last("ref-1", 5)).extracting(AuditEntry::detail)
                .containsExactly("of a clock that was behind", "of a clock that was ahead");
        assertThat(trail.purge(NOW.plusSeconds(61))).isEqualTo(2 * AuditTrail.STEP + 2);
        assertThat(trail.purge(NOW.plusSeconds(61))).isZero();
    }

    private void fill(int count, Instant at) {
        List<Object[]> rows = Collections.nCopies(count, new Object[] {at.atOffset(ZoneOffset.UTC)});
        database.inTransaction(statements -> statements.batchUpdate("INSERT INTO audit (happened_at, crm, situation,"
                + " action, wrote) VALUES (?, 'salesforce', 'CHANGED', 'UPDATE', TRUE)", rows));
    }

    /** A text that the database refused took its whole entry with it. */
    @Test
    void whatever_is_to_be_told_goes_in() {
        AuditTrail trail = new AuditTrail(database);
        trail.add(entry(NOW, "ref-\u00001", null, "Nowhere\u0000land \ud83d"));
        trail.add(entry(NOW, "r".repeat(300), "c".repeat(300), "d".repeat(39_998) + "\ud83d\ude80\ud83d\ude80"));
        assertThat(trail.last("ref-1", 1)).extracting(AuditEntry::detail).containsExactly("Nowhereland ");
        assertThat(trail.last("r".repeat(99) + "…", 1)).extracting(AuditEntry::detail)
                .containsExactly("d".repeat(39_998) + "…");
    }
}
