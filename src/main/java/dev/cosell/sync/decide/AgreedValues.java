package dev.cosell.sync.decide;

import dev.cosell.mapping.Row;
import dev.cosell.mapping.StandIns;
import dev.cosell.mapping.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The base of a three-way comparison: what two records last agreed on.
 *
 * @param rows by name of the mapping row; rows about which nothing was ever agreed are missing
 */
public record AgreedValues(Map<String, Agreed> rows) {
    /** Of two records that were never compared. */
    public static final AgreedValues NONE = new AgreedValues(Map.of());

    /** Both tables may have rows of one name. */
    private static final String DEAL_OF_A_LEAD = "opportunity/";

    public AgreedValues {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** Null when nothing was agreed about the row, or only while it had other fields of Partner Center. */
    public Agreed of(Row row) {
        Agreed agreed = rows.get(row.name());
        return agreed == null || agreed.isOf(row) ? agreed : null;
    }

    /** Whether the books say just this already, about the same fields. */
    public boolean isIn(AgreedValues noted) {
        return equals(noted) && rows.entrySet().stream()
                .allMatch(row -> noted.rows.get(row.getKey()).isOfThoseOf(row.getValue()));
    }

    /** Of the link of a lead: what the lead and its referral agree on. */
    AgreedValues ofLead() {
        return new AgreedValues(rows.entrySet().stream().filter(row -> !row.getKey().startsWith(DEAL_OF_A_LEAD))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Of the same link: what the opportunity was about to be written with, as which an accepted lead goes on. */
    AgreedValues ofDeal() {
        return new AgreedValues(rows.entrySet().stream().filter(row -> row.getKey().startsWith(DEAL_OF_A_LEAD))
                .collect(Collectors.toMap(row -> row.getKey().substring(DEAL_OF_A_LEAD.length()),
                        Map.Entry::getValue)));
    }

    /** Of the same link, with another opportunity's values beside the lead's own. */
    AgreedValues withDeal(AgreedValues deal) {
        Map<String, Agreed> both = new LinkedHashMap<>(ofLead().rows);
        deal.rows.forEach((row, agreed) -> both.put(DEAL_OF_A_LEAD + row, agreed));
        return new AgreedValues(both);
    }

    /** Of an opportunity that is being made, while that of an earlier attempt may be found instead. */
    public AgreedValues orOf(AgreedValues earlier) {
        Map<String, Agreed> both = new LinkedHashMap<>(rows);
        both.replaceAll((row, agreed) -> agreed.orOf(earlier.rows.get(row)));
        return new AgreedValues(both);
    }

    AgreedValues without(Iterable<Row> some) {
        Map<String, Agreed> rest = new HashMap<>(rows);
        some.forEach(row -> rest.remove(row.name()));
        return new AgreedValues(rest);
    }

    /**
     * Absent never counts as a change, and where nothing was agreed an empty value does not either, nor what stands in
     * for one: neither may clear the other side.
     */
    boolean referralMoved(Row row, Value value, Object now) {
        Object content = StandIns.NOT_PROVIDED.equals(now) ? null : now;
        return moved(value, content, of(row), of(row) != null && of(row).referralMoved(now));
    }

    /** The same of the CRM. */
    boolean crmMoved(Row row, Value value, Object now) {
        return moved(value, now, of(row), of(row) != null && of(row).crmMoved(now));
    }

    private static boolean moved(Value value, Object now, Agreed before, boolean fromIt) {
        return !value.isAbsent() && (before == null ? now != null : fromIt);
    }

    boolean isOurReferral(Row row, Object now) {
        return of(row) != null && of(row).isOurReferral(now);
    }

    boolean isOurCrm(Row row, Object now) {
        return of(row) != null && of(row).isOurCrm(now);
    }

    /** What two records show in the rows that travel. */
    public static AgreedValues shown(Iterable<Row> rows, Predicate<Row> travels, Map<String, Object> referral,
            Map<String, Object> crm) {
        Map<String, Agreed> shown = new HashMap<>();
        for (Row row : rows) {
            if (travels.test(row)) {
                shown.put(row.name(), Agreed.shown(row, referral, crm));
            }
        }
        return new AgreedValues(shown);
    }
}
