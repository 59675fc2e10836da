package dev.cosell.crm.toy;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The toy CRM itself: opportunities in memory behind an API of six calls, and the controls with which people act. */
public final class ToyServer extends SandboxServer {
    private static final String API = "/api/opportunities";
    private static final String CONTROL = "/sandbox/opportunities";
    private static final Set<String> HELP = Set.of("Demo", "Other");

    private final Map<String, Map<String, Object>> opportunities = new TreeMap<>();
    private final Map<String, String> accounts = new TreeMap<>();
    private final Map<String, List<Object>> teams = new TreeMap<>();
    private long version;

    public ToyServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    protected Operation operation(Call call) {
        String path = call.path();
        return switch (call.method()) {
            case "GET" -> path.equals("/api/changes") ? new Operation(path, false, this::changes)
                    : path.equals(API) ? new Operation(path, false, this::find)
                    : path.endsWith("/team") ? new Operation(API + "/{id}/team", false, this::team)
                    : new Operation(API + "/{id}", false, asked -> shown(id(asked, API)));
            case "POST" -> new Operation(API, true, this::create);
            case "PATCH" -> new Operation(API + "/{id}", true, this::patch);
            default -> null;
        };
    }

    private static String id(Call call, String prefix) {
        return call.path().substring(prefix.length() + 1).split("/")[0];
    }

    private Answer changes(Call call) {
        long since = Long.parseLong(call.query("since"));
        return Answer.json(200, Map.of("position", version, "records",
                opportunities.values().stream().filter(each -> (Long) each.get("version") > since).toList()));
    }

    private Answer find(Call call) {
        String wanted = call.query("referral");
        return Answer.json(200,
                Map.of("records", opportunities.values().stream().filter(each -> wanted.equals(each.get("referralId"))
                        || String.valueOf(each.get("referralLink")).contains(wanted)).toList()));
    }

    private Answer team(Call call) {
        return Answer.json(200, Map.of("records", teams.getOrDefault(id(call, API), List.of())));
    }

    private Answer shown(String id) {
        return opportunities.containsKey(id) ? Answer.json(200, opportunities.get(id))
                : refuse(404, "There is no opportunity " + id);
    }

    private Answer create(Call call) {
        Map<String, Object> wanted = call.json();
        Map<String, Object> there = opportunities.values().stream()
                .filter(each -> wanted.get("referralId").equals(each.get("referralId"))).findFirst()
                .orElse(null);
        return there != null ? Answer.json(200, there) : Answer.json(201, put(wanted));
    }

    private Answer patch(Call call) {
        Map<String, Object> there = opportunities.get(id(call, API));
        if (there == null) {
            return refuse(404, "There is no opportunity " + id(call, API));
        }
        if (!there.get("version").toString().equals(call.header("If-Match"))) {
            return refuse(412, "The opportunity has moved on");
        }
        Map<String, Object> patch = call.json();
        return patch.get("help") != null && !HELP.contains(patch.get("help"))
                ? refuse(400, "There is no help \"" + patch.get("help") + "\"")
                : Answer.json(200, written(there, patch));
    }

    private Map<String, Object> put(Map<String, Object> fields) {
        Map<String, Object> opportunity = new LinkedHashMap<>();
        for (String field : List.of("name", "value", "currency", "closing", "notes", "stage", "help", "visible",
                "lossReason", "shared", "referralId",
                "referralLink", "audit")) {
            opportunity.put(field, null);
        }
        opportunity.put("id", "toy-" + (10_000 + opportunities.size()));
        opportunities.put((String) opportunity.get("id"), opportunity);
        return written(opportunity, fields);
    }

    private Map<String, Object> written(Map<String, Object> opportunity, Map<String, Object> fields) {
        opportunity.putAll(fields);
        opportunity.putIfAbsent("solutions", new ArrayList<>());
        for (String party : List.of("account", "contact")) {
            if (!(opportunity.get(party) instanceof Map<?, ?> there) || there.isEmpty()) {
                opportunity.remove(party);
            }
        }
        if (opportunity.get("account") instanceof Map<?, ?> account) {
            opportunity.put("accountId",
                    accounts.computeIfAbsent((String) account.get("name"), name -> "account-" + accounts.size()));
        }
        opportunity.put("version", ++version);
        opportunity.put("modified", Instant.now().toString());
        return opportunity;
    }

    @Override
    protected Answer control(Call call) {
        return switch (call.method() + (call.path().equals(CONTROL) ? "" : " one")) {
            case "POST" -> Answer.json(201, put(call.json()));
            case "GET" -> Answer.json(200, Map.of("records", List.copyOf(opportunities.values())));
            case "GET one" -> shown(id(call, CONTROL));
            case "PATCH one" -> Answer.json(200, written(opportunities.get(id(call, CONTROL)), call.json()));
            case "POST one" -> {
                teams.computeIfAbsent(id(call, CONTROL), id -> new ArrayList<>()).add(call.json());
                yield Answer.empty(204);
            }
            default -> null;
        };
    }

    @Override
    protected Answer refuse(int status, String message) {
        return Answer.json(status, Map.of("message", message));
    }

    @Override
    protected void forgetAll() {
        opportunities.clear();
        accounts.clear();
        teams.clear();
    }

    /** A toy begins empty each time. */
    @Override
    protected Map<String, Object> snapshot() {
        return Map.of();
    }

    @Override
    protected void restore(Map<String, Object> snapshot) {
        forgetAll();
    }
}
