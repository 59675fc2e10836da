package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import dev.cosell.sandbox.MovableClock;
import dev.cosell.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Salesforce org as far as REST clients see it: OAuth, records, SOQL and composite. Controls: docs/sandbox.md. */
public final class SalesforceSandbox extends SandboxServer {
    private static final String AS_SELLER = "/sandbox/seller/";
    private static final int LONGEST_ADDRESS = 16_384;
    private static final Pattern CLIENT = Pattern.compile("client=([^,;\\s]+)");

    private final Database database = new Database();
    private final Switches switches = new Switches();
    private final Org org;
    private final Sessions sessions;
    private final SoapLogin soap;
    private final Customizing customizing;
    private final SoapMetadata metadata;
    private final MovableClock clock;
    private final ChangeCapture capture;
    private final Cometd cometd;
    private final QueryApi queries;
    private final RestApi api;
    private final RestApi sellerApi;
    private final SellerControls seller;
    private final LeadControls leads;
    private final BinControls bin;
    private final StreamingControls streaming;
    private int calls;

    /** @param time gives all times of the org, to the second as on the real platform */
    public SalesforceSandbox(Vertx vertx, Clock time) {
        super(vertx);
        clock = new MovableClock(time);
        org = new Org(database, clock);
        org.seed();
        sessions = new Sessions(clock, org);
        soap = new SoapLogin(sessions, org);
        customizing = new Customizing(database);
        metadata = new SoapMetadata(sessions, switches, customizing);
        switches.grantedBy((type, field) -> customizing.granted(type, field, org.integrationUser().id()));
        switches.usedBy(() -> org.integrationUser().id());
        Dml dml = new Dml(database, switches, clock);
        SoqlBinder binder = new SoqlBinder(database, switches);
        SoqlRunner runner = new SoqlRunner(database, binder, switches::sees);
        capture = new ChangeCapture(clock, switches);
        database.tell(capture);
        cometd = new Cometd(vertx, clock, sessions, switches, capture, database);
        queries = new QueryApi(database, switches, binder, runner, clock);
        Dml.Actor integration = new Dml.Actor(org.integrationUser().id(), false);
        Engine engine = new Engine(database, switches, dml, binder, runner, clock, integration);
        ToolingApi tooling = new ToolingApi(database, switches, customizing, clock);
        api = new RestApi(engine, new RecordApi(engine), queries, tooling, () -> calls);
        SoqlBinder allNames = new SoqlBinder(database, new Switches());
        SoqlRunner allFields = new SoqlRunner(database, allNames);
        Engine people = new Engine(database, new Switches(), dml, allNames, allFields, clock,
                new Dml.Actor(org.seller().id(), true));
        QueryApi allQueries = new QueryApi(database, new Switches(), allNames, allFields, clock);
        sellerApi = new RestApi(people, new RecordApi(people), allQueries, tooling, () -> calls);
        seller = new SellerControls(database, dml, allFields, org, clock);
        leads = new LeadControls(database, dml, allFields, org);
        streaming = new StreamingControls(cometd, capture);
        bin = new BinControls(database, dml, org.seller().id());
    }

    @Override
    protected Operation operation(Call call) {
        String path = plain(call.path());
        switch (path) {
            case "/services/oauth2/token":
                return new Operation(path, false,
                        call.method().equals("POST") ? sessions::token : other -> Answer.empty(405));
            case "/services/oauth2/revoke":
                return new Operation(path, false, sessions::revoke);
            case "/services/oauth2/userinfo":
                return new Operation(path, false, withSession(sessions::userInfo));
            case "/services/data":
                return new Operation(path, false, other -> Answer.json(200, ApiVersions.list()));
            default:
                if (path.startsWith("/services/Soap/u/") && call.method().equals("POST")) {
                    return new Operation("/services/Soap/u/{version}", false, soap::handle);
                }
                if (path.startsWith("/services/Soap/m/") && call.method().equals("POST")) {
                    return new Operation("/services/Soap/m/{version}", true, metadata::handle);
                }
                return path.startsWith("/id/")
                        ? new Operation("/id/{org}/{user}", false, withSession(sessions::userInfo)) : data(call);
        }
    }

    /**
     * Paths that begin with two slashes are taken: the Salesforce CLI joins an address that ends with one and a path
     * that begins with one.
     */
    private static String plain(String path) {
        String once = path.startsWith("//") ? path.substring(1) : path;
        return once.endsWith("/") ? once.substring(0, once.length() - 1) : once;
    }

    private Operation data(Call call) {
        Matcher match = ApiUrl.versioned(call.rawPath());
        if (match == null) {
            return null;
        }
        if (call.target().length() > LONGEST_ADDRESS) {
            return new Operation(call.path(), false, other -> Answer.text(414, "text/html", "URI Too Long"));
        }
        List<String> segments = ApiUrl.segments(match.group(2));
        Map<String, Object> body = Map.of();
        if (call.bytes().length > 0) {
            Answer refused = unread(call);
            if (refused != null) {
                return new Operation(CallKind.template(segments), false, counted(other -> refused));
            }
            try {
                body = call.json();
            } catch (Json.Malformed e) {
                return new Operation(CallKind.template(segments), false, counted(other -> Answer.json(400,
                        Refusal.bad("JSON_PARSER_ERROR", "The request body is not valid JSON").body())));
            }
        }
        ApiCall api = new ApiCall(call.method(), match.group(1) + ".0", segments, call.query(), body, call.stale(),
                Wishes.of(call));
        return new Operation(CallKind.template(segments), CallKind.writes(api),
                counted(withSession(other -> answer(other, api))));
    }

