package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class SeenVersionsContract extends StateContract {
    private SeenVersions seen;

    @BeforeEach
    void store() {
        seen = new SeenVersions(database, clock);
    }

    /** As another instance, or this one after a restart, sees it. */
    private SeenVersions fresh() {
        return new SeenVersions(database, clock);
    }

    @Test
    void aKeyIsNewOnce() throws Exception {
        assertThat(seen.contains("k")).isFalse();
        assertThat(seen.add("k")).isTrue();
        assertThat(seen.add("k")).isFalse();
        assertThat(fresh().add("k")).isFalse();
        reopen();
        assertThat(fresh().contains("k")).isTrue();
    }

    @Test
    void aRemovedKeyIsNewAgain() {
        seen.add("k");
        assertThat(seen.remove("k")).isTrue();
        assertThat(seen.remove("k")).isFalse();
        assertThat(seen.contains("k")).isFalse();
        assertThat(seen.add("k")).isTrue();
        seen.clear();
        assertThat(seen.contains("k")).isFalse();
    }

    @Test
    void longKeysAreToldApartBehindTheLengthOfTheColumn() {
        String end = "x".repeat(400);
        String one = SeenVersions.key("dynamics", "dynamics", "id", end + 1);
        String two = SeenVersions.key("dynamics", "dynamics", "id", end + 2);

        assertThat(one).hasSizeLessThanOrEqualTo(250).isNotEqualTo(two);
        assertThat(seen.add(end + 1)).isTrue();
        assertThat(seen.add(end + 2)).isTrue();
        assertThat(seen.add(end + 1)).isFalse();
    }

    @Test
    void changesAlreadySeenAreDropped() {
        List<Change> changes = IntStream.range(0, 1203).mapToObj(n -> new Change("id" + n, "v" + n)).toList();
        IntStream.range(0, 1203).filter(n -> n % 2 == 0)
                .forEach(n -> seen.add(SeenVersions.key("salesforce", "salesforce", "id" + n, "v" + n)));
        seen.add(SeenVersions.key("dynamics", "salesforce", "id1", "v1"));

        Changes rest = fresh().unseen(new Changes(changes, "position", true), "salesforce", "salesforce");

        assertThat(rest.changes()).hasSize(601).allMatch(change -> Integer.parseInt(change.id().substring(2)) % 2 == 1);
        assertThat(rest.position()).isEqualTo("position");
        assertThat(rest.more()).isTrue();
    }

    @Test
    void aChangeOfUnknownVersionIsNeverDropped() {
        seen.add(SeenVersions.key("salesforce", "partner-center", "a", "1"));
        Changes changes = new Changes(List.of(new Change("a", null), new Change("a", "1"), new Change("a", "2")), "p",
                false);

        assertThat(seen.unseen(changes, "salesforce", "partner-center").changes())
                .containsExactly(new Change("a", null), new Change("a", "2"));
    }

    @Test
    void oldKeysArePurged() {
        seen.add("old");
        SeenVersions later = new SeenVersions(database, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
        later.add("young");

        assertThat(seen.purge(NOW.plusSeconds(30))).isEqualTo(1);
        assertThat(seen.contains("old")).isFalse();
        assertThat(seen.contains("young")).isTrue();
    }

    @Test
    void moreOldKeysThanOneStepHasArePurged() {
        Object at = NOW.atOffset(ZoneOffset.UTC);
        List<Object[]> rows = IntStream.range(0, SeenVersions.STEP + 50).mapToObj(n -> new Object[] {"k" + n, at})
                .toList();
        database.inTransaction(statements -> statements.batchUpdate(
                "INSERT INTO seen_version (seen_key, seen_at) VALUES (?, ?)", rows));
        new SeenVersions(database, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC)).add("k0 is young");

        assertThat(seen.purge(NOW.plusSeconds(30))).isEqualTo(SeenVersions.STEP + 50);
        assertThat(seen.contains("k0 is young")).isTrue();
        assertThat(seen.purge(NOW.plusSeconds(90))).isEqualTo(1);
    }

    /** They were purged by their age, and were news again for the next read of everything. */
    @Test
    void whatIsShownAgainIsKeptLonger() {
        List<Change> changes = IntStream.range(0, 1203).mapToObj(n -> new Change("id" + n, "v" + n)).toList();
        changes.forEach(change -> seen.add(SeenVersions.key("crm", "crm", change.id(), change.version())));
        seen.add(SeenVersions.key("crm", "crm", "id0", "before"));
        seen.add(SeenVersions.key("other", "crm", "id0", "v0"));
        SeenVersions later = new SeenVersions(database, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
        Changes page = new Changes(changes, "position", true);
        later.renew(page, "crm", "crm", NOW);
        assertThat(later.purge(NOW)).as("none is older").isZero();

        later.renew(new Changes(List.of(new Change("id0", "v0"), new Change("none", null), new Change("id0", "new")),
                "position", true), "crm", "crm", NOW.plusSeconds(1));
        assertThat(later.purge(NOW.plusSeconds(60))).isEqualTo(1202 + 2);
        assertThat(fresh().unseen(page, "crm", "crm").changes()).hasSize(1202).doesNotContain(new Change("id0", "v0"));
        assertThat(fresh().contains(SeenVersions.key("crm", "crm", "id0", "new"))).isFalse();

        changes.forEach(change -> later.add(SeenVersions.key("crm", "crm", change.id(), change.version())));
        SeenVersions last = new SeenVersions(database, Clock.fixed(NOW.plusSeconds(120), ZoneOffset.UTC));
        last.renew(page, "crm", "crm", NOW.plusSeconds(90));
        assertThat(last.purge(NOW.plusSeconds(120))).isZero();
    }

    /** The next full sweep did not call a deal whose referral was hidden and is back, when this one swept. */
    @Test
    void whatAnotherInstanceHadMadeNewsAgainWasStillRememberedHere() {
        String key = SeenVersions.key("crm", "partner-center", "hidden", "1");
        Changes page = new Changes(List.of(new Change("hidden", "1"), new Change("shown", "1")), "position", false);
        seen.add(key);
        seen.add(SeenVersions.key("crm", "partner-center", "shown", "1"));
        fresh().remove(key);
        assertThat(seen.unseen(page, "crm", "partner-center").changes()).as("a page of what changed lately").isEmpty();

        seen.renew(page, "crm", "partner-center", NOW);
        assertThat(seen.unseen(page, "crm", "partner-center").changes()).containsExactly(new Change("hidden", "1"));
        assertThat(seen.add(key)).isTrue();
    }

    @Test
    void oneOfManyRacingAddsWins() throws Exception {
        for (int round = 0; round < 50; round++) {
            String key = "k" + round;
            assertThat(race(4, () -> fresh().add(key))).containsOnlyOnce(true);
        }
    }
}
