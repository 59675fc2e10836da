package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import dev.cosell.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;

/** A Salesforce org as far as REST clients see it: OAuth, records, SOQL and composite. Controls: docs/sandbox.md. */
public final class SalesforceSandbox extends SandboxServer {
    private final Database database = new Database();
    private final Switches switches = new Switches();
    private final Org org;
    private final Sessions sessions;
    private final QueryApi queries;
    private final RestApi api;
    private final SellerControls seller;
    private final LeadControls leads;
    private int calls;

    /** @param clock gives all times of the org, to the second as on the real platform */
    public SalesforceSandbox(Vertx vertx, Clock clock) {
        super(vertx);
        org = new Org(database, clock);
        org.seed();
        sessions = new Sessions(clock, org);
        Dml dml = new Dml(database, switches, clock);
        SoqlBinder binder = new SoqlBinder(database, switches);
        SoqlRunner runner = new SoqlRunner(database, binder);
        queries = new QueryApi(database, switches, binder, runner, clock);
        Dml.Actor integration = new Dml.Actor(org.integrationUser().id(), false);
        api = new RestApi(database, new RecordApi(database, switches, dml, runner, integration), queries, () -> calls);
        SoqlRunner allFields = new SoqlRunner(database, new SoqlBinder(database, new Switches()));
        seller = new SellerControls(database, dml, allFields, org, clock);
        leads = new LeadControls(database, dml, allFields, org);
    }

    @Override
    protected Operation operation(Call call) {
        String path = call.path().endsWith("/") ? call.path().substring(0, call.path().length() - 1) : call.path();
        switch (path) {
            case "/services/oauth2/token":
                return new Operation(path, false, call.method().equals("POST") ? sessions::token : other -> Answer.empty(405));
            case "/services/oauth2/revoke":
                return new Operation(path, false, sessions::revoke);
            case "/services/oauth2/userinfo":
                return new Operation(path, false, withSession(sessions::userInfo));
            case "/services/data":
                return new Operation(path, false, other -> Answer.json(200, versions()));
            default:
                return path.startsWith("/id/") ? new Operation("/id/{org}/{user}", false, withSession(sessions::userInfo)) : data(call, path);
        }
    }

    private Operation data(Call call, String path) {
        Matcher match = ApiUrl.versioned(path);
        if (match == null) {
            return null;
        }
        List<String> segments = ApiUrl.segments(match.group(2));
        Map<String, Object> body = Map.of();
        if (call.bytes().length > 0) {
            try {
                body = call.json();
            } catch (Json.Malformed e) {
                return new Operation(template(segments), false, counted(other -> Answer.json(400,
                        Refusal.bad("JSON_PARSER_ERROR", "The request body is not valid JSON").body())));
            }
        }
        ApiCall api = new ApiCall(call.method(), match.group(1) + ".0", segments, call.query(), body, call.stale());
        return new Operation(template(segments), writes(api), counted(withSession(other -> answer(other, api))));
    }

    private static boolean writes(ApiCall call) {
        if (call.at(0).equals("composite") && call.body().get("compositeRequest") instanceof List<?> requests) {
            return requests.stream().anyMatch(request -> request instanceof Map<?, ?> map && !"GET".equals(map.get("method")));
        }
        return !call.method().equals("GET");
    }

    private static String template(List<String> segments) {
        StringBuilder template = new StringBuilder("/services/data");
        for (int i = 0; i < segments.size(); i++) {
            boolean variable = segments.get(0).equals("sobjects") ? i > 1 && !segments.get(i).equals("describe") : i > 0;
            template.append('/').append(variable ? i == 3 ? "{value}" : "{id}" : segments.get(i));
        }
        return template.toString();
    }

    /** The stale mark is set after the operation was chosen, so it is read when the call is carried out. */
    private Answer answer(Call call, ApiCall request) {
        ApiCall now = call.stale() ? new ApiCall(request.method(), request.version(), request.path(), request.query(), request.body(), true)
                : request;
        ApiAnswer answer = api.handle(now);
        Answer wire = answer.body() == null ? Answer.empty(answer.status()) : Answer.json(answer.status(), answer.body());
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            wire = wire.with(header.getKey(), header.getValue());
        }
        return wire;
    }

    private Function<Call, Answer> withSession(Function<Call, Answer> handler) {
        return call -> sessions.accepts(call) ? handler.apply(call)
                : Answer.json(401, new Refusal(401, "INVALID_SESSION_ID", "Session expired or invalid").body());
    }

    private Function<Call, Answer> counted(Function<Call, Answer> handler) {
        return call -> {
            calls++;
            return handler.apply(call).with("Sforce-Limit-Info", "api-usage=" + calls + "/" + RestApi.DAILY_CALLS);
        };
    }

    private static List<Object> versions() {
        return List.of(version(56, "Winter '23"), version(60, "Spring '24"), version(66, "Spring '26"));
    }

    private static Map<String, Object> version(int number, String label) {
        return Map.of("label", label, "url", "/services/data/v" + number + ".0", "version", number + ".0");
    }

    @Override
    protected Answer control(Call call) {
        switch (call.method() + " " + call.path()) {
            case "POST /sandbox/sessions/expire":
                sessions.expireAll();
                return Answer.empty(204);
            case "GET /sandbox/settings":
                return Answer.json(200, switches.json());
            case "POST /sandbox/settings":
                switches.set(call.json());
                return Answer.json(200, switches.json());
            default:
                return call.path().startsWith(LeadControls.ROOT) ? leads.handle(call) : seller.handle(call);
        }
    }

    @Override
    protected Answer refuse(int status, String message) {
        String code = status == 404 ? "NOT_FOUND" : status < 500 ? "JSON_PARSER_ERROR" : "UNKNOWN_EXCEPTION";
        return Answer.json(status, new Refusal(status, code, message).body());
    }

    @Override
    protected void forgetAll() {
        database.clear();
        org.seed();
        queries.clear();
        switches.reset();
        sessions.expireAll();
        calls = 0;
    }

    @Override
    protected Map<String, Object> snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", database.snapshot());
        json.put("queries", queries.snapshot());
        json.put("sessions", sessions.snapshot());
        json.put("settings", switches.json());
        json.put("calls", calls);
        return json;
    }

    @Override
    protected void restore(Map<String, Object> snapshot) {
        database.restore(Database.object(snapshot.get("database")));
        queries.restore(Database.object(snapshot.get("queries")));
        sessions.restore(Database.object(snapshot.get("sessions")));
        switches.reset();
        switches.set(Database.object(snapshot.get("settings")));
        calls = ((Number) snapshot.get("calls")).intValue();
    }
}