    /** The refusal of a body that is no JSON by its own word; null when it is to be read. */
    private static Answer unread(Call call) {
        String type = call.header("Content-Type");
        boolean json = type == null || type.toLowerCase(Locale.ROOT).startsWith("application/json");
        return json ? null : Answer.json(415,
                new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Content type " + type + " is not supported").body());
    }

    /** The stale mark is set after the operation was chosen, so it is read when the call is carried out. */
    private Answer answer(Call call, ApiCall request) {
        ApiCall now = call.stale() ? request.asStale() : request;
        capture.from(capture.isOn() ? origin(call, now.version()) : "");
        ApiAnswer answer = now.path().isEmpty() ? resources(call, now) : api.handle(now);
        capture.from("");
        return answer.wire();
    }

    /** A client names itself in a request header, so that it knows its own changes again. */
    private String origin(Call call, String version) {
        String options = call.header("Sforce-Call-Options");
        Matcher client = CLIENT.matcher(options == null || !switches.originNamesClient ? "" : options);
        return "com/salesforce/api/rest/" + version + (client.find() ? ";client=" + client.group(1) : "");
    }

    /** The list of resources ends with the address of the user, which clients use that have only a token. */
    private ApiAnswer resources(Call call, ApiCall request) {
        ApiAnswer answer = api.handle(request);
        Map<String, Object> body = new LinkedHashMap<>(Database.object(answer.body()));
        body.put("identity", sessions.identityUrl(call));
        return ApiAnswer.ok(body);
    }

    private Function<Call, Answer> withSession(Function<Call, Answer> handler) {
        return call -> sessions.accepts(call) ? handler.apply(call)
                : Answer.json(401, new Refusal(401, "INVALID_SESSION_ID", "Session expired or invalid").body());
    }

    private Function<Call, Answer> counted(Function<Call, Answer> handler) {
        return call -> {
            calls++;
            Answer answer = switches.dailyCalls > 0 && calls > switches.dailyCalls
                    ? Answer.json(403, new Refusal(403, "REQUEST_LIMIT_EXCEEDED",
                            "TotalRequests Limit exceeded.").body())
                    : handler.apply(call);
            return answer.with("Sforce-Limit-Info", "api-usage=" + calls + "/" + switches.shownDailyCalls());
        };
    }

    @Override
    protected boolean answersLater(Call call, Consumer<Answer> reply) {
        return cometd.take(call, reply);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected Answer control(Call call) {
        switch (call.method() + " " + call.path()) {
            case "POST /sandbox/bare":
                begin(true);
                return Answer.empty(204);
            case "POST /sandbox/stages":
                org.addStage((String) call.json().get("name"));
                return Answer.empty(204);
            case "GET /sandbox/tokens":
                return Answer.json(200, Map.of("access", List.copyOf(sessions.snapshot().keySet())));
            case "POST /sandbox/sessions/expire":
                sessions.expireAll();
                return Answer.empty(204);
            case "GET /sandbox/clock", "POST /sandbox/clock":
                return clock.control(call);
            case "GET /sandbox/settings":
                return Answer.json(200, switches.json());
            case "POST /sandbox/settings":
                switches.set(call.json());
                return Answer.json(200, switches.json());
            default:
                if (call.path().startsWith(AS_SELLER)) {
                    return asSeller(call);
                }
                Answer taken = call.path().startsWith("/sandbox/streaming/") ? streaming.handle(call)
                        : bin.handle(call);
                return taken != null ? taken
                        : call.path().startsWith(LeadControls.ROOT) ? leads.handle(call) : seller.handle(call);
        }
    }

    /** The REST API as a person uses it, without a session and without limits. */
    private Answer asSeller(Call call) {
        String path = call.rawPath().substring(AS_SELLER.length() - 1);
        return sellerApi.handle(new ApiCall(call.method(), "56.0", ApiUrl.segments(path), call.query(), call.json(),
                false, Wishes.NONE)).wire();
    }

    @Override
    protected Answer refuse(int status, String message) {
        String code = status == 404 ? "NOT_FOUND" : status < 500 ? "JSON_PARSER_ERROR" : "UNKNOWN_EXCEPTION";
        return Answer.json(status, new Refusal(status, code, message).body());
    }

    @Override
    protected void forgetAll() {
        begin(false);
    }

    /** A new org. @param bare one that nobody has customized */
    private void begin(boolean bare) {
        clock.setAhead(Duration.ZERO);
        customizing.begin(bare);
        org.seed();
        queries.clear();
        switches.reset();
        capture.clear();
        sessions.expireAll();
        cometd.clearFaults();
        cometd.forgetClients();
        calls = 0;
    }

    @Override
    protected Map<String, Object> snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", database.snapshot());
        json.put("customizations", customizing.snapshot());
        json.put("queries", queries.snapshot());
        json.put("sessions", sessions.snapshot());
        json.put("settings", switches.json());
        json.put("events", capture.snapshot());
        json.put("calls", calls);
        json.put("secondsAhead", clock.ahead().toSeconds());
        return json;
    }

    @Override
    protected void restore(Map<String, Object> snapshot) {
        Map<String, Long> given = database.given();
        customizing.restore(Database.object(snapshot.getOrDefault("customizations", Map.of())));
        database.restore(Database.object(snapshot.get("database")), given);
        org.seedMissing();
        queries.restore(Database.object(snapshot.get("queries")));
        sessions.restore(Database.object(snapshot.get("sessions")));
        switches.reset();
        switches.set(Database.object(snapshot.get("settings")));
        if (snapshot.containsKey("events")) {
            capture.restore(Database.object(snapshot.get("events")));
        }
        calls = ((Number) snapshot.get("calls")).intValue();
        clock.setAhead(Duration.ofSeconds(((Number) snapshot.getOrDefault("secondsAhead", 0)).longValue()));
    }
}
