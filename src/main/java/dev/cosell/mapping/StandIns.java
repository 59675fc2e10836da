package dev.cosell.mapping;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A referral completed by what stands in for the values it does not have, so that no CRM puts a value of its own there,
 * and without the values that no CRM takes. What stands in is written to new CRM records only. It is one row's matter:
 * another row may have a field of the CRM for the same value that takes it, or that may stay empty.
 *
 * @param sentences one for each value that stands in or is left out
 * @param faults    one for each value that may neither be missing nor has anything standing in
 * @param inPlace   by name of the row, what goes to it in place of what the referral says
 */
public record StandIns(Map<String, Object> referral, Set<String> sentences, List<String> faults,
        Map<String, Value> inPlace) {
    /**
     * Stands in for a last name, and for a lead's company, without which no CRM takes a person. It never goes to
     * Partner Center.
     */
    public static final String NOT_PROVIDED = "[not provided]";
    private static final String LAST_NAME = "lastName";
    private static final String CURRENCY = "details.currency";

    /**
     * @param table    rows that write new CRM records may have something standing in
     * @param today    the UTC date
     * @param currency ISO code that stands in for a missing one; empty for none
     */
    public static StandIns of(CompiledTable table, Map<String, Object> referral, LocalDate today, String currency) {
        StandIns all = new StandIns(referral, new LinkedHashSet<>(), new ArrayList<>(), new HashMap<>());
        UnknownStatus.in(table, referral).ifPresent(all::fill);
        List<Row> rows = table.rows().stream().filter(Row::toCrmOnCreate).toList();
        rows.forEach(all::leaveOut);
        boolean known = rows.stream().anyMatch(all::isFilled);
        rows.stream().filter(row -> known || !isLastName(row)).filter(row -> !all.isFilled(row))
                .forEach(row -> all.fill(row, today, currency));
        return all;
    }

    private boolean isFilled(Row row) {
        Value value = inPlace.get(row.name());
        return value == null ? row.isFilled(referral) : value.hasContent();
    }

    private void fill(UnknownStatus status) {
        inPlace.put(status.row().name(), status.inPlace());
        if (status.sentence() != null) {
            sentences.add(status.sentence());
        }
    }

    /** What a row of the table writes into the new record. */
    Value value(Row row) {
        Value value = inPlace.get(row.name());
        return value == null ? row.referralValue(referral) : value;
    }

    /** Completes the mapped part of a new referral, whose opportunity has no currency. */
    @SuppressWarnings("unchecked")
    public static void inReferral(CompiledTable table, Map<String, Object> document, String currency) {
        boolean given = document.get("details") instanceof Map<?, ?> details && details.get("currency") != null;
        if (!given && !currency.isEmpty() && currencyRow(table) != null) {
            ((Map<String, Object>) document.computeIfAbsent("details", name -> new LinkedHashMap<String, Object>()))
                    .put("currency", currency);
        }
    }

    /** What the opportunity of such a referral is told; nothing when nothing stands in. */
    public static List<String> toldInCrm(CompiledTable table, Map<String, Object> opportunity, String currency) {
        Row row = currencyRow(table);
        return currency.isEmpty() || row == null || row.normalCrm(row.crmValue(opportunity)) != null ? List.of()
                : List.of("the opportunity has no currency, so " + currency + " is used in Partner Center");
    }

    private static Row currencyRow(CompiledTable table) {
        return table.rows().stream().filter(row -> row.toReferralOnCreate() && row.referralPaths().contains(CURRENCY))
                .findFirst().orElse(null);
    }

    private void leaveOut(Row row) {
        String sentence = row.leftOutOfCrm(row.referralValue(referral));
        if (sentence != null) {
            inPlace.put(row.name(), Value.NULL);
            sentences.add(sentence);
        }
    }

    private void fill(Row row, LocalDate today, String currency) {
        String path = row.referralPaths().get(0);
        if (isCurrency(row) && currency.isEmpty()) {
            faults.add("Partner Center " + CURRENCY
                    + ": the deal has no currency, and the CRM would take its own. Enter the currency in Partner "
                    + "Center, or name one with the setting missing-currency");
            return;
        }
        String standIn = isCurrency(row) ? currency : isLastName(row) ? NOT_PROVIDED : row.standIn(today);
        if (standIn != null) {
            inPlace.put(row.name(), Value.of(standIn));
            sentences.add("the deal has no " + word(path) + " in Partner Center, so " + standIn
                    + " is used; it is not sent there");
        }
    }

    private static boolean isCurrency(Row row) {
        return row.referralPaths().equals(List.of(CURRENCY));
    }

    private static boolean isLastName(Row row) {
        return row.referralPaths().equals(List.of(LAST_NAME));
    }

    private static String word(String path) {
        if (path.equals(LAST_NAME)) {
            return "last name of the contact";
        }
        return path.equals(CURRENCY) ? "currency" : path.equals("details.closingDateTime") ? "closing date" : path;
    }
}
