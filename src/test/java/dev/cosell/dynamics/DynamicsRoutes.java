package dev.cosell.dynamics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.AlwaysRoom;
import dev.cosell.ShippedRoutes;
import dev.cosell.connection.Connection;
import dev.cosell.entra.TokenSource;
import dev.cosell.http.HttpClientSetUp;
import dev.cosell.http.HttpSystem;
import dev.cosell.http.KnownHosts;
import dev.cosell.mapping.DateFields;
import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.sandbox.dataverse.RunningDataverse;
import dev.cosell.state.Database;
import dev.cosell.sync.books.LeaseStore;
import dev.cosell.sync.books.StoredPartRows;
import dev.cosell.sync.steps.CustomerSteps;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.NamedAsJoined;
import dev.cosell.verbs.OwnerRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** The shipped routes of Dynamics 365 in a Camel context, with the beans they name, against a running sandbox. */
final class DynamicsRoutes implements AutoCloseable {
    /** Position store in memory. */
    public static final class Watermarks {
        private volatile String position;
        final List<String> history = new CopyOnWriteArrayList<>();

        public String read(String system) {
            return position;
        }

        public void advance(String system, String from, String next) {
            position = next;
            history.add(next);
        }
    }

    /** It is always the same one. */
    public static final class AnyOrganization {
        public void verify(String crm) {}
    }

    /** Knows no version. */
    public static final class Seen {
        public Changes unseen(Changes changes) {
            return changes;
        }
    }

    final List<String> joined = new CopyOnWriteArrayList<>();
    final DynamicsFields fields = DynamicsFields.withPrefix("cosell_");
    final DynamicsView view = new DynamicsView(fields, 100_000);
    final Watermarks watermarks = new Watermarks();
    final List<Hint> hints = new CopyOnWriteArrayList<>();
    volatile boolean refuseHints;
    private final Database database = Database.inMemory();
    final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private ChangeFeed changeFeed;
    private Exchange last;

    DynamicsRoutes(RunningDataverse dataverse, int pageSize) throws Exception {
        this(dataverse, pageSize, new FixedTokens(dataverse.token()));
    }

    DynamicsRoutes(RunningDataverse dataverse, int pageSize, TokenSource tokens) throws Exception {
        this(dataverse, pageSize, tokens, 20, 30_000);
    }

