package dev.cosell.partnercenter;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.connection.Connection;
import dev.cosell.entra.EntraTokens;
import dev.cosell.http.CallRate;
import dev.cosell.http.HttpClientSetUp;
import dev.cosell.http.HttpSystem;
import dev.cosell.http.KnownHosts;
import dev.cosell.operations.FailedReads;
import dev.cosell.partnercenter.door.CertificateSources;
import dev.cosell.partnercenter.door.RejectedOrigins;
import dev.cosell.partnercenter.door.WebhookDoor;
import dev.cosell.partnercenter.door.WebhookSignature;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.MovableClock;
import dev.cosell.sandbox.partnercenter.PartnerCenterClient;
import dev.cosell.sandbox.partnercenter.PartnerCenterSandbox;
import dev.cosell.state.Database;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.steps.AttemptSteps;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The shipped routes against a sandbox, both on free ports, with a recording route where the queue would be. */
public final class PartnerCenterFixture implements AutoCloseable {
    private static final Map<String, Object> MEMBER = Map.of("firstName", "Ana", "lastName", "Reyes", "email",
            "ana.reyes@tidewater.example",
            "phoneNumber", "+1 555 0100");

    /** How long handled versions are kept. */
    static final Duration KEPT = Duration.ofDays(30);

    /** The shipped steps; whether an earlier attempt was long ago is up to the test. */
    public static final class Attempts {
        private final AttemptSteps longAgo;
        private final AttemptSteps recent;
        volatile boolean settled = true;

        Attempts(Database database) {
            this.longAgo = new AttemptSteps(new Intents(database, Clock.systemUTC(), Duration.ZERO));
            this.recent = new AttemptSteps(new Intents(database, Clock.systemUTC(), Duration.ofDays(1)));
        }

        public Attempt begin(String system, String key) {
            return (settled ? longAgo : recent).begin(system, key);
        }

        public void refused(Attempt attempt, Object made, Fault refusal) {
            recent.refused(attempt, made, refusal);
        }

        public boolean confirm(Attempt attempt) {
            return recent.confirm(attempt);
        }

        public void end(Attempt attempt) {
            recent.end(attempt);
        }
    }

    public final Vertx vertx = Vertx.vertx();
    /** That of Partner Center alone. */
    final MovableClock there = new MovableClock(Clock.systemUTC());
    final PartnerCenterSandbox sandbox;
    public final PartnerCenterClient client;
    final Connection connection = new Connection("partner-center", Clock.systemUTC());
    public final int sandboxPort;
    final int doorPort;
    public final List<Hint> hints = new CopyOnWriteArrayList<>();
    /** Names of the headers with which hints were handed over. */
    public final Set<String> headers = new ConcurrentSkipListSet<>();
    final Database database = Database.inMemory();
    final Attempts attempts = new Attempts(database);
    final Watermarks positions = new Watermarks(database, Clock.systemUTC());
    public final AtomicReference<RuntimeException> queueFault = new AtomicReference<>();
    final DefaultCamelContext context = new DefaultCamelContext();
    final ProducerTemplate template;
    private final CallRate rate;
    private final Clock books;
    final SeenVersions seen;

    public PartnerCenterFixture() {
        this(new CallRate("partner-center", 0, Clock.systemUTC()), Clock.systemUTC());
    }

