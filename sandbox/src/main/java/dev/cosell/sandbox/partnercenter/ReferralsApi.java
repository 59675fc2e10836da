package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The Referrals API. */
final class ReferralsApi {
    private static final List<String> SET_BY_SERVICE = List.of("id", "organizationId", "organizationName", "direction",
            "createdDateTime",
            "updatedDateTime", "expirationDateTime", "acceptedDateTime", "closedDateTime", "eTag", "trackingInfo",
            "registrations", "links");
    private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String POWER_AUTOMATE = "60858c1b-2062-40ad-b42c-996b6b5b047d";
    private static final String HELP = "inviteContext/assistanceRequestCode";

    private final ReferralStore store;
    private final IssuedTokens tokens;
    private final Switches switches;
    private final ReferralList list;
    private final Throttle throttle;
    private final FieldRules rules;
    private final SecondFactor mfa;

    ReferralsApi(ReferralStore store, IssuedTokens tokens, Switches switches) {
        this.store = store;
        this.tokens = tokens;
        this.switches = switches;
        this.list = new ReferralList(store, switches);
        this.throttle = new Throttle(switches);
        this.rules = new FieldRules(switches);
        this.mfa = new SecondFactor(switches);
    }

    /** Checks the caller, turns refusals into answers and adds the headers every answer has. */
    Function<Call, Answer> guarded(Function<Call, Answer> operation) {
        return call -> {
            Answer answer = throttle.refusal();
            if (answer != null) {
                return answer;
            }
            try {
                IssuedTokens.Holder holder = admit(call);
                answer = mfa.told(call, holder, operation.apply(call));
            } catch (ServiceError refusal) {
                answer = refusal.answer();
            }
            String trace = call.header("client-request-id");
            return (trace == null ? answer : answer.with("client-request-id", trace))
                    .with("Request-ID", UUID.randomUUID().toString()).with("timestamp", Instant.now().toString());
        };
    }

    private IssuedTokens.Holder admit(Call call) {
        IssuedTokens.Holder holder = tokens.holder(call.header("Authorization"), EntraEndpoint.REFERRALS);
        if (holder == null) {
            throw new ServiceError(401, "unauthenticated", "authorization",
                    "The access token is missing, expired or not for this service.");
        }
        if (mfa.refuses(holder)) {
            throw new ServiceError(401, SecondFactor.CODE, "authorization", SecondFactor.MESSAGE);
        }
        if (switches.on("withoutRole")) {
            throw new ServiceError(403, "accessDenied", "authorization",
                    "The caller does not have permission to perform the action.");
        }
        return holder;
    }

    Answer list(Call call) {
        return list.answer(call);
    }

    Answer get(Call call) {
        Referral referral = referral(call);
        hideMicrosofts(referral);
        return new Answer(200, Map.of("Content-Type", "application/json;charset=UTF-8", "ETag", referral.eTag()),
                call.stale() ? referral.before() : shown(referral));
    }

    private void hideMicrosofts(Referral referral) {
        String answer = switches.text("microsoftsOnlyByEngagement");
        if (referral.microsofts() && answer.equals("403")) {
            throw new ServiceError(403, "accessDenied", "referral", "The referral belongs to another organization.");
        }
        if (referral.microsofts() && !answer.isEmpty()) {
            throw ServiceError.notFound(referral.id());
        }
    }

    private byte[] shown(Referral referral) {
        return switches.on("sprinkle") ? Json.bytes(Sprinkles.over(referral.tree())) : referral.bytes();
    }

    Answer create(Call call) {
        Map<String, Object> document = call.json();
        SET_BY_SERVICE.forEach(document::remove);
        boolean microsofts = Trees.list(document, "target").stream()
                .anyMatch(t -> Referral.MICROSOFT.equals(Trees.get(t, "id")));
        Referral created = microsofts ? createMicrosofts(document) : createOwn(document);
        return new Answer(switches.number("createdStatus"),
                Map.of("Content-Type", "application/json;charset=UTF-8", "ETag", created.eTag()),
                shown(created));
    }

    private Referral createOwn(Map<String, Object> document) {
        RequiredFields.check(document, asksForHelp(document), switches.text("servicesSolutions"));
        document.remove("engagementId");
        return store.create(SampleDeals.owned(document, "Outgoing", "Active", "Accepted"));
    }

