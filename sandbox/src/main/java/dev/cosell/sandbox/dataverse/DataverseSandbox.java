package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.Json;
import dev.cosell.sandbox.MovableClock;
import dev.cosell.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** A stand-in for one Dynamics 365 Sales environment: the Dataverse Web API at {@code /api/data/v9.2}. */
public final class DataverseSandbox extends SandboxServer {
    /** Keeps a client on one web server. */
    private static final String AFFINITY = "ARRAffinity=5a6d1c0b; Path=/; HttpOnly";
    private static final String AS_SELLER = "/sandbox/seller";

    private final IssuedTokens tokens;
    private final String audience;
    private final MovableClock clock;
    private final Settings settings = new Settings();
    private final Store store;
    private final KeyIndexes indexes;
    private final Customizing customizing;
    private final WebApi api;
    private final Callers callers;
    private final ServiceProtection protection;
    private final String prefix;
    private final Writer writer;
    private final WebhookDeliveries deliveries;
    private final Webhooks webhooks;
    private final SellerControls seller;
    private final LeadControls leads;
    private boolean bare;

    /**
     * @param audience the environment's address as clients use it, such as {@code http://localhost:8082}; tokens must
     *     be issued for it
     * @param prefix   publisher prefix of the sync's columns, with its underscore
     */
    public DataverseSandbox(Vertx vertx, IssuedTokens tokens, String audience, String prefix, Clock time) {
        super(vertx);
        this.tokens = tokens;
        this.audience = audience;
        this.clock = new MovableClock(time);
        this.prefix = prefix;
        Schema schema = schema(prefix, false);
        CosellColumns cosell = new CosellColumns(prefix);
        store = new Store(schema, clock);
        Rendering rendering = new Rendering(store);
        Payload payload = new Payload(store, settings);
        deliveries = new WebhookDeliveries(vertx, settings, URI.create(audience).getAuthority(), clock);
        webhooks = new Webhooks(store, deliveries, clock);
        writer = new Writer(store, settings, clock, webhooks::happened);
        Closing closing = new Closing(store, payload, writer, settings);
        indexes = new KeyIndexes(store, clock);
        EntityDefinitions definitions = new EntityDefinitions(schema, new Definitions(schema, indexes, settings));
        customizing = new Customizing(store, definitions, indexes);
        callers = new Callers(store, settings);
        api = new WebApi(store, callers, payload, writer, rendering, closing, definitions,
                new MetadataWrites(customizing, new Publishers(store)),
                new ChangeTracking(store, rendering, settings, clock), new Batch(store, settings, this::inner));
        protection = new ServiceProtection(settings, clock);
        seller = new SellerControls(store, payload, writer, rendering, closing, cosell, clock);
        leads = new LeadControls(store, payload, writer, rendering, cosell);
        Seed.plant(store);
    }

    /** @param bare an environment that nobody has customized */
    private static Schema schema(String prefix, boolean bare) {
        Schema schema = StandardTables.schema();
        if (bare) {
            List.of("opportunity", "lead").forEach(name -> schema.named(name).untrack());
        } else {
            new CosellColumns(prefix).addTo(schema);
        }
        return schema;
    }

    @Override
    protected Operation operation(Call call) {
        if (!call.path().startsWith(Links.BASE)) {
            return null;
        }
        Operation found = api.meant(call);
        return new Operation(found.template(), found.write(), served(found.handler()));
    }

    @Override
    protected Answer refusal(Call call, int inWork) {
        Answer refused = call.path().startsWith(Links.BASE) ? protection.refuseAtOnce(inWork) : null;
        return refused == null ? null : withCommonHeaders(refused);
    }

    @Override
    protected void worked(Call call, long nanos) {
        protection.worked(nanos);
    }

    /** Authorisation before, common headers after; refusals become answers. */
    private Function<Call, Answer> served(Function<Call, Answer> handler) {
        return call -> {
            if (!tokens.accepts(call.header("Authorization"), audience)) {
                return Answer.empty(401).with("WWW-Authenticate", "Bearer authorization_uri="
                        + "https://login.microsoftonline.com/sandbox/oauth2/authorize, resource_id=" + audience + "/");
            }
            Answer refused = protection.refuse();
            refused = refused == null ? withoutVersion(call) : refused;
            refused = refused == null ? withoutType(call) : refused;
            return withCommonHeaders(refused != null ? refused : caught(call, c -> asCaller(c, handler)));
        };
    }

    /** The refusal of a call, and not of a part of one, that does not say which OData it speaks, where that counts. */
    private Answer withoutVersion(Call call) {
        boolean said = Stream.of("OData-Version", "OData-MaxVersion")
                .allMatch(name -> "4.0".equals(call.header(name)));
        return said || call.outer() != null || !settings.requireODataVersion() ? null
                : Refusal.answer(400, "0x80060888", "A request needs the headers OData-Version and OData-MaxVersion.");
    }

