package dev.cosell.salesforce;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The currency of an organisation that has one only. Such an organisation has no field {@code CurrencyIsoCode}: it is
 * neither read nor written, and every opportunity counts as having it.
 *
 * @param code ISO code; empty for an organisation with several currencies
 */
public record OrgCurrency(String code) {
    static final OrgCurrency SEVERAL = new OrgCurrency("");
    private static final String FIELD = "CurrencyIsoCode";

    /** Whether a field is not there, but known all the same. */
    boolean isVirtual(String field) {
        return !code.isEmpty() && field.equalsIgnoreCase(FIELD);
    }

    /** A copy of a row as if its organisation had the field. */
    Map<String, Object> read(Map<String, Object> row) {
        Map<String, Object> record = new LinkedHashMap<>(row);
        if (!code.isEmpty()) {
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
        Map<String, Object> body = new LinkedHashMap<>(fields);
        if (code.isEmpty() || !body.containsKey(FIELD)) {
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
