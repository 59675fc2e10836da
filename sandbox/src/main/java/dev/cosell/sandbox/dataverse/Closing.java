package dev.cosell.sandbox.dataverse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The actions that close an opportunity, each with its closing activity. */
final class Closing {
    private final Store store;
    private final Payload payload;
    private final Writer writer;
    private final Settings settings;

    Closing(Store store, Payload payload, Writer writer, Settings settings) {
        this.settings = settings;
        this.store = store;
        this.payload = payload;
        this.writer = writer;
    }

    /**
     * @param state the state to close in
     * @param body  {@code Status} and {@code OpportunityClose}
     */
    void close(int state, Map<String, Object> body, UUID actor) {
        Table closes = store.schema().named("opportunityclose");
        for (String parameter : body.keySet()) {
            if (!Set.of("Status", "OpportunityClose").contains(parameter)) {
                throw Refusal.badPayload(closes,
                        "The parameter '" + parameter + "' in the request payload is not a valid "
                                + "parameter for the operation.");
            }
        }
        if (!(body.get("OpportunityClose") instanceof Map<?, ?> close)
                || !(body.get("Status") instanceof Number status)) {
            throw Refusal.badPayload(closes, "The parameters 'OpportunityClose' and 'Status' are required.");
        }
        Draft draft = payload.forCreate(closes, activity(close));
        if (!(draft.values().get("opportunityid") instanceof Ref opportunity)) {
            throw Refusal.invalidArgument("The opportunity to close is missing from the closing activity.");
        }
        close(store.follow(opportunity), state, status.intValue(), draft, actor);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> activity(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }

    private void close(Row opportunity, int state, int status, Draft activity, UUID actor) {
        if (!opportunity.get("statecode").equals(OpportunityStates.OPEN)) {
            throw new Refusal(400, "0x80040515", "The opportunity has already been closed.");
        }
        Map<String, Object> values = new HashMap<>(opportunity.values());
        values.put("statecode", state);
        values.put("statuscode", OpportunityStates.closingStatus(state, status, opportunity));
        // The closing activity has the opportunity's currency.
        activity.values().put("transactioncurrencyid", opportunity.get("transactioncurrencyid"));
        Row close = writer.create(activity, actor);
        Object revenue = close.get("actualrevenue");
        Object end = close.get("actualend");
        if (revenue != null) {
            values.put("actualvalue", revenue);
        }
        if (end != null) {
            values.put("actualclosedate", end.toString().substring(0, 10));
        }
        values.put("modifiedon", close.get("modifiedon"));
        values.put("modifiedby", new Ref("systemuser", actor));
        Row closed = store.update(opportunity, Map.copyOf(values));
        Map<String, Object> given = new HashMap<>(activity.values());
        given.put("statuscode", closed.get("statuscode"));
        writer.tell(state == OpportunityStates.WON ? "Win" : "Lose", closed.table(), closed.id(), given, actor);
        if (settings.closingUpdates()) {
            writer.tell("Update", closed.table(), closed.id(), changes(opportunity, closed), actor);
        }
    }

    private static Map<String, Object> changes(Row before, Row after) {
        Map<String, Object> changes = new HashMap<>(after.values());
        changes.entrySet().removeIf(each -> each.getValue().equals(before.get(each.getKey())));
        return changes;
    }
}
