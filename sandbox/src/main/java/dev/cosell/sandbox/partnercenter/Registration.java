package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** The webhook registration API of Partner Center and the addresses that notifications go to. */
final class Registration {
    static final String PATH = "/webhooks/v1/registration";
    static final List<String> EVENTS = List.of("referral-created", "referral-updated", "related-referral-created",
            "related-referral-updated", "test-created", "subscription-updated", "invoice-ready");
    private static final int TESTS_A_MINUTE = 2;
    private static final Duration TESTS_KEPT = Duration.ofDays(7);

    private record Target(String url, boolean msSignature) {}

    private record Test(Instant at, Map<String, Object> delivery) {}

    private final IssuedTokens tokens;
    private final Deliveries deliveries;
    private final Switches switches;
    private final Clock clock;
    private final Deque<Instant> tests = new ArrayDeque<>();
    private final Map<String, Test> reports = new LinkedHashMap<>();
    private final String firstPreset;
    private Map<String, Object> registered;
    private Target preset;

    /** @param preset address that gets every event without registration; null for none */
    Registration(IssuedTokens tokens, Deliveries deliveries, Switches switches, Clock clock, String preset) {
        this.tokens = tokens;
        this.deliveries = deliveries;
        this.switches = switches;
        this.clock = clock;
        this.firstPreset = preset;
        forget();
    }

    void forget() {
        registered = null;
        preset(firstPreset, true);
        tests.clear();
        reports.clear();
    }

    void preset(String url, boolean msSignature) {
        preset = target(url, msSignature);
    }

    /** Null for no address. */
    private static Target target(String url, boolean msSignature) {
        return url == null || url.isBlank() ? null : new Target(url, msSignature);
    }

    Function<Call, Answer> guarded(Function<Call, Answer> operation) {
        return call -> {
            Answer refusal = refusal(tokens.holder(call.header("Authorization"), EntraEndpoint.PARTNER_CENTER));
            return refusal != null ? refusal : operation.apply(call)
                    .with("MS-CorrelationId", String.valueOf(call.header("MS-CorrelationId")))
                    .with("MS-RequestId", UUID.randomUUID().toString());
        };
    }

    /**
     * Applications may register too, and need neither a second factor nor a role. Null when the call is let through.
     */
    private Answer refusal(IssuedTokens.Holder holder) {
        if (holder == null) {
            return Answer.json(401, Map.of("code", 900, "description",
                    "The access token is missing, expired or not for this service."));
        }
        if (new SecondFactor(switches).refuses(holder)) {
            return Answer.json(401,
                    Map.of("code", Integer.parseInt(SecondFactor.CODE), "description", SecondFactor.MESSAGE));
        }
        List<String> denied = List.of(switches.text("registrationDeniedTo").split("\\s*,\\s*"));
        return holder.user() != null && (denied.contains("*") || denied.contains(holder.user()))
                ? Answer.json(403,
                        Map.of("code", 403, "description", "The user has no role that may register for events."))
                : null;
    }

    Answer events(Call call) {
        return Answer.json(200, EVENTS);
    }

    Answer read(Call call) {
        if (registered == null) {
            return switches.text("noRegistration").equals("empty") ? Answer.empty(200)
                    : Answer.json(404, Map.of("code", 2002, "description", "No registration exists."));
        }
        return shown();
    }

