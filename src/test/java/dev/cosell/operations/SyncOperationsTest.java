package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.cluster.PausedCrms;
import dev.cosell.queue.Broker;
import dev.cosell.queue.Hints;
import dev.cosell.queue.Redelivery;
import dev.cosell.salesforce.SalesforceFields;
import dev.cosell.salesforce.SalesforceView;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.PersonalData;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingList;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Erasure;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.text.Guids;
import dev.cosell.verbs.Hint;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.JMX;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through the platform's MBean server, as an operator's console reaches it. */
class SyncOperationsTest {
    private static final List<String> CRMS = List.of("dynamics", "salesforce");

    @TempDir
    Path directory;

    private final AtomicReference<String> mappingError = new AtomicReference<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private Database database;
    private Broker broker;
    private Hints hints;
    private LinkStore links;
    private SyncOperations operations;
    private SyncMXBean bean;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(ReadyDatabase.h2(directory.resolve("state")), null, null);
        links = new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC());
        broker = Broker.embedded(directory.resolve("queue"), CRMS.stream().map(Hints::queue).toList(),
                Redelivery.DEFAULT);
        hints = new Hints(broker, CRMS, offered -> Map.of(), Clock.systemUTC());
        operations = operations(CRMS).register();
        bean = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(SyncOperations.NAME),
                SyncMXBean.class);
    }

    private SyncOperations operations(List<String> crms) {
        return new SyncOperations(context, hints, links, new LinkSearch(database),
                new WaitingLines(new WaitingList(database), crms),
                new AuditTrail(database),
                new PersonalData(database, links, CRMS, new Erasure(crm -> null, LeadMode.OFF), Clock.systemUTC()),
                crms,
                new PausedCrms(database, Clock.systemUTC()),
                new RecordIds(Guids::read,
                        Map.of("dynamics", Guids::readRecord, "salesforce",
                                new SalesforceView(SalesforceFields.defaults(), 100)::readId)),
                mappingError::get, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)));
    }

    @AfterEach
    void close() throws Exception {
        context.stop();
        operations.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName(SyncOperations.NAME)))
                .isFalse();
        hints.close();
        broker.close();
        database.close();
    }

    private void link(String crm, String referralId, String crmId, LinkState state, String reason) {
        links.finish(new Finished(Link.of(crm, Ends.deal(referralId, null, crmId)).with(Standing.of(state, reason)),
                null, List.of()));
    }

    @Test
    void theBacklogAndItsAgeAreShown() {
        assertThat(bean.getOldestPendingSeconds()).isZero();
        hints.offer(new Hint("salesforce", "006A", null, Hint.Origin.POLL));
        hints.offer(new Hint("partner-center", "ref-1", null, Hint.Origin.SWEEP));

        backlogIs(Map.of("dynamics", 1, "salesforce", 2));
        await().untilAsserted(() -> assertThat(bean.getOldestPendingSeconds()).isBetween(300L, 330L));
    }

    @Test
    void linksAreCountedAndParkedOnesListed() {
        link("salesforce", "ref-1", "006A", LinkState.LINKED, null);
        link("dynamics", "ref-2", null, LinkState.PARKED, "The name is missing.");

        assertThat(bean.getLinksByState()).containsEntry("salesforce/LINKED", 1).containsEntry("dynamics/PARKED", 1)
                .containsEntry("dynamics/ORPHANED", 0);
        assertThat(bean.getParkedCount()).isEqualTo(1);
        assertThat(bean.getParked()).containsExactly("dynamics ref-2 -: The name is missing.");
    }

    @Test
    void theDecisionsAboutARecordAreTold() {
        AuditTrail trail = new AuditTrail(database);
        Instant at = Instant.parse("2026-03-04T05:06:07.123Z");
        trail.add(new AuditEntry(at, "salesforce", "ref-1", "006A", "CHANGED", "UPDATE",
                "Amount in Partner Center: 1 → 2", "m1", true));
        trail.add(new AuditEntry(at.plusSeconds(1), "salesforce", "ref-1", "006A", "SWITCHED_OFF", "NOTHING", null,
                "m1", false));

        assertThat(bean.history("ref-1")).containsExactly(
                "2026-03-04T05:06:08Z salesforce: CS-128 SWITCHED_OFF → NOTHING",
                "2026-03-04T05:06:07Z salesforce: CS-109 CHANGED → UPDATE: Amount in Partner Center: 1 → 2");
        assertThat(bean.history("nobody")).isEmpty();
    }

    @Test
    void parkedRecordsAreLookedAtAgain() {
        link("salesforce", "ref-1", "006A", LinkState.PARKED, "One.");
        link("dynamics", "ref-1", null, LinkState.PARKED, "Two.");

        assertThat(bean.retryParked("nobody")).isEqualTo("Nothing is parked under nobody");
        assertThat(bean.retryParked("006A")).isEqualTo("Looking again at 1 of 006A");
        backlogIs(Map.of("dynamics", 0, "salesforce", 1));
        assertThat(bean.retryAllParked()).isEqualTo("Looking again at 2 parked");
        backlogIs(Map.of("dynamics", 1, "salesforce", 3));
    }

    /** They counted for ever, and another CRM was asked to look at them. */
    @Test
    void linksOfACrmThatIsNotSyncedAnyMoreConcernNobodyUntilItIsAgain() {
        Waits waits = new Waits(List.of(new Held("Closing as won", Instant.now(), null)),
                List.of(Deadline.open(Deadline.Kind.ANSWER, Instant.now(), Instant.now()).as(Deadline.State.TOLD)),
                null);
        links.finish(new Finished(Link.of("siebel", Ends.deal("ref-1", null, "S-1")).with(waits), null, List.of()));
        link("siebel", "ref-2", "S-2", LinkState.PARKED, "The name is missing.");

        assertThat(bean.getHeld()).isEmpty();
        assertThat(bean.getDeadlines()).isEmpty();
        assertThat(bean.getParked()).isEmpty();
        assertThat(bean.approve("S-1")).isEqualTo("Nothing is held back under S-1");
        assertThat(bean.retryParked("S-2")).isEqualTo("Nothing is parked under S-2");
        assertThat(bean.retryAllParked()).isEqualTo("Looking again at 0 parked");
        assertThat(bean.getBacklog()).isEqualTo(Map.of("dynamics", 0, "salesforce", 0));

        try (SyncOperations enabledAgain = operations(List.of("salesforce", "siebel"))) {
            assertThat(enabledAgain.getHeld()).hasSize(1);
            assertThat(enabledAgain.getDeadlines()).hasSize(1);
            assertThat(enabledAgain.getParked()).containsExactly("siebel ref-2 S-2: The name is missing.");
            assertThat(links.findByCrmId("siebel", "S-1")).get().extracting(link -> link.waits().approvedAt()).isNull();
        }
    }

    /** It was released, and what waited was not looked at when the CRM was enabled again. */
    @Test
    void theBrakeOfACrmThatIsNotSyncedAnyMoreStaysAsItIs() {
        BrakeStore brakes = new BrakeStore(database, Clock.systemUTC());
        brakes.stop("siebel", Direction.TO_CRM, "Many.", new AuditEntry(Instant.now(), "siebel", null, null, "BRAKE",
                "STOP", "Many.", null, false));
        BrakeOperations operations = new BrakeOperations(brakes, CRMS, Clock.systemUTC());

        assertThatThrownBy(() -> operations.release("siebel", "to-crm"))
                .hasMessageContaining("Use one of dynamics, salesforce");
        assertThat(brakes.all()).singleElement().satisfies(known -> assertThat(known.stopped()).isNotNull());
    }

    private void manyWait(int count, Held held) {
        manyWait(0, count, held);
    }

    private void manyWait(int from, int count, Held held) {
        for (int number = from; number < from + count; number++) {
            links.finish(new Finished(Link.of("salesforce", Ends.deal("ref-" + number, null, "006-" + number))
                    .with(new Waits(List.of(held), List.of(), null)), null, List.of()));
        }
    }

    /** All were read and told, each time that somebody looked. */
    @Test
    void ofAllThatWaitsAHundredAreShownAndTheOthersCounted() {
        manyWait(150, new Held("Closing as won", Instant.now(), null));
        assertThat(bean.getHeld()).hasSize(100);
        assertThat(bean.getHeldCount()).isEqualTo(150);
        assertThat(operations.held().lines("moves")).hasSize(101).endsWith("and 50 more moves");
        assertThat(bean.getDeadlinesCount()).isZero();
        assertThat(operations.deadlines().lines("deadlines")).isEmpty();
    }

    /** The one that needed a person stood behind all that did not. */
    @Test
    void amongMovesThatWaitForTheirTimeThoseForApprovalAreFoundAndCounted() {
        Held timed = new Held("Closing as won", Instant.now(), Instant.now().plus(Duration.ofDays(3)));
        manyWait(150, timed);
        manyWait(150, 2, new Held("Closing as lost", Instant.now(), null));
        manyWait(152, 1, new Held(Direction.TO_CRM.held(), Instant.now(), null));
        assertThat(bean.getApprovalsCount()).isEqualTo(2);
        assertThat(bean.getApprovals()).hasSize(2)
                .allMatch(line -> line.contains("Closing as lost waits for approval"));
        assertThat(bean.getHeldCount()).isEqualTo(152);
        assertThat(bean.getHeld()).hasSize(100).startsWith(bean.getApprovals().toArray(String[]::new));
    }

    @Test
    void aPersonJoinsTwoRecordsOnlyWhereOneOfThemWaitsForIt() {
        link("salesforce", "ref-1", "006A", LinkState.LINKED, null);
        assertThatThrownBy(() -> bean.join("salesforce", "ref-1", "006B")).hasMessageContaining("nothing to decide")
                .hasMessageContaining("Parked");
        link("salesforce", "ref-2", null, LinkState.PARKED, "Taken.");

        assertThat(bean.join("salesforce", "ref-2", "006A")).contains("Joined referral ref-2 and opportunity 006A",
                "no longer joined: referral ref-1");
        assertThat(links.findByReferral("salesforce", "ref-2")).map(Link::crmId).contains("006A");
        assertThat(links.findByReferral("salesforce", "ref-1")).isEmpty();
        backlogIs(Map.of("dynamics", 0, "salesforce", 1));
        assertThat(bean.history("ref-2")).singleElement().asString().contains("Joined by a person");
    }

    /** What is pasted from an address, a report or an e-mail was answered with "Nothing is parked under". */
    @ParameterizedTest
    @CsvSource({"salesforce, 006Ws00000AbCdE", "salesforce, ' 006WS00000ABCDEIAV '",
            "dynamics, {5C1B0000-0000-4000-8000-0000000000AB}",
            "dynamics, 5c1b00000000400080000000000000AB"})
    void recordsAreFoundInTheSpellingsThatPeoplePaste(String crm, String typed) {
        String crmId = crm.equals("salesforce") ? "006Ws00000AbCdEIAV" : "5c1b0000-0000-4000-8000-0000000000ab";
        String referralId = "3f5c0000-0000-4000-8000-0000000000aa";
        link(crm, referralId, crmId, LinkState.PARKED, "One.");

        assertThat(bean.retryParked(typed)).startsWith("Looking again at 1 of");
        assertThat(bean.retryParked(" {" + referralId.toUpperCase(Locale.ROOT) + "} "))
                .startsWith("Looking again at 1 of");
        assertThat(bean.join(crm, "{" + referralId.toUpperCase(Locale.ROOT) + "}", typed))
                .isEqualTo("Joined referral " + referralId + " and opportunity " + crmId);
        assertThat(bean.history(typed)).first().asString().contains("Joined by a person");
        assertThat(bean.approve(typed)).startsWith("Nothing is held back");
        assertThat(links.findByReferral(crm, referralId)).map(Link::crmId).contains(crmId);
    }

    @Test
    void aWrongNameOfACrmIsNotToldAsARecordThatDoesNotWait() {
        assertThatThrownBy(() -> bean.join("Dynamics 365", "ref-1", "006A"))
                .hasMessageContaining("Use one of dynamics, salesforce");
    }

    @Test
    void aClaimCountsAsParked() {
        link("salesforce", "ref-1", "006A", LinkState.CLAIMED, "The name is missing.");

        assertThat(bean.getParkedCount()).isEqualTo(1);
        assertThat(bean.getParked()).hasSize(1);
        assertThat(bean.getLinksByState()).containsEntry("salesforce/CLAIMED", 1);
    }

    @Test
    void theMappingErrorIsShown() {
        assertThat(bean.getMappingError()).isEmpty();
        mappingError.set("Row 3");
        assertThat(bean.getMappingError()).isEqualTo("Row 3");
    }

    @Test
    void aPausedCrmKeepsItsHintsUntilItIsResumed() throws Exception {
        context.addComponent("jms", jms());
        context.getRegistry().bind("hints", hints);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String crm : CRMS) {
                    from("jms:queue:" + Hints.queue(crm) + "?transacted=true&lazyCreateTransactionManager=false")
                            .routeId("sync-" + crm).bean("hints", "read").to("mock:" + crm);
                }
            }
        });
        context.start();
        MockEndpoint salesforce = context.getEndpoint("mock:salesforce", MockEndpoint.class);

        assertThat(bean.pause("salesforce")).isEqualTo("Paused: salesforce");
        hints.offer(new Hint("salesforce", "006A", null, Hint.Origin.POLL));
        hints.offer(new Hint("dynamics", "id", null, Hint.Origin.POLL));
        MockEndpoint dynamics = context.getEndpoint("mock:dynamics", MockEndpoint.class);
        await().atMost(Duration.ofSeconds(60)).until(() -> dynamics.getReceivedCounter() == 1);
        assertThat(salesforce.getReceivedCounter()).isZero();
        backlogIs(Map.of("dynamics", 0, "salesforce", 1));

        assertThat(bean.resume("salesforce")).isEqualTo("Resumed: salesforce");
        await().atMost(Duration.ofSeconds(60)).until(() -> salesforce.getReceivedCounter() == 1);
        assertThat(bean.pause("all")).isEqualTo("Paused: dynamics, salesforce");
        assertThat(bean.resume("all")).isEqualTo("Resumed: dynamics, salesforce");
    }

    /** The broker counts a moment after it has stored. */
    private void backlogIs(Map<String, Integer> counts) {
        await().untilAsserted(() -> assertThat(bean.getBacklog()).isEqualTo(counts));
    }

    private JmsComponent jms() {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker.connections());
        return jms;
    }

    @Test
    void anUnknownCrmIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> bean.pause("siebel")).hasMessageContaining("dynamics, salesforce, or all");
    }
}
