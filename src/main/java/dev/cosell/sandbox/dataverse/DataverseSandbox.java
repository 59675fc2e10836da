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
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

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
    private final Collections collections;
    private final ChangeTracking changeTracking;
    private final RowCalls rows;
    private final Closing closing;
    private final EntityDefinitions definitions;
    private final ServiceMetadata metadata;
    private final KeyIndexes indexes;
    private final Customizing customizing;
    private final MetadataWrites metadataWrites;
    private final RowParts parts;
    private final BoundActions boundActions;
    private final Batch batch;
    private final Callers callers;
    private final ServiceFunctions functions;
    private final ServiceProtection protection;
    private final String prefix;
    private final Writer writer;
    private final WebhookDeliveries deliveries;
    private final Webhooks webhooks;
    private final SellerControls seller;
    private final LeadControls leads;
    private boolean bare;

    /**
     * @param audience the environment's address as clients use it, such as {@code http://localhost:8082}; tokens must be issued
     *                 for it
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
        store = new Store(schema);
        Rendering rendering = new Rendering(store);
        Payload payload = new Payload(store, settings);
        deliveries = new WebhookDeliveries(vertx, settings, URI.create(audience).getAuthority(), clock);
        webhooks = new Webhooks(store, deliveries, clock);
        writer = new Writer(store, settings, clock, webhooks::happened);
        collections = new Collections(store, rendering);
        changeTracking = new ChangeTracking(store, rendering, settings, clock);
        rows = new RowCalls(store, payload, writer, rendering);
        closing = new Closing(store, payload, writer, settings);
        indexes = new KeyIndexes(store, clock);
        definitions = new EntityDefinitions(schema, new Definitions(schema, indexes, settings));
        metadata = new ServiceMetadata(schema);
        customizing = new Customizing(store, definitions, indexes);
        metadataWrites = new MetadataWrites(customizing, new Publishers(store));
        parts = new RowParts(store, new Properties(store, payload, writer), new Associations(store, payload, writer, rendering));
        boundActions = new BoundActions(store, payload, writer);
        batch = new Batch(store, this::inner);
        callers = new Callers(store, settings);
        functions = new ServiceFunctions(schema, callers);
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
        Operation found = meant(call);
        return new Operation(found.template(), found.write(), served(found.handler()));
    }

    private Operation meant(Call call) {
        List<String> path = Tokens.split(call.path().substring(Links.BASE.length()), '/');
        String first = path.isEmpty() ? "" : path.get(0);
        Operation found = EntityDefinitions.meant(first) ? ofMetadata(call, path)
                : path.size() == 2 && path.get(1).equals("$count") ? count(first)
                : path.size() > 1 ? ofPart(call, path)
                : first.indexOf('(') > 0 && !first.endsWith("()") ? ofRow(call, first) : ofName(call, first);
        return found != null ? found : read(String.join("/", path), c -> {
            throw Refusal.noSegment(path.get(store.schema().ofSet(first.replaceAll("\\(.*", "")) == null ? 0 : path.size() - 1));
        });
    }

    private Operation ofMetadata(Call call, List<String> path) {
        String set = path.get(0).replaceAll("\\(.*", "");
        return call.method().equals("GET") ? read(set, c -> definitions.read(c, path)) : write(set, c -> metadataWrites.write(c, path));
    }

    private Operation ofPart(Call call, List<String> path) {
        String first = path.get(0);
        boolean ofRow = first.indexOf('(') > 0;
        Table table = store.schema().ofSet(ofRow ? first.substring(0, first.indexOf('(')) : first);
        if (table == null || path.size() > 3) {
            return null;
        }
        if (!ofRow) {
            String action = path.get(1);
            return call.method().equals("POST") && BoundActions.has(action)
                    ? write(table.set() + "/" + action, c -> boundActions.act(c, table, action, callers.actor(c))) : null;
        }
        String template = table.set() + "({id})/" + path.get(1).replaceAll("\\(.*", "({id})") + (path.size() > 2 ? "/" + path.get(2) : "");
        Function<Call, Answer> handler = c -> parts.answer(c, path, callers.actor(c));
        return call.method().equals("GET") ? read(template, handler) : write(template, handler);
    }

    private Operation ofName(Call call, String name) {
        switch (call.method() + " " + name) {
            case "GET ":
                return read("", functions::document);
            case "GET WhoAmI":
            case "GET WhoAmI()":
                return read("WhoAmI", functions::whoAmI);
            case "GET $metadata":
                return read("$metadata", metadata::document);
            case "GET RetrieveVersion":
            case "GET RetrieveVersion()":
                return read("RetrieveVersion", functions::version);
            case "POST $batch":
                return write("$batch", batch::run);
            case "POST WinOpportunity":
                return write(name, c -> close(c, OpportunityStates.WON));
            case "POST LoseOpportunity":
                return write(name, c -> close(c, OpportunityStates.LOST));
            default:
                return call.method().equals("POST") && MetadataWrites.action(name) ? write(name, c -> metadataWrites.act(c, name))
                        : ofSet(call, store.schema().ofSet(name));
        }
    }

    private Operation ofSet(Call call, Table table) {
        if (table == null) {
            return null;
        }
        return switch (call.method()) {
            case "GET" -> read(table.set(),
                    c -> ChangeTracking.wanted(c) ? changeTracking.read(c, table) : collections.read(c, table));
            case "POST" -> write(table.set(), c -> rows.create(c, table, callers.actor(c)));
            default -> read(table.set(), DataverseSandbox::wrongMethod);
        };
    }

    private Operation ofRow(Call call, String segment) {
        String set = segment.substring(0, segment.indexOf('('));
        if (store.schema().ofSet(set) == null) {
            return null;
        }
        boolean byId = segment.length() == set.length() + 38 && segment.indexOf('=') < 0;
        String template = set + (byId ? "({id})" : "({key})");
        return switch (call.method()) {
            case "GET" -> read(template, c -> rows.get(c, Address.parse(store, segment)));
            case "PATCH" -> write(template, c -> rows.patch(c, Address.parse(store, segment), callers.actor(c)));
            case "DELETE" -> write(template, c -> rows.delete(c, Address.parse(store, segment), callers.actor(c)));
            default -> read(template, DataverseSandbox::wrongMethod);
        };
    }

    private Operation count(String set) {
        Table table = store.schema().ofSet(set);
        return table == null ? null : read(set + "/$count", call -> call.query("$deltatoken") == null
                ? collections.count(call, table) : changeTracking.count(call, table));
    }

    private static Operation read(String template, Function<Call, Answer> handler) {
        return new Operation(template(template), false, handler);
    }

    private static Operation write(String template, Function<Call, Answer> handler) {
        return new Operation(template(template), true, handler);
    }

    private static String template(String rest) {
        return Links.BASE + "/" + rest;
    }

    static Answer wrongMethod(Call call) {
        return Refusal.answer(405, "0x80060888", "The method '" + call.method() + "' is not allowed here.");
    }

    /** Authorisation before, common headers after; refusals become answers. */
    private Function<Call, Answer> served(Function<Call, Answer> handler) {
        return call -> {
            if (!tokens.accepts(call.header("Authorization"), audience)) {
                return Answer.empty(401).with("WWW-Authenticate", "Bearer authorization_uri="
                        + "https://login.microsoftonline.com/sandbox/oauth2/authorize, resource_id=" + audience + "/");
            }
            Answer refused = protection.refuse();
            return withCommonHeaders(refused != null ? refused : caught(call, c -> asCaller(c, handler)));
        };
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
        Operation operation = operation(call);
        return operation == null ? refuse(404, "Resource not found for the segment '" + call.path() + "'.") : operation.handler().apply(call);
    }

    /** The Web API as the seller uses it, without a token and without limits. */
    private Answer asSeller(Call call) {
        Call same = call.to(Links.BASE + call.target().substring(AS_SELLER.length()));
        callers.comeFrom(Seed.SELLER);
        try {
            return caught(same, c -> asCaller(c, meant(c).handler()));
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

    private Answer close(Call call, int state) {
        closing.close(state, call.json(), callers.actor(call));
        return Answer.empty(204);
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