    /** Answers have been seen in both spellings. */
    private Answer shown() {
        if (!switches.on("camelCaseRegistration")) {
            return Answer.json(200, registered);
        }
        Map<String, Object> camelCase = new LinkedHashMap<>();
        registered.forEach(
                (name, value) -> camelCase.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), value));
        return Answer.json(200, camelCase);
    }

    /** What other people do to the registration: another product takes it, or it vanishes. */
    Answer control(Call call) {
        switch (call.method()) {
            case "DELETE" -> registered = null;
            case "PUT" ->
                register((String) call.json().get("url"), List.of("referral-created", "referral-updated"), false);
            default -> { }
        }
        return registered == null ? Answer.empty(204) : Answer.json(200, registered);
    }

    Answer write(Call call) {
        if (call.method().equals("PUT") && registered == null) {
            return Answer.json(404, Map.of("code", 2002, "description", "No registration exists."));
        }
        Map<String, Object> wanted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        wanted.putAll(call.json());
        if (!(wanted.get("WebhookUrl") instanceof String url) || !absolute(url)
                || !(wanted.get("WebhookEvents") instanceof List<?> events)
                || !EVENTS.containsAll(events)) {
            return Answer.json(400, Map.of("code", 2000, "description", "WebhookUrl or WebhookEvents is not valid."));
        }
        register(url, events, Boolean.TRUE.equals(wanted.get("SignatureTokenToMsSignatureHeader")));
        return shown();
    }

    private void register(String url, List<?> events, boolean msSignature) {
        Object subscriber = registered == null ? UUID.randomUUID().toString() : registered.get("SubscriberId");
        registered = new LinkedHashMap<>();
        registered.put("SubscriberId", subscriber);
        registered.put("WebhookUrl", url);
        registered.put("WebhookEvents", new ArrayList<Object>(events));
        registered.put("SignatureTokenToMsSignatureHeader", msSignature);
        registered.put("lastModifiedTimestamp", clock.instant().toString());
    }

    private static boolean absolute(String url) {
        try {
            String scheme = String.valueOf(URI.create(url).getScheme()).toLowerCase(Locale.ROOT);
            return scheme.equals("https") || scheme.equals("http");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Answer test(Call call) {
        Instant now = clock.instant();
        tests.removeIf(at -> at.plus(Duration.ofMinutes(1)).isBefore(now));
        if (registered == null || !((List<?>) registered.get("WebhookEvents")).contains("test-created")) {
            return Answer.json(400, Map.of("code", 2001, "description", "The event test-created is not registered."));
        }
        if (tests.size() >= TESTS_A_MINUTE) {
            return Answer
                    .json(429, Map.of("statusCode", 429, "message", "Rate limit is exceeded. Try again in 60 seconds."))
                    .with("Retry-After", "60");
        }
        tests.add(now);
        String id = UUID.randomUUID().toString();
        Target target = registeredTarget();
        reports.put(id, new Test(now, deliveries.send(target.url(), target.msSignature(), "test-created", "test",
                "http://api.partnercenter.microsoft.com" + PATH + "/" + id, now)));
        return Answer.json(200, Map.of("correlationId", id));
    }

    Answer report(Call call) {
        String id = call.path().substring(call.path().lastIndexOf('/') + 1);
        Instant kept = clock.instant().minus(TESTS_KEPT);
        reports.values().removeIf(test -> test.at().isBefore(kept));
        Map<String, Object> entry = reports.containsKey(id) ? reports.get(id).delivery() : null;
        if (entry == null) {
            return Answer.json(404, Map.of("code", 2003, "description", "No such validation event."));
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("correlationId", id);
        report.put("partnerId", "00234d9d-0000-4000-8000-000000000000");
        String status = switches.text("validationStatus");
        report.put("status",
                !status.isEmpty() ? status : "pending".equals(entry.get("state")) ? "inProgress" : "completed");
        report.put("callbackUrl", entry.get("url"));
        report.put("results",
                entry.get("status") == null && entry.get("error") == null ? List.of() : List.of(result(entry)));
        return Answer.json(200, report);
    }

    private Map<String, Object> result(Map<String, Object> entry) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("responseCode", "delivered".equals(entry.get("state")) ? "OK"
                : entry.get("status") == null ? "" : String.valueOf(entry.get("status")));
        result.put("responseMessage", entry.get("error") == null ? "" : entry.get("error"));
        result.put("systemError", entry.get("status") == null);
        result.put("dateTimeUtc", clock.instant().toString().replace("Z", ""));
        return result;
    }

    /**
     * Tells everybody who wants to know; once for each address.
     *
     * @param changed when the referral changed
     */
    void announce(String event, String referralId, Instant changed) {
        Set<Target> targets = new LinkedHashSet<>();
        if (registered != null && ((List<?>) registered.get("WebhookEvents")).contains(event)) {
            targets.add(registeredTarget());
        }
        if (preset != null && targets.stream().noneMatch(target -> target.url().equals(preset.url()))) {
            targets.add(preset);
        }
        for (Target target : targets) {
            deliveries.send(target.url(), target.msSignature(), event, "referral",
                    switches.text("resourceUriBase") + "/" + referralId, changed);
        }
    }

    private Target registeredTarget() {
        return new Target((String) registered.get("WebhookUrl"),
                (Boolean) registered.get("SignatureTokenToMsSignatureHeader"));
    }

    /** With the preset address only where somebody has set another: the first one is that of the next start. */
    Map<String, Object> snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("registered", registered);
        if (!Objects.equals(preset, target(firstPreset, true))) {
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("url", preset == null ? null : preset.url());
            set.put("msSignature", preset != null && preset.msSignature());
            json.put("preset", set);
        }
        return json;
    }

    void restore(Map<?, ?> json) {
        forget();
        if (json.get("registered") instanceof Map<?, ?> registration) {
            registered = new LinkedHashMap<>();
            registration.forEach((name, value) -> registered.put((String) name, value));
        }
        if (json.get("preset") instanceof Map<?, ?> set) {
            preset((String) set.get("url"), Boolean.TRUE.equals(set.get("msSignature")));
        }
    }
}
