package dev.cosell.sync.books;

import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How {@link AgreedValues} lie in their column: a JSON object of each row, with {@code r} for the referral, {@code c}
 * for the CRM, {@code rw}, {@code cw} for what is being written there, {@code rwe}, {@code cwe} for what may have
 * been written there before, {@code rws}, {@code cws} for what both sides, the referral first, showed when it began,
 * {@code rwt} for what is to be said beside it, and {@code p} for the mark of the row's Partner Center fields. A number
 * comes back as {@code Integer}, {@code Long} or {@code BigDecimal}, whichever its text asks for.
 */
final class AgreedText {
    private static final String REFERRAL = "r";
    private static final String CRM = "c";
    private static final String TO_REFERRAL = "rw";
    private static final String TO_CRM = "cw";
    private static final String EARLIER = "e";
    private static final String SINCE = "s";
    private static final String TOLD = "t";
    private static final String MARK = "p";

    private AgreedText() {}

    static String text(AgreedValues values) {
        Map<String, Object> rows = new LinkedHashMap<>();
        values.rows().forEach((row, agreed) -> rows.put(row, map(agreed)));
        return LinkRows.text(rows);
    }

    private static Map<String, Object> map(Agreed agreed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(REFERRAL, agreed.referral());
        map.put(CRM, agreed.crm());
        put(map, TO_REFERRAL, agreed.toReferral());
        put(map, TO_CRM, agreed.toCrm());
        if (agreed.mark() != null) {
            map.put(MARK, agreed.mark());
        }
        return map;
    }

    private static void put(Map<String, Object> map, String key, Agreed.Begun begun) {
        if (begun != null) {
            map.put(key, begun.value());
        }
        if (begun != null && !begun.earlier().isEmpty()) {
            map.put(key + EARLIER, begun.earlier());
        }
        if (begun != null && begun.since() != null) {
            map.put(key + SINCE, Arrays.asList(begun.since().referral(), begun.since().crm()));
        }
        if (begun != null && !begun.told().isEmpty()) {
            map.put(key + TOLD, begun.told());
        }
    }

    static AgreedValues values(String text) {
        Map<String, Agreed> rows = new HashMap<>();
        LinkRows.map(text).forEach((row, map) -> {
            if (map instanceof Map<?, ?> agreed) {
                rows.put(row, new Agreed(agreed.get(REFERRAL), agreed.get(CRM), begun(agreed, TO_REFERRAL),
                        begun(agreed, TO_CRM), (String) agreed.get(MARK)));
            }
        });
        return new AgreedValues(rows);
    }

    private static Agreed.Begun begun(Map<?, ?> agreed, String key) {
        List<?> earlier = agreed.get(key + EARLIER) instanceof List<?> list ? list : List.of();
        Agreed.Shown since = agreed.get(key + SINCE) instanceof List<?> both && both.size() == 2
                ? new Agreed.Shown(both.get(0), both.get(1)) : null;
        List<String> told = agreed.get(key + TOLD) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList() : List.of();
        return agreed.containsKey(key) ? new Agreed.Begun(agreed.get(key), new ArrayList<>(earlier), since, told)
                : null;
    }
}
