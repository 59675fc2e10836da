package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.ShippedRoutes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest extends QueueOnDisk {
    @Test
    void aHintOfACrmConcernsThatOneAndAReferralConcernsAll() {
        hints.offer(hint("006A", "v1"));
        hints.offer(new Hint("partner-center", "ref-1", "v1", Hint.Origin.SWEEP));

        backlogIs("salesforce", 2);
        backlogIs("dynamics", 1);
    }

    /** It went to every CRM that was enabled, and was taken there for one of a referral. */
    @Test
    void aHintOfACrmThatIsNotEnabledConcernsNobody() {
        hints.offer(new Hint("siebel", "opportunity", null, Hint.Origin.RETRY));
        hints.offer(new Hint(Hint.MARKETPLACE, "marketplace-1", null, Hint.Origin.WEBHOOK));

        backlogIs("salesforce", 1);
        backlogIs("dynamics", 1);
    }

    @Test
    void acceptedHintsSurviveARestartOfTheBroker() {
        Instant before = Instant.now().minusMillis(1);
        hints.offer(hint("006A", "v1"));
        hints.offer(hint("006B", null));
        reopen();

        backlogIs("salesforce", 2);
        await().untilAsserted(() -> assertThat(hints.oldest("salesforce"))
                .hasValueSatisfying(oldest -> assertThat(oldest).isBetween(before, Instant.now())));
        assertThat(hints.oldest("dynamics")).isEmpty();
    }

    /** Who may send to an outside broker could have objects of any class made here: docs/advisories.md. */
    @Test
    void aMessageThatHoldsAnObjectIsNotMadeOne() throws Exception {
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession()) {
            connection.start();
            Queue queue = session.createQueue(Hints.queue("salesforce"));
            session.createProducer(queue).send(session.createObjectMessage(Instant.EPOCH));
            ObjectMessage message = (ObjectMessage) session.createConsumer(queue).receive(10_000);
            assertThatThrownBy(message::getObject).isInstanceOf(JMSException.class)
                    .hasMessageContaining("not trusted to be deserialized");
        }
    }

    /** An earlier version beside this one takes them for something that it knows. */
    @ParameterizedTest
    @CsvSource({"RELATED, WEBHOOK", "BACKFILL, RETRY", "AGAIN, RETRY", "WEBHOOK, WEBHOOK"})
    void anEarlierVersionKnowsTheOriginOfEachHint(Hint.Origin origin, String told) throws Exception {
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession()) {
            Hint hint = new Hint("partner-center", "R1", null, origin);
            Message message = HintMessages.message(session, hint, "R1", null);
            assertThat(message.getStringProperty("origin")).isEqualTo(told);
            assertThat(HintMessages.hint(name -> property(message, name))).isEqualTo(hint);
        }
    }

    private static String property(Message message, String name) {
        try {
            return message.getStringProperty(name);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Odd spellings of Camel's own headers pass its filter, and would steer what comes behind: docs/advisories.md. */
    @Test
    void whateverElseAMessageCarriesIsGoneBeforeTheWorkBegins() throws Exception {
        List<Map<String, Object>> headers = Collections.synchronizedList(new ArrayList<>());
        consume(new RouteBuilder() {
            @Override
            public void configure() {
                from(CONSUMER).process(sync -> headers.add(new HashMap<>(sync.getMessage().getHeaders())))
                        .bean("hints", "read")
                        .process(sync -> headers.add(new HashMap<>(sync.getMessage().getHeaders())));
            }
        });
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession()) {
            Message message = HintMessages.message(session, hint("006A", "v1"), "006A", null);
            message.setStringProperty("foreignProperty", "x");
            message.setStringProperty("cAMELHttpMethod", "GET");
            message.setJMSReplyTo(session.createQueue("elsewhere"));
            session.createProducer(session.createQueue(Hints.queue("salesforce"))).send(message);
        }

        await().atMost(PATIENCE).until(() -> headers.size() == 2);
        assertThat(headers.get(0)).containsKeys("foreignProperty", "cAMELHttpMethod", "JMSReplyTo");
        assertThat(headers.get(1)).isEmpty();
    }

    @Test
    void fiftyHintsOfferedAtOnceAreAllDurable() throws Exception {
        List<Runnable> offers = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            String id = "006" + number;
            offers.add(() -> hints.offer(new Hint("partner-center", id, "v", Hint.Origin.WEBHOOK)));
        }
        atOnce(offers);
        reopen();

        backlogIs("salesforce", 50);
        backlogIs("dynamics", 50);
    }

    @Test
    void aPageOfHintsIsDurableAndTellsLaterVersionsToo() {
        List<Hint> page = new ArrayList<>(pageOf(250));
        page.add(hint("0060", "v1"));
        page.add(hint("0060", "v2"));
        page.add(new Hint("salesforce", "0060", null, Hint.Origin.PARTS));
        page.add(new Hint("salesforce", "0060", null, Hint.Origin.PARTS));
        hints.offerAll(page);
        reopen();

        backlogIs("salesforce", 253);
    }

    /** One question for each hint of a page, and one wait for the disk, made a poll over many changes slow. */
    @Test
    void theGroupsOfAPageAreAskedForTogether() throws Exception {
        List<Integer> asked = new ArrayList<>();
        try (Hints asking = new Hints(broker, CRMS, offered -> {
            asked.add(offered.size());
            return Map.of(offered.get(0), "pair");
        }, Clock.systemUTC())) {
            asking.offerAll(pageOf(120));
        }
        assertThat(asked).containsExactly(100, 20);
        List<String> groups = groups(120);
        assertThat(groups).filteredOn("pair"::equals).hasSize(2);
        assertThat(groups).contains("0061", "006119").doesNotContain("0060", "006100");
    }

    @Test
    void aNotificationDoesNotWaitForTheWholePage() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> page = pool.submit(() -> hints.offerAll(pageOf(9000)));
            await().until(() -> hints.backlog("salesforce") > 0);
            hints.offer(new Hint("partner-center", "ref-1", "v1", Hint.Origin.WEBHOOK));

            assertThat(page.isDone()).isFalse();
            backlogIs("dynamics", 1);
            page.get();
        } finally {
            pool.shutdown();
        }
        backlogIs("salesforce", 9001);
    }

    /** Every edit came behind all that was imported before it, for hours at the pace of Partner Center. */
    @Test
    void whatSomebodyHasJustChangedIsNotBehindAnImport() throws Exception {
        hints.offer(new Hint("salesforce", "backfilled", null, Hint.Origin.BACKFILL));
        hints.offerAll(pageOf(200));
        hints.offer(hint("0067", "v2"));
        hints.offer(new Hint("partner-center", "ref-1", "v1", Hint.Origin.WEBHOOK));
        hints.offerAll(List.of(new Hint("salesforce", "few", "v1", Hint.Origin.POLL)));

        assertThat(groups(204)).startsWith("0067", "ref-1", "few", "0060").endsWith("006199", "backfilled");
    }

    /** The broker put the rest of the import on disk, and what was more urgent behind it. */
    @Test
    void anImportIsHandedOverOnlyAsFarAsAnythingCanOvertakeIt() throws Exception {
        int offered = 0;
        while (hints.takesMore("salesforce", true)) {
            hints.offerAll(pageOf(offered, 2000));
            offered += 2000;
        }
        hints.offer(new Hint("partner-center", "ref-1", "v1", Hint.Origin.WEBHOOK));

        assertThat(groups(2)).startsWith("ref-1");
        assertThat(offered).isEqualTo(6000);
        assertThat(hints.takesMore("dynamics", true)).isTrue();
        assertThat(hints.takesMore("dynamics", false)).isFalse();
    }

    @Test
    void aPageThatCannotBeStoredIsRefused() {
        broker.close();
        assertThatThrownBy(() -> hints.offerAll(pageOf(150))).isInstanceOf(Fault.Transient.class);
        hints.close();
        open();
        hints.offerAll(pageOf(150));
        backlogIs("salesforce", 150);
    }

    private static List<Hint> pageOf(int many) {
        return pageOf(0, many);
    }

    private static List<Hint> pageOf(int from, int many) {
        return IntStream.range(from, from + many).mapToObj(number -> hint("006" + number, "v1")).toList();
    }

    private List<String> groups(int many) throws JMSException {
        List<String> groups = new ArrayList<>();
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(Hints.queue("salesforce")));
            while (groups.size() < many) {
                groups.add(consumer.receive(10_000).getStringProperty("JMSXGroupID"));
            }
        }
        return groups;
    }

    @Test
    void manyHintsForOneVersionOfARecordAreOne() throws Exception {
        List<Runnable> offers = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            offers.add(() -> hints.offer(hint("006A", "v1")));
        }
        atOnce(offers);

        backlogIs("salesforce", 1);
    }

    @Test
    void hintsForLaterVersionsBecomeOneThatNamesNone() throws Exception {
        for (int version = 1; version < 20; version++) {
            hints.offer(hint("006A", "v" + version));
        }
        List<Hint> taken = Collections.synchronizedList(new ArrayList<>());
        consume(new TakingRoute(taken::add));

        assertThat(TakingRoute.until(taken, 2)).containsExactly(hint("006A", "v1"), hint("006A", null));
        await().atMost(PATIENCE).until(() -> hints.backlog("salesforce") == 0);
    }

    @Test
    void aHintThatNamesNoVersionTakesAllLaterOnes() {
        hints.offer(hint("006A", null));
        hints.offer(hint("006A", "v1"));
        hints.offer(hint("006A", null));

        backlogIs("salesforce", 1);
    }

    @Test
    void aHintDoesNotJoinOneThatWasTaken() {
        hints.offer(hint("006A", "v1"));
        hints.taken(hint("006A", "v1"), "salesforce");
        hints.offer(hint("006A", "v1"));

        backlogIs("salesforce", 2);
    }

    @Test
    void aRetryIsNeverCollapsed() {
        Hint retry = new Hint("salesforce", "006A", null, Hint.Origin.RETRY);
        hints.offer(hint("006A", null));
        hints.offer(retry);
        hints.offer(retry);

        backlogIs("salesforce", 3);
    }

    /** Whoever edited a deal meanwhile waited for tens of thousands of others. */
    @Test
    void liveChangesWaitedBehindAllThatWasLetGoAtOnce() throws Exception {
        hints.offerAll(IntStream.range(0, 300)
                .mapToObj(number -> new Hint("salesforce", "many-" + number, null, Hint.Origin.BULK)).toList());
        hints.offer(hint("live", "v1"));
        List<Hint> taken = Collections.synchronizedList(new ArrayList<>());
        consume(new RouteBuilder() {
            @Override
            public void configure() {
                from(CONSUMER).bean("hints", "read").process(sync -> taken.add(sync.getMessage().getBody(Hint.class)));
            }
        });
        await().atMost(PATIENCE).until(() -> taken.size() == 301);
        assertThat(taken.subList(0, 20)).extracting(Hint::id).contains("live");
        assertThat(taken).filteredOn(each -> each.id().startsWith("many")).extracting(Hint::origin)
                .containsOnly(Hint.Origin.RETRY);
    }

    @Test
    void whatABackfillOrTimeBringsIsKnownAsSuchBehindTheQueue() throws Exception {
        List<Hint> brought = List.of(new Hint("salesforce", "006A", null, Hint.Origin.BACKFILL),
                new Hint("salesforce", "006B", null, Hint.Origin.AGAIN));
        hints.offerAll(brought);
        List<Hint> taken = Collections.synchronizedList(new ArrayList<>());
        consume(new RouteBuilder() {
            @Override
            public void configure() {
                from(CONSUMER).bean("hints", "read").process(sync -> taken.add(sync.getMessage().getBody(Hint.class)));
            }
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrderElementsOf(brought));
    }

    @Test
    void aHintThatCannotBeStoredIsRefusedAndMayBeOfferedAgain() {
        broker.close();
        assertThatThrownBy(() -> hints.offer(hint("006A", "v1"))).isInstanceOf(Fault.Transient.class);
        assertThatThrownBy(() -> hints.offer(hint("006A", "v1"))).isInstanceOf(Fault.Transient.class);
        hints.close();
        assertThatThrownBy(() -> hints.offer(hint("006A", "v1"))).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("stopping");
        open();
        hints.offer(hint("006A", "v1"));
        backlogIs("salesforce", 1);
    }

    @Test
    void aDirectoryInUseIsRefused() {
        assertThatThrownBy(() -> Broker.embedded(directory, List.of(), Redelivery.DEFAULT))
                .isInstanceOf(BrokerUnavailable.class).hasMessageContaining(directory.toString());
        hints.offer(hint("006A", "v1"));
    }

    @Test
    void theShippedRouteOffersItsBody() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("hints", hints);
            ShippedRoutes.load(context, "sync", Set.of("hint", "hints")::contains);
            context.start();
            context.createProducerTemplate().requestBody("direct:hint", hint("006A", "v1"));
            context.createProducerTemplate().requestBody("direct:hints", pageOf(2));
            backlogIs("salesforce", 3);

            broker.close();
            assertThatThrownBy(() -> context.createProducerTemplate().requestBody("direct:hint", hint("006B", "v1")))
                    .isInstanceOf(CamelExecutionException.class).hasCauseInstanceOf(Fault.Transient.class);
        }
    }

    private static void atOnce(List<Runnable> offers) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(offers.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable offer : offers) {
                running.add(pool.submit(offer));
            }
            for (Future<?> done : running) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The broker counts a moment after it has stored. */
    private void backlogIs(String crm, int count) {
        Awaitility.await().untilAsserted(() -> assertThat(hints.backlog(crm)).isEqualTo(count));
    }
}