    /** @param patience milliseconds that a call waits for one of the {@code connections} */
    DynamicsRoutes(RunningDataverse dataverse, int pageSize, TokenSource tokens, int connections, int patience)
            throws Exception {
        template = context.createProducerTemplate();
        bindBeans(dataverse, pageSize, tokens);
        Properties settings = new Properties();
        settings.setProperty("dynamics.poll-interval-millis", "200");
        settings.setProperty("dynamics.sales-team", "off");
        settings.setProperty("dynamics.concurrent-calls", String.valueOf(connections));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hints").split(body()).stopOnException().to("direct:hint");
                from("direct:hint").process(exchange -> {
                    if (refuseHints) {
                        throw new IllegalStateException("the queue is down");
                    }
                    hints.add(exchange.getMessage().getBody(Hint.class));
                });
            }
        });
        String text = Files.readString(Path.of("routes/dynamics.camel.yaml"));
        Resource routes = ResourceHelper.fromString("dynamics.camel.yaml",
                text.replace("connectionRequestTimeout: 30000", "connectionRequestTimeout: " + patience));
        ShippedRoutes.load(context, routes, id -> !id.equals("sync-dynamics") && !id.startsWith("dynamics-lead-"));
        context.getRouteDefinition("dynamics-poll").autoStartup(false);
        context.start();
    }

    private void bindBeans(RunningDataverse dataverse, int pageSize, TokenSource tokens) {
        Supplier<Set<String>> opportunityFields = () -> Set.of("name", "description", "estimatedvalue",
                "estimatedclosedate",
                "transactioncurrencyid", "solutions", "cosell_howcanmicrosofthelp");
        Supplier<Set<String>> accountFields = () -> Set.of("name", "address1_postalcode", "address1_city",
                "address1_country");
        Supplier<Set<String>> contactFields = () -> Set.of("firstname", "lastname", "emailaddress1");
        OpportunityColumns columns = new OpportunityColumns(fields, opportunityFields, accountFields, contactFields);
        Currencies currencies = new Currencies(template, dataverse.clock());
        Records records = new Records(fields, currencies, DateFields.none());
        OpportunityBodies bodies = new OpportunityBodies(fields, currencies, DateFields.none());
        Updates updates = new Updates(columns, bodies, records);
        ObjectMapper json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
        HttpSystem http = WebApi.calls(new Connection("dynamics", dataverse.clock()), dataverse.baseAddress(), tokens,
                json, dataverse.clock());
        Reads reads = new Reads(fields, columns, records, view);
        SolutionRows solutions = new SolutionRows(fields, bodies, records, updates, reads);
        var registry = context.getRegistry();
        registry.bind("dynamicsHttp", http);
        registry.bind("dynamicsBatches", new Batches(http, "/api/data/v9.2", json));
        registry.bind("httpClientSetUp", new HttpClientSetUp(KnownHosts.of(dataverse.baseAddress())));
        registry.bind("dynamicsReads", reads);
        registry.bind("dynamicsListings", new Listings(fields, columns, records, view));
        changeFeed = new ChangeFeed(fields, view, new NamedAsJoined(joined), new StoredPartRows(database), pageSize,
                dataverse.clock());
        registry.bind("dynamicsChangeFeed", changeFeed);
        PartyRules rules = new PartyRules(MatchRule.parse("name + address1_postalcode, name"),
                MatchRule.parse("emailaddress1, firstname + lastname"));
        registry.bind("dynamicsParties", new Parties(accountFields, contactFields, rules, new OwnerRule(true)));
        registry.bind("customers",
                new CustomerSteps(Map.of("dynamics", rules), new LeaseStore(database, Duration.ofSeconds(1))));
        registry.bind("dynamicsTeam", new SalesTeam(() -> Set.of("lastname", "internalemailaddress")));
        registry.bind("dynamicsCreations", new Creations(fields, columns, bodies, records, reads));
        registry.bind("dynamicsUpdates", updates);
        registry.bind("dynamicsSolutionRows", solutions);
        registry.bind("dynamicsClosings", new Closings(fields, updates, solutions, reads, dataverse.clock()));
        registry.bind("watermarks", watermarks);
        registry.bind("hints", new AlwaysRoom());
        registry.bind("seen", new Seen());
        registry.bind("organizations", new AnyOrganization());
    }

    /** Runs a verb with a header of the caller, which must neither travel nor get lost. */
    @SuppressWarnings("unchecked")
    <T> T verb(String name, Object body) {
        Exchange result = template.request("direct:dynamics-" + name, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("If-None-Match", "of-the-caller");
        });
        last = result;
        if (result.getException() instanceof RuntimeException fault) {
            throw fault;
        }
        if (result.getException() != null) {
            throw new CamelExecutionException("verb " + name, result, result.getException());
        }
        if (!Map.of("If-None-Match", "of-the-caller").equals(result.getMessage().getHeaders())) {
            throw new AssertionError("headers changed: " + result.getMessage().getHeaders());
        }
        return (T) result.getMessage().getBody();
    }

    /** As the poll does when the hints of its page are on disk. */
    @SuppressWarnings("unchecked")
    void handedOver() {
        changeFeed.keep((Map<String, String>) last.getVariable("dynamicsRows"));
    }

    void startPolling() throws Exception {
        context.getRouteController().startRoute("dynamics-poll");
    }

    void stopPolling() throws Exception {
        context.getRouteController().stopRoute("dynamics-poll");
    }

    @Override
    public void close() {
        context.stop();
        database.close();
    }

    record FixedTokens(String token) implements TokenSource {
        @Override
        public void discard(String refused) {}
    }
}