    /** The refusal of a body that does not say what it is; null for any other call. A batch looks at its own. */
    private static Answer withoutType(Call call) {
        String type = call.header("Content-Type");
        boolean said = type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("application/json");
        return said || call.bytes().length == 0 || call.path().equals(Links.BASE + "/$batch") ? null
                : Refusal.answer(400, "0x80048d19", "A request with a body needs the header Content-Type: "
                        + "application/json.");
    }

    /** Writes of an impersonated user are noted to have come through the application user. */
    private Answer asCaller(Call call, Function<Call, Answer> handler) {
        indexes.settle(false);
        writer.through(callers.actor(call).equals(callers.caller()) ? null : callers.caller());
        Webhooks.Terms outer = webhooks.on(Webhooks.Terms.of(call));
        try {
            return handler.apply(call);
        } finally {
            writer.through(null);
            webhooks.on(outer);
        }
    }

    /** One request of a batch. */
    private Answer inner(Call call) {
        return inside(call);
    }

    /** The Web API as the seller uses it, without a token and without limits. */
    private Answer asSeller(Call call) {
        Call same = call.to(Links.BASE + call.target().substring(AS_SELLER.length()));
        callers.comeFrom(Seed.SELLER);
        try {
            return caught(same, c -> asCaller(c, api.meant(c).handler()));
        } finally {
            callers.comeFrom(Seed.APPLICATION);
        }
    }

    private Answer caught(Call call, Function<Call, Answer> handler) {
        try {
            return handler.apply(call);
        } catch (Refusal refusal) {
            return refusal.answer(call);
        } catch (Json.Malformed | ClassCastException e) {
            return refuse(400, "The request body is not the JSON that was expected");
        }
    }

    private Answer withCommonHeaders(Answer answer) {
        String type = answer.headers().get("Content-Type");
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        if (type != null && type.startsWith("application/json")) {
            headers.put("Content-Type", "application/json; odata.metadata=minimal");
        }
        headers.put("OData-Version", "4.0");
        String id = UUID.randomUUID().toString();
        headers.put("x-ms-service-request-id", id);
        headers.put("REQ_ID", id);
        headers.put("Set-Cookie", AFFINITY);
        protection.tell(headers);
        return new Answer(answer.status(), headers, answer.body());
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        super.close();
        deliveries.close();
    }

    @Override
    protected Answer control(Call call) {
        if (call.path().equals("/sandbox/clock")) {
            return clock.control(call);
        }
        if (call.path().equals("/sandbox/deliveries")) {
            return Answer.json(200, deliveries.log());
        }
        if (call.path().startsWith(AS_SELLER + "/")) {
            return asSeller(call);
        }
        if (call.path().equals("/sandbox/settings")) {
            if (call.method().equals("POST")) {
                settings.change(call.json());
            }
            return Answer.json(200, settings.json());
        }
        if (call.path().equals("/sandbox/bare") && call.method().equals("POST")) {
            begin(true);
            return Answer.empty(204);
        }
        return caught(call, call.path().startsWith(LeadControls.PATH) ? leads::answer : seller::answer);
    }

    @Override
    protected Answer refuse(int status, String message) {
        String code = status == 404 ? "0x8006088a" : status == 400 ? "0x80048d19" : "0x80040216";
        return Refusal.answer(status, code, message);
    }

    @Override
    protected void forgetAll() {
        begin(false);
    }

    private void begin(boolean bareSchema) {
        bare = bareSchema;
        settings.reset();
        protection.forget();
        deliveries.forget();
        clock.setAhead(Duration.ZERO);
        customizing.forget();
        store.schema().become(schema(prefix, bare));
        store.clear();
        Seed.plant(store);
    }

    @Override
    protected Map<String, Object> snapshot() {
        Map<String, Object> json = Snapshots.take(store);
        json.put("settings", settings.json());
        json.put("bare", bare);
        json.put("secondsAhead", clock.ahead().toSeconds());
        json.put("customizations", customizing.journal());
        return json;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void restore(Map<String, Object> snapshot) {
        customizing.forget();
        bare = Boolean.TRUE.equals(snapshot.get("bare"));
        store.schema().become(schema(prefix, bare));
        store.clear();
        customizing.replay((List<?>) snapshot.getOrDefault("customizations", List.of()));
        Snapshots.restore(store, snapshot);
        settings.change((Map<String, Object>) snapshot.get("settings"));
        clock.setAhead(Duration.ofSeconds(((Number) snapshot.getOrDefault("secondsAhead", 0)).longValue()));
    }
}
