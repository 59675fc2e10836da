package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.sandbox.salesforce.RunningSalesforce.HandClock;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.steps.Brakes;
import dev.cosell.sync.steps.DuePairs;
import dev.cosell.sync.steps.Releases;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which pairs time itself reports, and what an approval and a look at Microsoft's answer leave behind. */
abstract class DuePairsContract extends StateContract {
    private static final Held CLOSE = new Held("Closing as won", NOW.minusSeconds(60), null);

    private static final List<String> CRMS = List.of("salesforce");

    private LinkStore links;

    @BeforeEach
    void store() {
        links = new LinkStore(database, new SeenVersions(database, clock), clock);
    }

    private Releases releases(Clock at) {
        BrakeStore store = new BrakeStore(database, at);
        return new Releases(new Brakes(new Brake(20, 50), store, at), store, new Watermarks(database, at), at);
    }

    private void waits(String crmId, Held held, Deadline deadline) {
        Waits waits = new Waits(held == null ? List.of() : List.of(held),
                deadline == null ? List.of() : List.of(deadline), null);
        links.finish(new Finished(
                Link.of("salesforce", Ends.deal("ref-" + crmId, "engagement", crmId)).at("r1", "c1").with(waits), null,
                List.of()));
    }

    private void waitsInDynamics(int number) {
        links.finish(new Finished(Link.of("dynamics", Ends.deal("other-" + number, null, "opportunity-" + number))
                .at("r1", "c1").with(new Waits(List.of(until(NOW.minusSeconds(3600))), List.of(), null)), null,
                List.of()));
    }

    private Link link(String crmId) {
        return links.findByCrmId("salesforce", crmId).orElseThrow();
    }

    private static Held until(Instant until) {
        return new Held("Closing as lost", NOW.minusSeconds(60), until);
    }

    private DuePairs at(Duration later) {
        Clock then = Clock.fixed(NOW.plus(later), ZoneOffset.UTC);
        return new DuePairs(links, CRMS, releases(then), crm -> false, then);
    }

    /** All of them are on the queue. */
    private static List<Waiting> turn(DuePairs pairs) {
        List<Waiting> due = pairs.due();
        pairs.handedOver();
        return due;
    }

    private DuePairs running() {
        DuePairs pairs = at(Duration.ZERO);
        turn(pairs);
        return pairs;
    }

    private static List<String> ids(List<Waiting> due) {
        return due.stream().map(Waiting::crmId).toList();
    }

    @Test
    void whatIsOverdueIsReportedOnceInAWhile() {
        waits("006A", until(NOW.minusSeconds(1)), null);
        waits("006B", until(NOW.plusSeconds(90)), null);
        waits("006C", CLOSE, null);
        DuePairs first = new DuePairs(links, CRMS, releases(clock), crm -> false, clock);
        assertThat(ids(turn(first))).as("after a start all that is held").containsExactly("006A", "006B", "006C");
        assertThat(turn(first)).as("its hint is in the queue").isEmpty();
        assertThat(ids(new LinkStoreView(links).due(NOW.plusSeconds(91)))).as("the start has put nothing off")
                .containsExactly("006B");
        assertThat(ids(new LinkStoreView(links).due(NOW.plus(Duration.ofMinutes(11))))).contains("006A");
    }

    /** It was put off only where a move or a deadline was overdue, and its hints filled the queue. */
    @Test
    void aLinkThatIsDueWithoutAWaitingMoveWasReportedEachMinuteWhileItsQueueRested() {
        waits("006A", null, null);
        DuePairs pairs = running();
        links.postpone(link("006A").id(), NOW);
        assertThat(ids(turn(pairs))).containsExactly("006A");
        assertThat(turn(pairs)).as("its hint is in the queue").isEmpty();

        assertThat(turn(at(Duration.ofMinutes(9)))).isEmpty();
        assertThat(ids(turn(at(Duration.ofMinutes(11))))).containsExactly("006A");
    }

    /** They were reminded of for ever, and before those of the CRM that is synced. */
    @Test
    void linksOfACrmThatIsNotSyncedAnyMoreRestAndTakeNoTurns() {
        IntStream.range(0, 501).forEach(this::waitsInDynamics);
        DuePairs pairs = running();
        waits("006A", until(NOW.minusSeconds(1)), null);

        assertThat(ids(turn(pairs))).containsExactly("006A");
        assertThat(links.due("dynamics", NOW, 1000)).as("as they were, for when it is enabled again").hasSize(501);
        DuePairs enabledAgain = new DuePairs(links, List.of("dynamics", "salesforce"), releases(clock), crm -> false,
                clock);
        assertThat(turn(enabledAgain)).extracting(Waiting::crm).contains("dynamics").hasSize(502);
    }

