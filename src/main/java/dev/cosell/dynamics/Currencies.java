package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.ProducerTemplate;

/**
 * ISO codes of the environment's currencies, their row ids and decimals, read in one call and again when one is
 * unknown, when one turns out to be gone, and after an hour.
 */
public final class Currencies {
    private static final String ALL = "/transactioncurrencies?$select=transactioncurrencyid,isocurrencycode,currencyprecision";

    private static final int USUAL_DECIMALS = 2;
    private static final Duration LIFE = Duration.ofHours(1);

    private record Table(Instant read, Map<String, String> codes, Map<String, String> ids,
            Map<String, Integer> decimals) {}

    private final Lookups lookups;
    private final Clock clock;
    /** Ids of all rows that were ever read, so that one that another sync has just found gone is still known as one. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile Table table = new Table(Instant.MIN, Map.of(), Map.of(), Map.of());

    /** @param template sends to {@code direct:dynamics-call} */
    public Currencies(ProducerTemplate template, Clock clock) {
        this.lookups = new Lookups(template);
        this.clock = clock;
    }

    private String found(Function<Table, String> look) {
        Table now = table;
        String kept = clock.instant().minus(LIFE).isAfter(now.read()) ? null : look.apply(now);
        return kept != null ? kept : look.apply(read());
    }

    /**
     * To be asked when a write that names a currency was refused: throws a conflict when its row is gone, as after a
     * currency was deleted and added anew, and does nothing when it is not that.
     */
    void checkStillThere(Answer refused, String what) {
        if (refused.status() != 404 || !Refusals.says(refused, Refusals.NOT_THERE)) {
            return;
        }
        String words = refused.reason().toLowerCase(Locale.ROOT);
        known.stream().filter(words::contains).findFirst().filter(this::isGone).ifPresent(id -> {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "The currency " + id + " of the " + what
                    + " was deleted in Dynamics 365; its code is looked up again");
        });
    }

    private boolean isGone(String id) {
        return !table.codes().containsKey(id) || !read().codes().containsKey(id);
    }

    /** The ISO code of a currency row. */
    String code(String id) {
        String code = found(now -> now.codes().get(id));
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
        String id = found(now -> now.ids().get(code));
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
        known.addAll(codes.keySet());
        table = new Table(clock.instant(), codes, ids, decimals);
        return table;
    }
}
