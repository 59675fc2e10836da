package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** A stand-in for one Dynamics 365 Sales environment: the Dataverse Web API at {@code /api/data/v9.2}. */
public final class DataverseSandbox extends SandboxServer {
    private static final int REQUEST_LIMIT = 6000;
    private static final long WINDOW_MILLIS = 300_000;

    private final IssuedTokens tokens;
    private final String audience;
    private final Clock clock;
    private final Settings settings = new Settings();
    private final Store store;
    private final Collections collections;
    private final ChangeTracking changeTracking;
    private final RowCalls rows;
    private final Closing closing;
    private final EntityDefinitions definitions;
    private final SellerControls seller;
    private final LeadControls leads;
    private long windowStart;
    private int requests;

    /**
     * @param audience the environment's address as clients use it, such as {@code http://localhost:8082}; tokens must be issued
     *                 for it
     * @param prefix   publisher prefix of the sync's columns, with its underscore
     */
    public DataverseSandbox(Vertx vertx, IssuedTokens tokens, String audience, String prefix, Clock clock) {
        super(vertx);
        this.tokens = tokens;
        this.audience = audience;
        this.clock = clock;
        Schema schema = StandardTables.schema();
        CosellColumns cosell = new CosellColumns(prefix);
        cosell.addTo(schema);
        store = new Store(schema);
        Rendering rendering = new Rendering(store);
        Payload payload = new Payload(store, settings);
        Writer writer = new Writer(store, settings, clock);
        collections = new Collections(store, rendering);
        changeTracking = new ChangeTracking(store, rendering, settings, clock);
        rows = new RowCalls(store, payload, writer, rendering);
        closing = new Closing(store, payload, writer);
        definitions = new EntityDefinitions(schema);
        seller = new SellerControls(store, payload, writer, rendering, closing, cosell, clock);
        leads = new LeadControls(store, payload, writer, rendering, cosell);
        Seed.plant(store);
    }

    @Override
    protected Operation operation(Call call) {
        if (!call.path().startsWith(Links.BASE)) {
            return null;
        }
        List<String> path = Tokens.split(call.path().substring(Links.BASE.length()), '/');
        String first = path.isEmpty() ? "" : path.get(0);
        Operation found = first.startsWith("EntityDefinitions") ? read("EntityDefinitions", c -> definitions.read(c, path))
                : path.size() == 2 && path.get(1).equals("$count") ? count(first)
                : path.size() > 1 ? null
                : first.indexOf('(') > 0 && !first.endsWith("()") ? ofRow(call, first) : ofName(call, first);
        return found == null ? null : new Operation(found.template(), found.write(), served(found.handler()));
    }

    private Operation ofName(Call call, String name) {
        switch (call.method() + " " + name) {
            case "GET ":
                return read("", this::serviceDocument);
            case "GET WhoAmI":
            case "GET WhoAmI()":
                return read("WhoAmI", this::whoAmI);
            case "POST WinOpportunity":
                return write(name, c -> close(c, OpportunityStates.WON));
            case "POST LoseOpportunity":
                return write(name, c -> close(c, OpportunityStates.LOST));
            default:
                return ofSet(call, store.schema().ofSet(name));
        }
    }

    private Operation ofSet(Call call, Table table) {
        if (table == null) {
            return null;
        }
        return switch (call.method()) {
            case "GET" -> read(table.set(),
                    c -> ChangeTracking.wanted(c) ? changeTracking.read(c, table) : collections.read(c, table));
            case "POST" -> write(table.set(), c -> rows.create(c, table, Seed.APPLICATION));
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
            case "PATCH" -> write(template, c -> rows.patch(c, Address.parse(store, segment), Seed.APPLICATION));
            case "DELETE" -> write(template, c -> rows.delete(c, Address.parse(store, segment)));
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

    private static Answer wrongMethod(Call call) {
        return Refusal.answer(405, "0x80060888", "The method '" + call.method() + "' is not allowed here.");
    }

    /** Authorisation before, common headers after; refusals become answers. */
    private Function<Call, Answer> served(Function<Call, Answer> handler) {
        return call -> {
            if (!tokens.accepts(call.header("Authorization"), audience)) {
                return Answer.empty(401).with("WWW-Authenticate", "Bearer authorization_uri="
                        + "https://login.microsoftonline.com/sandbox/oauth2/authorize, resource_id=" + audience + "/");
            }
            return withCommonHeaders(caught(call, handler));
        };
    }

    private static Answer caught(Call call, Function<Call, Answer> handler) {
        try {
            return handler.apply(call);
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private Answer withCommonHeaders(Answer answer) {
        long now = clock.millis();
        if (now - windowStart >= WINDOW_MILLIS) {
            windowStart = now;
            requests = 0;
        }
        requests++;
        String type = answer.headers().get("Content-Type");
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        if (type != null && type.startsWith("application/json")) {
            headers.put("Content-Type", "application/json; odata.metadata=minimal");
        }
        headers.put("OData-Version", "4.0");
        headers.put("x-ms-service-request-id", UUID.randomUUID().toString());
        headers.put("x-ms-ratelimit-burst-remaining-xrm-requests", String.valueOf(Math.max(0, REQUEST_LIMIT - requests)));
        headers.put("x-ms-ratelimit-time-remaining-xrm-requests", "1200.00");
        return new Answer(answer.status(), headers, answer.body());
    }

    private Answer serviceDocument(Call call) {
        List<Map<String, Object>> sets = store.schema().tables().stream()
                .<Map<String, Object>>map(table -> Map.of("name", table.set(), "kind", "EntitySet", "url", table.set())).toList();
        return Answer.json(200, Map.of("@odata.context", Links.root(call) + "$metadata", "value", sets));
    }

    private Answer whoAmI(Call call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        json.put("BusinessUnitId", Seed.BUSINESS_UNIT.toString());
        json.put("UserId", Seed.APPLICATION.toString());
        json.put("OrganizationId", Seed.ORGANIZATION.toString());
        return Answer.json(200, json);
    }

    private Answer close(Call call, int state) {
        closing.close(state, call.json(), Seed.APPLICATION);
        return Answer.empty(204);
    }

    @Override
    protected Answer control(Call call) {
        if (call.path().equals("/sandbox/settings")) {
            if (call.method().equals("POST")) {
                settings.change(call.json());
            }
            return Answer.json(200, settings.json());
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
        settings.reset();
        store.clear();
        Seed.plant(store);
    }

    @Override
    protected Map<String, Object> snapshot() {
        Map<String, Object> json = Snapshots.take(store);
        json.put("settings", settings.json());
        return json;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void restore(Map<String, Object> snapshot) {
        Snapshots.restore(store, snapshot);
        settings.change((Map<String, Object>) snapshot.get("settings"));
    }
}
