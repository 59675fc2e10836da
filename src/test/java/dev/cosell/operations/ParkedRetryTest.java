package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.queue.Redelivery;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Hint;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of parked records are retried while nothing takes hints from the queue. */
class ParkedRetryTest {
    private static final List<String> CRMS = List.of("dynamics", "salesforce");
    private static final int MANY = 1_000;
    /** Where a queue has enough to do, and the piece that was handed over before that was seen. */
    private static final int MOST_WAITING = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Database database;
    private Broker broker;
    private Hints hints;
    private LinkStore links;
    private LinkSearch search;
    private AuditTrail audit;
    private ParkedRetry retry;

    @BeforeEach
    void open() {
        database = Database.open(ReadyDatabase.h2(directory.resolve("state")), null, null);
        links = new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC());
        search = new LinkSearch(database);
        audit = new AuditTrail(database);
        broker = Broker.embedded(directory.resolve("queue"), CRMS.stream().map(Hints::queue).toList(),
                Redelivery.DEFAULT);
        hints = new Hints(broker, CRMS, offered -> Map.of(), Clock.systemUTC());
        retry = new ParkedRetry(new AskedLooks(audit, hints, Clock.systemUTC()), hints, search, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        retry.close();
        hints.close();
        broker.close();
        database.close();
    }

    private void park(String crm, int from, int to) {
        for (int number = from; number < to; number++) {
            links.finish(new Finished(Link.of(crm, Ends.deal(null, null, crm + "-" + number))
                    .with(Standing.of(LinkState.PARKED, "The name is missing.")), null, List.of()));
        }
    }

    private ParkedRetry.Progress progress() {
        return retry.progress().orElseThrow();
    }

    private void restsAtMost(String crm, int most) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hints.backlog(crm)).isBetween(500, most));
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hints.backlog(crm)).isLessThanOrEqualTo(most));
    }

    /** Ids of the records whose hints are taken, until so many are. */
    private List<String> taken(String crm, int count) throws JMSException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(Hints.queue(crm)))) {
            connection.start();
            while (ids.size() < count) {
                Message message = consumer.receive(PATIENCE.toMillis());
                assertThat(message).as("after " + ids.size()).isNotNull();
                ids.add(message.getStringProperty("id"));
            }
        }
        return ids;
    }

    /** All of them were on the queue within seconds: the poll rested, and live changes came behind those on disk. */
    @Test
    void aRetryOfManyPutAllOfThemOnTheQueueAtOnceAndBeforeLiveChanges() throws Exception {
        park("salesforce", 0, MANY);

        assertThat(retry.begin(search.parked(CRMS), "Ana")).contains("a few at a time");
        restsAtMost("salesforce", MOST_WAITING);
        assertThat(progress()).satisfies(now -> {
            assertThat(now.running()).isTrue();
            assertThat(now.of()).isEqualTo(MANY);
            assertThat(now.done()).isBetween(500, MOST_WAITING);
        });
        hints.offer(new Hint("salesforce", "live", "v1", Hint.Origin.POLL));
        assertThat(taken("salesforce", MANY + 1)).startsWith("live").doesNotHaveDuplicates();

        await().atMost(PATIENCE).until(() -> !progress().running());
        assertThat(progress().done()).isEqualTo(MANY);
        assertThat(progress().fault()).isNull();
        assertThat(audit.last("salesforce-" + (MANY - 1), 10)).singleElement().satisfies(entry ->
                assertThat(entry.detail()).isEqualTo("Ana asked to look again"));
    }

    /** Once all were on the queue a second person could have them put there again. */
    @Test
    void aSecondRetryOfManyWaitsForTheFirstAndAFewDoNot() throws Exception {
        park("salesforce", 0, MANY);
        List<LinkSearch.Parked> all = search.parked(CRMS);
        retry.begin(all, "Ana");
        restsAtMost("salesforce", MOST_WAITING);

        assertThatThrownBy(() -> retry.begin(all, "Bert")).isInstanceOf(ParkedRetry.UnderWay.class)
                .hasMessageContaining("Another retry is under way").hasMessageContaining("of " + MANY);
        List<LinkSearch.Parked> few = all.subList(0, 3);
        assertThat(retry.begin(few, "Bert")).isEmpty();

        List<String> asked = few.stream().map(each -> links.get(each.id()).orElseThrow().crmId()).toList();
        assertThat(taken("salesforce", 3)).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(progress()).extracting(ParkedRetry.Progress::who, ParkedRetry.Progress::of)
                .containsExactly("Ana", MANY);
    }

    @Test
    void aCrmThatIsBusyOrPausedDoesNotKeepTheOthersWaiting() {
        park("salesforce", 0, MANY);
        park("dynamics", 0, 120);

        retry.begin(search.parked(CRMS), "Ana");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hints.backlog("dynamics")).isEqualTo(120));
        restsAtMost("salesforce", MOST_WAITING);
        assertThat(progress().running()).isTrue();
    }

    @Test
    void aRetryThatRestedForOneCrmKeptLaterOnesOfTheOtherFromBeginning() {
        park("salesforce", 0, MANY);
        retry.begin(search.parked(CRMS), "Ana");
        restsAtMost("salesforce", MOST_WAITING);
        park("dynamics", 0, 120);

        assertThat(retry.begin(search.parked(CRMS), "Bert"))
                .endsWith("not the 1000 of salesforce, of which another retry is under way");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hints.backlog("dynamics")).isEqualTo(120));
        assertThat(progress().running()).isTrue();
        assertThat(progress().of()).isEqualTo(MANY + 120);
    }

    @Test
    void whatWasMendedBeforeItsTurnIsNotLookedAtAgain() throws Exception {
        park("salesforce", 0, MANY);
        List<LinkSearch.Parked> all = search.parked(CRMS);
        retry.begin(all, "Ana");
        restsAtMost("salesforce", MOST_WAITING);
        Link last = links.get(all.get(MANY - 1).id()).orElseThrow();
        links.finish(new Finished(last.with(Standing.of(LinkState.LINKED, null)), null, List.of()).after(last));

        assertThat(taken("salesforce", MANY - 1)).doesNotContain(last.crmId());
        await().atMost(PATIENCE).until(() -> !progress().running());
        assertThat(progress().done()).isEqualTo(MANY);
    }

    @Test
    void fewAreOnTheQueueAtOnceAndToldAsDone() {
        park("salesforce", 0, 2);

        retry.begin(search.parked(CRMS), "Ana");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hints.backlog("salesforce")).isEqualTo(2));
        assertThat(progress()).satisfies(now -> {
            assertThat(now.running()).isFalse();
            assertThat(now.done()).isEqualTo(2);
            assertThat(now.of()).isEqualTo(2);
        });
    }
}
