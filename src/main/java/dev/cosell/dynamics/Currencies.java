package dev.cosell.dynamics;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.ProducerTemplate;

/**
 * ISO codes of the environment's currencies, their row ids and decimals, read in one call and again when one is
 * unknown.
 */
public final class Currencies {
    private static final String ALL = "/transactioncurrencies?$select=transactioncurrencyid,isocurrencycode,currencyprecision";

    private static final int USUAL_DECIMALS = 2;

    private record Table(Map<String, String> codes, Map<String, String> ids, Map<String, Integer> decimals) {}

    private final Lookups lookups;
    private volatile Table table = new Table(Map.of(), Map.of(), Map.of());

    /** @param template sends to {@code direct:dynamics-call} */
    public Currencies(ProducerTemplate template) {
        this.lookups = new Lookups(template);
    }

    /** The ISO code of a currency row. */
    String code(String id) {
        String code = table.codes().get(id);
        if (code == null) {
            code = read().codes().get(id);
        }
        if (code == null) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.CURRENCY,
                    "The currency " + id + " does not exist in Dynamics 365 or may not be "
                            + "read: give the application user read access to currencies");
        }
        return code;
    }

    /**
     * How many decimals the environment keeps of amounts in a currency that was read; the usual two when it does not
     * say.
     */
    int decimals(String code) {
        return table.decimals().getOrDefault(code, USUAL_DECIMALS);
    }

    /** The row id of an ISO code. */
    String id(String code) {
        String id = table.ids().get(code);
        if (id == null) {
            id = read().ids().get(code);
        }
        if (id == null) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.CURRENCY,
                    "Dynamics 365 has no currency " + code + ": add it in the Power Platform "
                            + "admin centre (Settings, Business, Currencies), or change the currency of the deal");
        }
        return id;
    }

    private synchronized Table read() {
        Map<String, String> codes = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> decimals = new HashMap<>();
        for (Map<String, Object> row : lookups.list(ALL, "list of currencies")) {
            String id = (String) row.get("transactioncurrencyid");
            String code = (String) row.get("isocurrencycode");
            codes.put(id, code);
            ids.put(code, id);
            if (row.get("currencyprecision") instanceof Number precision) {
                decimals.put(code, precision.intValue());
            }
        }
        table = new Table(codes, ids, decimals);
        return table;
    }
}
