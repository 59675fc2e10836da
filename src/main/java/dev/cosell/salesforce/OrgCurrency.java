package dev.cosell.salesforce;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The currency of an organisation that has one only. Such an organisation has no field {@code CurrencyIsoCode}: it is
 * neither read nor written, and every opportunity counts as having it. An organisation that has switched on several
 * since has the field, and is asked for it in calls that are made anyway.
 */
public final class OrgCurrency {
    static final OrgCurrency SEVERAL = new OrgCurrency("");
    private static final String FIELD = "CurrencyIsoCode";
    private static final String PART = "currencies";

    private final String code;
    /** Never taken back: Salesforce does not let an organisation return to one. */
    private volatile boolean outdated;

    /** @param code ISO code; empty for an organisation with several currencies */
    public OrgCurrency(String code) {
        this.code = code;
    }

    /** Whether a person has said that there is only one. */
    boolean isOne() {
        return !code.isEmpty();
    }

    /** Whether a field is not there, but known all the same. */
    boolean isVirtual(String field) {
        return isOne() && field.equalsIgnoreCase(FIELD);
    }

    /**
     * Asks along with other reads whether there are several by now.
     *
     * @throws Fault.Auth when that is known
     */
    CompositeRequest asked(CompositeRequest reads) {
        verify();
        return isOne() ? reads.query(PART, "SELECT " + FIELD + " FROM Opportunity LIMIT 1") : reads;
    }

    /** The answer without the part that was added: only an organisation with several currencies has rows for it. */
    CompositeAnswer noted(CompositeAnswer answer) {
        if (answer.has(PART) && answer.body(PART) instanceof Map<?, ?> rows && rows.containsKey("records")) {
            outdated = true;
        }
        return answer.without(PART);
    }

    /** @throws Fault.Auth when there are several by now: only a person can say what the deals are in */
    void verify() {
        if (outdated) {
            throw new Fault.Auth(SalesforceErrors.SYSTEM,
                    "Salesforce has several currencies now, and the setting salesforce.currency makes every deal one "
                    + "in " + code
                    + ". Nothing is read or written there. Empty salesforce.currency, restart, and run ./cosell "
                    + "backfill salesforce for the deals that were changed meanwhile");
        }
    }

    /** A copy of a row as if its organisation had the field. */
    Map<String, Object> read(Map<String, Object> row) {
        Map<String, Object> record = new LinkedHashMap<>(row);
        if (isOne()) {
            record.put(FIELD, code);
        }
        return record;
    }

    /**
     * A copy of what is to be written, without what is not there.
     *
     * @throws Fault.Data when the deal has another currency
     */
    Map<String, Object> written(Map<String, Object> fields, String about) {
        verify();
        Map<String, Object> body = new LinkedHashMap<>(fields);
        if (!isOne() || !body.containsKey(FIELD)) {
            return body;
        }
        Object wanted = body.remove(FIELD);
        if (wanted != null && !code.equalsIgnoreCase(wanted.toString())) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.CURRENCY,
                    "The deal of " + about + " is in " + wanted
                    + ", and this Salesforce organisation has "
                    + code
                    + " only (setting salesforce.currency): change the currency and the value of the deal in Partner "
                    + "Center, or switch on several currencies in Salesforce and leave the setting empty");
        }
        return body;
    }
}
