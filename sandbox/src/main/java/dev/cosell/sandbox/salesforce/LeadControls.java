package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;

/** What a seller sees of leads in the browser and does with them, under another user than the integration's. */
final class LeadControls {
    static final String ROOT = "/sandbox/leads";

    private final Database database;
    private final Dml dml;
    private final SoqlRunner runner;
    private final Org org;
    private final Switches everything = new Switches();

    LeadControls(Database database, Dml dml, SoqlRunner runner, Org org) {
        this.database = database;
        this.dml = dml;
        this.runner = runner;
        this.org = org;
    }

    /** Null when the call is none of these controls. */
    Answer handle(Call call) {
        String name = call.path().length() > ROOT.length() ? call.path().substring(ROOT.length() + 1) : "";
        try {
            Answer answer = name.isEmpty() ? all(call) : one(call, name);
            database.commit();
            return answer;
        } catch (RuntimeException e) {
            database.rollBackTo(0);
            if (e instanceof Refusal refusal) {
                return Answer.json(refusal.status, refusal.body());
            }
            throw e;
        }
    }

    private Answer all(Call call) {
        return call.method().equals("GET") ? Answer.json(200, database.table(Schema.LEAD).all().stream()
                .filter(row -> !row.deleted()).map(this::shown).toList()) : null;
    }

    private Answer one(Call call, String name) {
        Row row = find(name);
        return switch (call.method()) {
            case "GET" -> Answer.json(200, shown(row));
            case "PATCH" -> Answer.json(200, shown(dml.update(row, call.json(), actor())));
            case "DELETE" -> {
                dml.delete(row, actor());
                yield Answer.empty(204);
            }
            default -> null;
        };
    }

    /** By record id, by Referral Identifier, or the one created last. */
    private Row find(String name) {
        Table table = database.table(Schema.LEAD);
        Row row = name.equals("latest") ? database.latest(Schema.LEAD) : table.get(SalesforceIds.complete(name));
        if (row == null && table.type.field("Referral_Identifier__c") != null) {
            row = table.by("Referral_Identifier__c", name).stream().filter(other -> !other.deleted()).findFirst()
                    .orElse(null);
        }
        if (row == null || row.deleted()) {
            throw new Refusal(404, "NOT_FOUND", "there is no lead " + name + " in the sandbox");
        }
        return row;
    }

    private Dml.Actor actor() {
        return new Dml.Actor(org.seller().id(), true);
    }

    private Object shown(Row row) {
        return runner.renderAll(row, everything, "56.0");
    }
}