    private Referral createMicrosofts(Map<String, Object> document) {
        String engagementId = Trees.text(document, "engagementId");
        Referral own = engagementId == null ? null : store.ownIn(engagementId);
        if (own == null) {
            throw ServiceError.invalid("engagementId", "The engagement does not exist.");
        }
        if (own.closed()) {
            throw ServiceError.invalid("engagementId", "Nobody can be invited to a closed deal.");
        }
        RequiredFields.check(document, true, switches.text("servicesSolutions"));
        if (!asksForHelp(document)) {
            throw ServiceError.invalid(HELP, "The field " + HELP + " is required.");
        }
        document.remove("externalReferenceId");
        Referral created = store.create(SampleDeals.microsofts(document));
        markAsCoSell(own, Trees.text(document, HELP));
        return created;
    }

    /** Type and help of the own referral follow when Microsoft is brought in later. */
    private void markAsCoSell(Referral own, String help) {
        boolean marked = asksForHelp(own.tree()) && "Shared".equals(own.tree().get("type"));
        if (marked || switches.on("ownCopyStaysAsItWas")) {
            return;
        }
        Map<String, Object> tree = Json.copy(own.tree());
        tree.put("type", "Shared");
        Trees.put(tree, HELP, help);
        store.change(own, tree);
    }

    private static boolean asksForHelp(Map<String, Object> document) {
        return !Trees.blank(document, HELP) && !"Unknown".equals(Trees.text(document, HELP));
    }

    Answer patch(Call call) {
        Referral current = writable(call);
        checkCaller(call);
        if (switches.on("demandIfMatch") && call.header("If-Match") == null) {
            throw ServiceError.invalid("If-Match", "The header If-Match is required.");
        }
        Referral next = store.change(current, ReferralPatch.apply(current, call.jsonArray(), rules));
        if (switches.on("silentPatch")) {
            return Answer.empty(204);
        }
        boolean wanted = String.valueOf(call.header("Prefer")).contains("return=representation");
        Answer answer = wanted ? new Answer(200, Map.of("Content-Type", "application/json;charset=UTF-8"), shown(next))
                : Answer.empty(204);
        return answer.with("ETag", next.eTag());
    }

    /** The registration of a deal has to say which product calls; Power Automate's name is its own. */
    private static void checkCaller(Call call) {
        boolean registers = call.jsonArray().stream()
                .anyMatch(operation -> "/registrations/-".equals(Trees.get(operation, "path")));
        String caller = String.valueOf(call.header("X-Caller-Id")).toLowerCase(Locale.ROOT);
        if (registers && (!caller.matches(GUID) || caller.equals(POWER_AUTOMATE))) {
            throw ServiceError.invalid("X-Caller-Id", "The header X-Caller-Id is required.");
        }
    }

    /** The obsolete way: the whole resource without its links, and never without the version it was read at. */
    Answer put(Call call) {
        Map<String, Object> document = call.json();
        if (call.header("If-Match") == null) {
            throw ServiceError.invalid("If-Match", "The header If-Match is required.");
        }
        if (document.containsKey("links")) {
            throw ServiceError.invalid("links", "The property links must not be sent.");
        }
        Referral current = writable(call);
        if (current.closed()) {
            throw ServiceError.invalid("referral", "A closed referral cannot be changed.");
        }
        SET_BY_SERVICE.forEach(name -> document.put(name, current.tree().get(name)));
        document.put("@odata.context", current.tree().get("@odata.context"));
        document.put("engagementId", current.engagementId());
        ReferralPatch.checkConsent(current, document);
        StatusTable.check(current, Trees.text(document, "status"), Trees.text(document, "substatus"));
        Referral next = store.change(current, document);
        return new Answer(200, Map.of("Content-Type", "application/json;charset=UTF-8", "ETag", next.eTag()),
                next.bytes());
    }

    private Referral writable(Call call) {
        Referral current = referral(call);
        String expected = call.header("If-Match");
        if (expected != null && !expected.equals("*") && !expected.equals(current.eTag())) {
            throw new ServiceError(412, "preconditionFailed", "eTag", "The referral was changed since it was read.");
        }
        if (!current.own()) {
            throw new ServiceError(403, "accessDenied", "referral", "The referral belongs to another organization.");
        }
        return current;
    }

    private Referral referral(Call call) {
        String path = call.path().endsWith("/") ? call.path().substring(0, call.path().length() - 1) : call.path();
        String id = path.substring(path.lastIndexOf('/') + 1);
        Referral referral = store.find(id);
        if (referral == null) {
            throw ServiceError.notFound(id);
        }
        return referral;
    }
}
