package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.mapping.DateFields;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes.NewOpportunity;
import dev.cosell.verbs.Writes.Update;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mapping's fields as request bodies: virtual fields become bindings, state changes the forms that Dataverse takes.
 */
public final class OpportunityBodies {
    private static final String STATE = "statecode";
    private static final String STATUS = "statuscode";
    static final String VALUE = "estimatedvalue";
    private static final String CALCULATED = "isrevenuesystemcalculated";
    private static final int IN_PROGRESS = 1;

    private final DynamicsFields fields;
    private final Currencies currencies;

    private final DateFields dates;

    public OpportunityBodies(DynamicsFields fields, Currencies currencies, DateFields dates) {
        this.dates = dates;
        this.fields = fields;
        this.currencies = currencies;
    }

    /**
     * Columns of a new opportunity, which is always created open; the referral identifier comes from the address of the
     * upsert. Solution rows are requests of their own: Dataverse documents nested rows for POST, and this is a PATCH.
     */
    Map<String, Object> forCreate(NewOpportunity order) {
        Map<String, Object> body = columns(order.fields());
        body.remove(fields.referralIdField());
        body.remove(STATE);
        if (wantsClosed(order.fields())) {
            body.remove(STATUS);
        }
        if (body.get(VALUE) != null) {
            body.put(CALCULATED, false);
        }
        return body;
    }

    static boolean wantsClosed(Map<String, Object> wanted) {
        return DynamicsView.closed(wanted);
    }

    /** Columns of a solution row. */
    Map<String, Object> solution(Map<String, Object> solution) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(fields.solutionIdField(), solution.get("id"));
        row.put(fields.solutionNameField(), solution.get("name"));
        return row;
    }

    /** What a PATCH must hold; empty when no column of the opportunity itself changes. */
    Map<String, Object> forUpdate(Update update) {
        Map<String, Object> body = columns(update.patch());
        if (Boolean.TRUE.equals(update.current().get(CALCULATED))) {
            body.remove(VALUE);
        }
        if (body.get(STATE) instanceof Number state && state.intValue() == 0) {
            if (DynamicsView.closed(update.current())) {
                body.putIfAbsent(STATUS, IN_PROGRESS);
            } else {
                body.remove(STATE);
            }
        }
        return body;
    }

    /** Throws a conflict when a refused write named a currency that is gone; does nothing when it is not that. */
    void checkCurrency(Answer refused, String what) {
        currencies.checkStillThere(refused, what);
    }

    private Map<String, Object> columns(Map<String, Object> wanted) {
        Map<String, Object> body = new LinkedHashMap<>(dates.written(wanted));
        body.remove(OpportunityColumns.SOLUTIONS);
        if (body.containsKey(OpportunityColumns.CURRENCY)) {
            if (!(body.remove(OpportunityColumns.CURRENCY) instanceof String code)) {
                throw new Fault.Data(Refusals.SYSTEM, Trouble.CURRENCY,
                        "The currency of an opportunity cannot be empty in Dynamics 365: set "
                                + "the currency of the deal");
            }
            body.put(OpportunityColumns.CURRENCY + "@odata.bind",
                    "/transactioncurrencies(" + currencies.id(code) + ")");
        }
        return body;
    }
}
