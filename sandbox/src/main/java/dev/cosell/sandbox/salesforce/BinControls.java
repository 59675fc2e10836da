package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people do with the recycle bin and with doubled accounts and contacts: they merge rows and take deleted ones
 * back.
 */
final class BinControls {
    private static final Pattern MERGE = Pattern.compile("/sandbox/(accounts|contacts)/merge");
    private static final Pattern UNDELETE = Pattern.compile("/sandbox/opportunities/(\\w+)/undelete");

    private final Database database;
    private final Dml dml;
    private final Dml.Actor seller;

    BinControls(Database database, Dml dml, String sellerId) {
        this.database = database;
        this.dml = dml;
        this.seller = new Dml.Actor(sellerId, true);
    }

    /** Null when the call is none of these controls. */
    Answer handle(Call call) {
        Matcher merge = MERGE.matcher(call.path());
        Matcher undelete = UNDELETE.matcher(call.path());
        if (!call.method().equals("POST") || !merge.matches() && !undelete.matches()) {
            return null;
        }
        try {
            if (merge.matches()) {
                String object = merge.group(1).equals("accounts") ? Schema.ACCOUNT : Schema.CONTACT;
                merge(row(object, call.json().get("winner")), row(object, call.json().get("loser")));
            } else {
                restore(row(Schema.OPPORTUNITY, undelete.group(1)));
            }
            database.commit();
            return Answer.empty(204);
        } catch (Refusal refusal) {
            database.rollBackTo(0);
            return Answer.json(refusal.status, refusal.body());
        }
    }

    private Row row(String object, Object id) {
        Row row = database.table(object).get(SalesforceIds.complete(String.valueOf(id)));
        if (row == null) {
            throw new Refusal(404, "NOT_FOUND", "there is no " + object + " " + id + " in the sandbox");
        }
        return row;
    }

    /** What belonged to the loser belongs to the winner; the loser goes to the recycle bin and names the winner. */
    private void merge(Row winner, Row loser) {
        for (ObjectType.Children children : loser.type().children()) {
            for (Row child : database.table(children.child()).by(children.field(), loser.id())) {
                if (!child.deleted()) {
                    dml.update(child, Map.of(children.field(), winner.id()), seller);
                }
            }
        }
        dml.update(loser, Map.of("MasterRecordId", winner.id()), seller);
        dml.delete(row(loser.type().name, loser.id()), seller);
    }

    /** With the rows that went to the recycle bin together with it. */
    private void restore(Row row) {
        for (ObjectType.Children children : row.type().children()) {
            for (Row child : database.table(children.child()).by(children.field(), row.id())) {
                if (child.deleted() && child.get("SystemModstamp").equals(row.get("SystemModstamp"))) {
                    back(child);
                }
            }
        }
        back(row);
    }

    private void back(Row row) {
        Map<String, Object> values = new LinkedHashMap<>(row.values());
        values.put("IsDeleted", false);
        Row there = new Row(row.type(), values, row.values());
        database.put(there);
        dml.update(there, Map.of(), seller);
    }
}