    /**
     * @param rate  how many calls the routes make
     * @param books the time by which sweeps are due and versions are old
     */
    PartnerCenterFixture(CallRate rate, Clock books) {
        this.rate = rate;
        this.books = books;
        seen = new SeenVersions(database, books);
        sandbox = new PartnerCenterSandbox(vertx, there, new IssuedTokens(Clock.systemUTC()), null);
        sandboxPort = sandbox.listen("localhost", 0);
        client = new PartnerCenterClient(sandboxPort);
        doorPort = freePort();
        bind();
        try {
            startRoutes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        template = context.createProducerTemplate();
    }

    private void bind() {
        Clock clock = Clock.systemUTC();
        ObjectMapper json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
        String base = "http://localhost:" + sandboxPort;
        EntraTokens tokens = new EntraTokens("partner-center", URI.create(base + "/tenant/oauth2/v2.0/token"),
                "sandbox", "sandbox",
                "https://api.partner.microsoft.com/.default offline_access",
                () -> new RefreshTokenGrant(new RefreshToken("sandbox")), rotated -> {}, clock);
        DealDefaults defaults = new DealDefaults("HaveNotDecided", MEMBER, null);
        DealCompletion completion = new DealCompletion(defaults);
        context.getRegistry().bind("attempts", attempts);
        context.getRegistry().bind("failedReads",
                new FailedReads(null, source -> null, Duration.ofMinutes(5), Clock.systemUTC()));
        Map<String, Object> beans = Map.of(
                "httpClientSetUp", new HttpClientSetUp(KnownHosts.of(base)),
                "partnerCenterHttp", new HttpSystem(connection, base + "/v1.0/engagements", tokens, json, clock, rate),
                "partnerCenterWebhook", new WebhookDoor(new WebhookSignature(new CertificateSources(Set.of(base),
                        Set.of(new TrustAnchor(sandbox.authority(), null)), Set.of(), Set.of()),
                        new RejectedOrigins(clock), clock), 1 << 20, ""),
                "partnerCenterSweep", new Sweep(Duration.ofDays(1),
                        changes -> seen.unseen(changes, "salesforce", ReferralView.SYSTEM),
                        changes -> seen.renew(changes, "salesforce", ReferralView.SYSTEM,
                                books.instant().minus(KEPT.dividedBy(2))), index(), books),
                "partnerCenterCreation", new ReferralCreation(completion, attempts::confirm),
                "watermarks", positions);
        beans.forEach(context.getRegistry()::bind);
        Refusals refusals = new Refusals(clock);
        NextPages pages = new NextPages(refusals, base + "/v1.0/engagements");
        context.getRegistry().bind("partnerCenterListing", new ReferralListing(pages));
        context.getRegistry().bind("partnerCenterReads", new ReferralReads(index(), new ReferralView()));
        context.getRegistry().bind("partnerCenterSearch", new ReferralSearch(refusals, new ReferralView()));
        context.getRegistry().bind("partnerCenterChanges", new ReferralChanges(refusals, Duration.ofMinutes(5), pages));
        context.getRegistry().bind("partnerCenterUpdates",
                new ReferralUpdates(refusals, completion, new PatchValues(false)));
    }

    ReferralIndex index() {
        return new ReferralIndex(database, positions,
                new PartnerCenterRules("https://portal.example/{id}", "", Duration.ZERO, "Other",
                        new Refusals(Clock.systemUTC())),
                Map.of(), books);
    }

    private void startRoutes() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("partner-center.sweep-interval-millis", "500");
        context.getPropertiesComponent().setInitialProperties(properties);
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("localhost");
        server.setBindPort(doorPort);
        context.addService(new VertxPlatformHttpServer(server));
        PluginHelper.getRoutesLoader(context).loadRoutes(
                ResourceHelper.resolveResource(context, "file:routes/partner-center.camel.yaml"),
                ResourceHelper.resolveResource(context, "file:routes/partner-center-create.camel.yaml"));
        context.getRouteDefinition("partner-center-sweep").setAutoStartup("false");
        context.getRouteDefinition("partner-center-first-sweep").setAutoStartup("false");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hints").errorHandler(noErrorHandler()).split(body()).stopOnException()
                        .to("direct:hint");
                from("direct:hint").errorHandler(noErrorHandler()).process(exchange -> {
                    if (queueFault.get() != null) {
                        throw queueFault.get();
                    }
                    headers.addAll(exchange.getMessage().getHeaders().keySet());
                    hints.add(exchange.getMessage().getBody(Hint.class));
                });
            }
        });
        context.start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public String doorUrl() {
        return "http://localhost:" + doorPort + "/webhooks/partner-center";
    }

    public void reset() {
        client.control("POST", "reset", null);
        queueFault.set(null);
        hints.clear();
        headers.clear();
        database.client().sql("DELETE FROM watermark").update();
        database.client().sql("DELETE FROM intent").update();
        attempts.settled = true;
    }

    /** Calls a verb; a fault comes out as itself. */
    Object verb(String name, Object body) {
        try {
            return template.requestBody("direct:partner-center-" + name, body);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> record(String name, Object body) {
        return (Map<String, Object>) verb(name, body);
    }

    @Override
    public void close() {
        context.stop();
        sandbox.close();
        vertx.close();
        database.close();
    }
}
