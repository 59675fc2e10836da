package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cosell.alerts.AlertBook;
import dev.cosell.alerts.Matter;
import dev.cosell.page.AssistantRequests;
import dev.cosell.page.Person;
import dev.cosell.page.Sessions;
import dev.cosell.state.Database;
import dev.cosell.sync.books.LinkSearch.Wanted;
import dev.cosell.sync.decide.LinkState;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The part of {@link EveryStatement} that serves people: what they look for, and what they are told. */
final class OperatorStatements {
    private final Database database;
    private final String run;

    OperatorStatements(Database database, String run) {
        this.database = database;
        this.run = run;
    }

    void say() {
        search();
        waiting();
        log();
        alerts();
        sessions();
        requests();
    }

    private void sessions() {
        Sessions sessions = new Sessions(database, Duration.ofDays(1), Duration.ofDays(1));
        String token = sessions.begin(new Person(run + "ana", Person.Role.OPERATOR, true));
        sessions.used(token);
        sessions.end(token);
    }

    private void requests() {
        AssistantRequests requests = new AssistantRequests(database);
        long id = requests.ask(AssistantRequests.Action.RETRY, run + "record", null, "bot").id();
        requests.waiting();
        assertThatIllegalStateException().isThrownBy(() -> requests.decide(id, "AGREED", "ana", request -> {
            throw new IllegalStateException("The CRM does not answer");
        }));
        requests.decide(id, "AGREED", "ana", request -> "Done");
        requests.find(id);
        requests.decided();
    }

    private void search() {
        LinkSearch search = new LinkSearch(database);
        search.page(new Wanted(null, List.of(), null, List.of("crm", "another")), null, 10);
        search.page(new Wanted("quay", List.of(run + "record"), LinkState.LINKED,
                List.of("crm")), Long.MAX_VALUE, 10);
        search.byIds(List.of(1L, 2L));
        search.parked(List.of("crm"));
        search.names("crm", List.of(run + "record", run + "referral"));
    }

    private void waiting() {
        WaitingList list = new WaitingList(database);
        list.counts(List.of("crm", "other"));
        list.withMoves(List.of("crm", "other"), 10);
        list.withApprovals(List.of("crm", "other"), 10);
        list.withDeadlines(List.of("crm", "other"), 10);
    }

    private void log() {
        AuditLog log = new AuditLog(database);
        log.newest(new AuditLog.Wanted(null, null, List.of()), 10, 5);
        log.newest(new AuditLog.Wanted("crm", "quay", List.of("CHANGED", "AGREED")), 10, 5);
        log.newestId();
        // From the beginning, where there are more than these: counted from the end it depends on all said before.
        log.after(0, 5);
        MinuteFigures figures = figures(0);
        figures.note();
        figures.note();
        figures(1).note();
        figures(2).note();
        figures(60).note();
        figures(3).note();
        figures.since(StateContract.NOW);
        figures.writes(StateContract.NOW);
        figures.forget();
    }

    /** By a clock that stands still, so that no minute ends between two of them. */
    private MinuteFigures figures(int minutes) {
        return new MinuteFigures(database, List.of(run + "crm"), crm -> 3, Clock.fixed(
                StateContract.NOW.plusSeconds(120).plus(Duration.ofMinutes(minutes)), ZoneOffset.UTC));
    }

    private void alerts() {
        AlertBook book = new AlertBook(database);
        Matter matter = new Matter(run + "queue", "CS-805", "Hints wait", "since noon", "Look at the broker");
        List<String> channel = List.of(run + "mail");
        book.seen(matter);
        book.seen(matter);
        book.tell(channel, Duration.ofDays(1));
        book.open();
        book.digest(LocalDate.ofEpochDay(run.length()), matter, channel);
        book.failed(book.take(channel.get(0)), Duration.ZERO);
        book.failed(book.take(channel.get(0)), Duration.ofDays(1));
        book.triesAgain(channel.get(0));
        book.over(Duration.ZERO);
        book.sent(book.take(channel.get(0)));
        book.forget(Duration.ZERO);
    }
}