    /** Each was a message of its own in the queue; forty deals made ten thousand of them in three days. */
    @Test
    void whileASystemIsAwayTheSameReminderWentToTheQueueEveryTenMinutes() {
        waits("006A", until(NOW.minusSeconds(1)), null);
        waits("006B", null, null);
        links.postpone(link("006B").id(), NOW);
        HandClock moved = new HandClock();
        moved.advance(Duration.between(moved.instant(), NOW));
        DuePairs pairs = new DuePairs(links, CRMS, releases(moved), crm -> false, moved);
        turn(pairs);
        List<String> reminded = new ArrayList<>();
        for (; moved.instant().isBefore(NOW.plus(Duration.ofDays(3))); moved.advance(Duration.ofMinutes(5))) {
            reminded.addAll(ids(turn(pairs)));
        }
        assertThat(Collections.frequency(reminded, "006A")).isBetween(5, 12);
        assertThat(Collections.frequency(reminded, "006B")).isBetween(5, 12);
    }

    private void manyWait(int count, Held held) {
        Object at = NOW.atOffset(ZoneOffset.UTC);
        String waits = WaitsText.text(new Waits(List.of(held), List.of(), null));
        List<Object[]> rows = IntStream.range(0, count).mapToObj(number -> new Object[] {"ref-" + number,
                "006-" + number, "{\"Name\":{\"r\":\"" + "n".repeat(500) + "\"}}", at, waits}).toList();
        database.inTransaction(statements -> statements.batchUpdate("INSERT INTO link (crm, referral_id, crm_id,"
                + " agreed, state, updated_at, writes_in_window, waits)"
                + " VALUES ('salesforce', ?, ?, ?, 'LINKED', ?, 0, ?)", rows));
    }

    /** They were read in one piece, with all their values; the process died of it, and again at each start. */
    @Test
    void tensOfThousandsOfDealsThatWaitedAtAStartWereReadInOnePiece() {
        manyWait(2_100, CLOSE);
        AtomicBoolean busy = new AtomicBoolean();
        DuePairs pairs = new DuePairs(links, CRMS, releases(clock), crm -> busy.get(), clock);
        List<String> seen = new ArrayList<>(ids(turn(pairs)));
        assertThat(seen).as("in one turn").hasSize(1_000);
        assertThat(pairs.hint(links.waiting(0, 1).get(0)).origin()).as("behind what somebody changes meanwhile")
                .isEqualTo(Hint.Origin.BULK);
        busy.set(true);
        assertThat(turn(pairs)).as("the queue has enough to do").isEmpty();
        busy.set(false);
        seen.addAll(ids(turn(pairs)));
        seen.addAll(ids(turn(pairs)));
        assertThat(seen).hasSize(2_100).doesNotHaveDuplicates();
        assertThat(turn(pairs)).as("once after a start").isEmpty();
    }

    /** Whatever another rule would have let go waited until the next start. */
    @Test
    void whatWaitedAtAStartWasLostWhenItsFirstTurnFailed() {
        waits("006A", until(NOW.minusSeconds(1)), null);
        waits("006C", CLOSE, null);
        AtomicBoolean away = new AtomicBoolean(true);
        LinkStore failing = new LinkStore(database, new SeenVersions(database, clock), clock) {
            @Override
            public void postpone(long link, Instant until) {
                if (away.getAndSet(false)) {
                    throw new Fault.Transient("state", "The database did not answer");
                }
                super.postpone(link, until);
            }
        };
        DuePairs pairs = new DuePairs(failing, CRMS, releases(clock), crm -> false, clock);
        assertThatThrownBy(pairs::due).isInstanceOf(Fault.Transient.class);
        assertThat(pairs.due()).as("the queue refused them").hasSize(2);
        assertThat(ids(turn(pairs))).contains("006C");
        assertThat(turn(pairs)).isEmpty();
    }

