package dev.cosell.salesforce;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.AlwaysRoom;
import dev.cosell.ShippedRoutes;
import dev.cosell.http.KnownHosts;
import dev.cosell.salesforce.stream.EventStream;
import dev.cosell.sandbox.salesforce.RunningSalesforce;
import dev.cosell.state.Database;
import dev.cosell.sync.books.LeaseStore;
import dev.cosell.sync.steps.CustomerSteps;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.NamedAsJoined;
import dev.cosell.verbs.Writes.Update;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** The shipped routes against the sandbox, with the positions and handled versions kept in memory. */
final class RunningVerbs implements AutoCloseable {
    static final int PAGE = 3;

    /** What the poll hands over, and the bean that drops versions handed over before. */
    public static final class Handled {
        final Queue<Hint> hints = new ConcurrentLinkedQueue<>();
        final Set<String> versions = ConcurrentHashMap.newKeySet();
        volatile boolean failing;

        public Changes unseen(Changes changes, String crm) {
            return new Changes(changes.changes().stream()
                    .filter(change -> change.version() == null || !versions.contains(change.version()))
                    .toList(), changes.position(), changes.more());
        }

        public void take(Hint hint) {
            if (failing) {
                throw new IllegalStateException("the queue is away");
            }
            hints.add(hint);
            if (hint.version() != null) {
                versions.add(hint.version());
            }
        }
    }

    public static final class Positions {
        final Map<String, String> positions = new ConcurrentHashMap<>();

        public String read(String source) {
            return positions.get(source);
        }

        public void advance(String source, String from, String position) {
            positions.put(source, position);
        }
    }

    final List<String> joined = new CopyOnWriteArrayList<>();
    final RunningSalesforce salesforce = new RunningSalesforce();
    final Handled handled = new Handled();
    final Positions positions = new Positions();
    final SalesforceView view = new SalesforceView(SalesforceFields.defaults(), 100_000);
    private final Database database = Database.inMemory();
    final DefaultCamelContext context = new DefaultCamelContext();
    final ProducerTemplate template;

    RunningVerbs(SalesforceSettings settings, boolean polling) throws Exception {
        context.disableJMX();
        Properties placeholders = new Properties();
        placeholders.setProperty("salesforce.poll-interval-millis", "300");
        placeholders.setProperty("salesforce.sales-team", "off");
        context.getPropertiesComponent().setInitialProperties(placeholders);
        SalesforceSettings used = settings == null ? sandbox() : settings;
        context.addComponent("salesforce",
                SalesforceConnection.component(used, KnownHosts.of(used.loginUrl(), salesforce.url)));
        QuartzComponent scheduler = new QuartzComponent();
        scheduler.setProperties(Map.of("org.quartz.threadPool.threadCount", "1",
                "org.quartz.scheduler.instanceName", "salesforce-test-" + System.identityHashCode(this)));
        context.addComponent("quartz", scheduler);
        bind();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hints").errorHandler(noErrorHandler()).split(body()).stopOnException()
                        .to("direct:hint");
                from("direct:hint").errorHandler(noErrorHandler()).bean(handled, "take");
            }
        });
        ShippedRoutes.load(context, "salesforce",
                id -> !id.equals("sync-salesforce") && !id.equals("salesforce-streaming")
                        && !id.startsWith("salesforce-lead-"));
        if (!polling) {
            context.getRouteDefinition("salesforce-poll").autoStartup(false);
        }
        context.start();
        template = context.createProducerTemplate();
    }

    private SalesforceSettings sandbox() {
        return SalesforceSettings.clientCredentials(salesforce.url, "sandbox", "sandbox");
    }

    private void bind() {
        OpportunityQuery query = new OpportunityQuery(SalesforceFields.defaults(),
                () -> set("Amount", "CloseDate", "CurrencyIsoCode", "Description", "IsClosed", "IsWon", "solutions",
                        "name"),
                () -> set("BillingCountry", "BillingPostalCode"), () -> set("Email", "FirstName"));
        context.getRegistry().bind("salesforceCalls", new SalesforceCalls(
                JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build(),
                hours()));
        context.getRegistry().bind("salesforceBudget", CallBudget.none(Clock.systemUTC()));
        context.getRegistry().bind("salesforceChildRows", new ChildRows());
        context.getRegistry().bind("salesforceReads", new OpportunityReads(query));
        context.getRegistry().bind("salesforceChanges",
                new OpportunityChanges(query, new NamedAsJoined(joined), Duration.ofSeconds(60), PAGE,
                        salesforce.clock));
        context.getRegistry().bind("salesforceCreate", new OpportunityCreate(query));
        context.getRegistry().bind("customers", new CustomerSteps(Map.of("salesforce", AccountMatch.defaults()),
                new LeaseStore(database, Duration.ofSeconds(1))));
        context.getRegistry().bind("salesforceUpdate", new OpportunityUpdate(query, "Closed Won", "Closed Lost"));
        context.getRegistry().bind("salesforceTeam", new SalesTeam(() -> set("LastName", "Email")));
        context.getRegistry().bind("salesforceStream", new EventStream(Clock.systemUTC()));
        context.getRegistry().bind("watermarks", positions);
        context.getRegistry().bind("hints", new AlwaysRoom());
        context.getRegistry().bind("seen", handled);
        context.getRegistry().bind("organizations", new AnyOrganization());
    }

    /** As after the time that an unanswered create keeps its customer to itself. */
    void leasesExpire() {
        database.client().sql("DELETE FROM customer_lease").update();
    }

    static Set<String> set(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    /** Calls a verb; throws what the verb threw. */
    Object call(String verb, Object body) {
        try {
            return template.requestBody("direct:salesforce-" + verb, body);
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> get(String id) {
        return (Map<String, Object>) call("get", id);
    }

    Changes changes(String position) {
        return (Changes) call("changes", position);
    }

    Update update(Map<String, Object> current, Map<String, Object> patch) {
        return new Update(view.id(current), view.version(current), patch, current);
    }

    @Override
    public void close() {
        context.stop();
        database.close();
        salesforce.close();
    }

    /**
     * Each look at this clock is an hour after the last one, so that a pause one test provokes does not reach the next.
     */
    /** It is always the same one. */
    public static final class AnyOrganization {
        public void verify(String crm) {}
    }

    /** Each look at it is an hour after the one before. */
    private static Clock hours() {
        AtomicLong hours = new AtomicLong();
        return ((InstantSource) () -> Instant.EPOCH.plus(Duration.ofHours(hours.incrementAndGet())))
                .withZone(ZoneOffset.UTC);
    }
}
