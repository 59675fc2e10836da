package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people do: the partner's seller in the portal, and the seller at Microsoft. */
final class Controls {
    private final ReferralStore store;
    private final Clock clock;
    private int deals;

    Controls(ReferralStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Answer deals(Call call) {
        if (call.method().equals("GET")) {
            return Answer.json(200, store.snapshot());
        }
        Map<String, Object> wanted = call.json();
        return shown(store.create(SampleDeals.owned(SampleDeals.typed(++deals, clock.instant(), wanted), "Outgoing",
                text(wanted, "status", "Active"), text(wanted, "substatus", "Accepted"))));
    }

    Answer deal(Call call) {
        Referral referral = byId(last(call));
        if (referral == null) {
            return unknown(call);
        }
        return shown(call.method().equals("PATCH") ? changed(referral, call.json()) : referral);
    }

    Answer inbound(Call call) {
        Map<String, Object> wanted = call.json();
        return shown(store.create(SampleDeals.inbound(SampleDeals.typed(++deals, clock.instant(), Map.of()), wanted)));
    }

    /** A customer's inquiry; the path may end in a lead and what the partner, or time, does with it. */
    Answer leads(Call call) {
        String[] steps = call.path().split("/");
        if (steps.length == 3) {
            return shown(
                    store.create(SampleDeals.lead(SampleDeals.typed(++deals, clock.instant(), Map.of()), call.json())));
        }
        Referral lead = steps.length == 5 ? byId(steps[3]) : null;
        Map<String, Object> change = lead == null ? null : answeredAs(steps[4]);
        if (change == null) {
            return unknown(call);
        }
        Trees.merge(change, call.json());
        return shown(changed(lead, change));
    }

    private static Map<String, Object> answeredAs(String what) {
        return switch (what) {
            case "accept" -> new LinkedHashMap<>(Map.of("status", "Active", "substatus", "Accepted"));
        case "decline" ->
            new LinkedHashMap<>(Map.of("status", "Closed", "substatus", "Declined", "statusReason", "Not a customer"));
            case "expire" -> new LinkedHashMap<>(Map.of("status", "Closed", "substatus", "Expired"));
            default -> null;
        };
    }

    /** The path ends in the engagement and what Microsoft's seller does with it. */
    Answer microsoft(Call call) {
        String[] steps = call.path().split("/");
        Map<String, Object> wanted = call.json();
        if (steps[4].equals("invited")) {
            return invited(call, byId(steps[3]), wanted);
        }
        Referral referral = microsofts(steps[3]);
        if (referral == null) {
            return unknown(call);
        }
        Map<String, Object> change = new LinkedHashMap<>();
        switch (steps[4]) {
            case "accept" -> change.putAll(Map.of("status", "Active", "substatus", "Accepted"));
            case "decline" -> change.putAll(Map.of("status", "Closed", "substatus", "Declined",
                    "statusReason", text(wanted, "reason", "No Microsoft seller manages this customer directly")));
            case "expire" -> change.putAll(Map.of("status", "Closed", "substatus", "Expired"));
            case "won" -> change.putAll(Map.of("status", "Closed", "substatus", "Won"));
            case "lost" -> change.putAll(Map.of("status", "Closed", "substatus", "Lost",
                    "statusReason", text(wanted, "reason", "Customer chose another vendor")));
            case "answer" -> {
                change.put("status", text(wanted, "status", referral.status()));
                change.put("substatus", text(wanted, "substatus", referral.substatus()));
            }
            case "msx", "sellers" -> { }
            default -> {
                return unknown(call);
            }
        }
        if (wanted.get("sellers") instanceof List<?> sellers) {
            change.put("team", new ArrayList<Object>(sellers));
        }
        String msxId = text(wanted, "msxId",
                steps[4].equals("accept") || steps[4].equals("msx") ? "7-SANDBOX" + ++deals : null);
        return shown(answeredBy(referral, change, msxId, text(wanted, "on", "both")));
    }

    /**
     * What the invitation makes, for a deal of the portal: Microsoft's referral in its engagement, waiting for an
     * answer.
     */
    private Answer invited(Call call, Referral own, Map<String, Object> wanted) {
        if (own == null || !own.own()) {
            return unknown(call);
        }
        Map<String, Object> document = Json.copy(own.tree());
        document.remove("externalReferenceId");
        Map<String, Object> microsofts = SampleDeals.microsofts(document);
        microsofts.put("target", List.of(Map.of("type", "BusinessProfileLocation", "id", Referral.MICROSOFT)));
        Trees.merge(microsofts, wanted);
        return shown(store.create(microsofts));
    }

    /** The path ends in an own deal, which another partner joins. */
    Answer anotherPartner(Call call) {
        Referral own = byId(last(call));
        return own == null ? unknown(call) : shown(store.create(SampleDeals.anotherPartners(own.tree(), call.json())));
    }

    /**
     * The id of Microsoft's opportunity appears on Microsoft's referral, on the partner's or on both; nobody has
     * written down where.
     */
    private Referral answeredBy(Referral referral, Map<String, Object> change, String msxId, String on) {
        Map<String, Object> tracking = Map.of("trackingInfo",
                new LinkedHashMap<>(Map.of("microsoftMsxId", String.valueOf(msxId))));
        if (msxId != null && !on.equals("own")) {
            change.putAll(tracking);
        }
        Referral next = changed(referral, change);
        Referral own = store.ownIn(referral.engagementId());
        if (msxId != null && !on.equals("microsoft") && own != null) {
            changed(own, tracking);
        }
        return next;
    }

    private Referral changed(Referral referral, Map<String, Object> patch) {
        Map<String, Object> tree = Json.copy(referral.tree());
        Trees.merge(tree, Json.copy(patch));
        return store.change(referral, tree);
    }

    private Referral byId(String id) {
        String wanted = id.equals("latest") ? store.latest(false) : id;
        return wanted == null ? null : store.find(wanted);
    }

    private Referral microsofts(String engagement) {
        if (engagement.equals("latest")) {
            return store.latest(true) == null ? null : store.find(store.latest(true));
        }
        Referral named = store.find(engagement);
        return store.microsoftsIn(named == null ? engagement : named.engagementId());
    }

    private static String last(Call call) {
        return call.path().substring(call.path().lastIndexOf('/') + 1);
    }

    private static String text(Map<String, Object> json, String name, String otherwise) {
        return json.get(name) instanceof String text ? text : otherwise;
    }

    private static Answer shown(Referral referral) {
        return new Answer(200, Map.of("Content-Type", "application/json;charset=UTF-8"), referral.bytes());
    }

    private static Answer unknown(Call call) {
        return Answer.json(404, Map.of("error", "nothing to be found at " + call.path()));
    }

    int numbered() {
        return deals;
    }

    void number(int from) {
        deals = from;
    }
}