    /** Each of them was queued again in each of ten minutes. */
    @Test
    void whatWaitedWhenItsDirectionWasReleasedWasQueuedEachMinute() {
        Held held = new Held(Direction.TO_CRM.held(), NOW.minusSeconds(600), null);
        waits("006A", held, null);
        waits("006B", held, null);
        BrakeStore store = new BrakeStore(database, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
        AuditEntry entry = new AuditEntry(NOW, "salesforce", null, null, "BRAKE", "STOP", "", null, false);
        store.stop("salesforce", Direction.TO_CRM, "Many.", entry);
        DuePairs pairs = at(Duration.ofSeconds(90));
        turn(pairs);
        store.release("salesforce", Direction.TO_CRM, entry);
        LinkStore unaware = new LinkStore(database, new SeenVersions(database, clock),
                Clock.fixed(NOW.plusSeconds(61), ZoneOffset.UTC));
        unaware.finish(new Finished(link("006A"), null, List.of()));
        await().untilAsserted(() -> assertThat(ids(turn(pairs))).containsExactly("006A", "006B"));
        assertThat(turn(pairs)).as("its hint is in the queue").isEmpty();
    }

    /** Of the deals that a release lets go, thousands wait; with all of them on the queue the polls would rest. */
    @Test
    void tensOfThousandsOfDealsThatWaitedForAReleaseWentToTheQueueAtOnce() {
        manyWait(2_100, new Held(Direction.TO_CRM.held(), NOW.minusSeconds(600), null));
        AuditEntry entry = new AuditEntry(NOW, "salesforce", null, null, "BRAKE", "STOP", "", null, false);
        AtomicBoolean busy = new AtomicBoolean(true);
        Clock then = Clock.fixed(NOW.plus(Duration.ofHours(1)), ZoneOffset.UTC);
        BrakeStore store = new BrakeStore(database, then);
        store.stop("salesforce", Direction.TO_CRM, "Many.", entry);
        store.release("salesforce", Direction.TO_CRM, entry);
        DuePairs started = new DuePairs(links, CRMS, releases(then), crm -> busy.get(), then);
        assertThat(turn(started)).as("the queue has enough to do").isEmpty();
        busy.set(false);
        assertThat(turn(started)).hasSize(1_000);
        assertThat(started.hint(links.waiting(0, 1).get(0)).origin()).as("behind what somebody changes meanwhile")
                .isEqualTo(Hint.Origin.BULK);
        assertThat(turn(started)).hasSize(1_000);
        assertThat(turn(started)).hasSize(100);
        assertThat(turn(started)).isEmpty();
    }

    private record LinkStoreView(LinkStore links) {
        List<Waiting> due(Instant at) {
            return links.due("salesforce", at, 10);
        }
    }

    @Test
    void anApprovalIsKeptWhateverASyncWritesAtTheSameTime() {
        waits("006A", CLOSE, null);
        Link read = link("006A");
        links.approve(read);
        links.finish(new Finished(read, null, List.of()));

        assertThat(link("006A").waits().approves(CLOSE.since())).isTrue();
        assertThat(link("006A").waits().approves(NOW.plusSeconds(1))).as("nothing that is wanted later").isFalse();
        assertThat(links.waiting("006A")).hasSize(1);
        assertThat(links.waiting("ref-006A")).hasSize(1);
    }

    /** An approval had no effect for as long as the clock had been set back. */
    @Test
    void anApprovalCountsAlsoWhenTheClockWasSetBackSinceTheMoveWaits() {
        waits("006A", new Held("Closing as won", NOW.plusSeconds(3600), null), null);
        links.approve(link("006A"));
        assertThat(link("006A").waits().approves(NOW.plusSeconds(3600))).isTrue();
    }

    @Test
    void microsoftsSilenceIsLookedUpWhenItsTimeIsOver() {
        waits("006A", null, Deadline.open(Deadline.Kind.MICROSOFT, NOW, NOW));
        Waiting due = links.waiting(0, 1).get(0);
        DuePairs pairs = running();
        assertThat(pairs.asksMicrosoft(due)).isTrue();
        pairs.answered(Deadline.State.SILENT, due);
        assertThat(link("006A").waits().deadlines()).extracting(Deadline::state).containsExactly(Deadline.State.SILENT);

        pairs.answered(Deadline.State.ANSWERED, due);
        assertThat(link("006A").waits().deadlines()).as("somebody was quicker").extracting(Deadline::state)
                .containsExactly(Deadline.State.SILENT);
        pairs.answered(Deadline.State.ANSWERED, links.waiting(0, 1).get(0));
        assertThat(pairs.asksMicrosoft(links.waiting(0, 1).get(0))).isFalse();
        assertThat(pairs.hint(due)).isEqualTo(new Hint("salesforce", "006A", null, Hint.Origin.RETRY));
    }
}
