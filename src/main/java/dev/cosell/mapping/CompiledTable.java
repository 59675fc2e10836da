package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A field table that was found good: immutable, and shared by all routes. */
public final class CompiledTable {
    private final String name;
    private final List<Row> rows;
    private final Set<String> crmFields;

    CompiledTable(String name, List<Row> rows, Set<String> crmFields) {
        this.name = name;
        this.rows = List.copyOf(rows);
        this.crmFields = Collections.unmodifiableSet(new LinkedHashSet<>(crmFields));
    }

    public String name() {
        return name;
    }

    public List<Row> rows() {
        return rows;
    }

    /**
     * The row that carries the deal's status: the one that goes to Partner Center; of a table without one the first
     * that shows a status. Further rows show the status in fields of the customer's own, which say nothing of the deal.
     *
     * @param isStatus whether Partner Center fields are those of the status
     */
    public Optional<Row> statusRow(Predicate<List<String>> isStatus) {
        List<Row> showing = rows.stream().filter(row -> isStatus.test(row.referralPaths())).toList();
        return showing.stream().filter(Row::toReferralOnUpdate).findFirst().or(() -> showing.stream().findFirst());
    }

    /** The top-level CRM fields that must be read for this table, in the order of its rows. */
    public Set<String> crmFields() {
        return crmFields;
    }

    /**
     * The CRM fields of a new record. Fields that are empty on the referral are left out, unless their converter gives
     * emptiness a value.
     *
     * @param referral what the table is about: the referral, or the group of it the table lies within
     * @throws ConversionFaults naming all untranslatable values
     */
    public Map<String, Object> newCrmRecord(Map<String, Object> referral) {
        return newCrmRecord(row -> row.referralValue(referral));
    }

    /**
     * The same of a referral that was completed for this table.
     *
     * @throws ConversionFaults naming all untranslatable values, a status that nothing can stand in for among them
     */
    public Map<String, Object> newCrmRecord(StandIns completed) {
        return newCrmRecord(completed::value);
    }

    private Map<String, Object> newCrmRecord(Function<Row, Value> values) {
        Map<String, Object> record = new LinkedHashMap<>();
        List<ConversionFault> faults = new ArrayList<>();
        forRows(Row::toCrmOnCreate, row -> row.putNewCrm(record, values.apply(row)), faults::add);
        refuse(faults);
        return record;
    }

    /**
     * The mapped part of a new referral, as a nested document. Empty fields are left out, as in {@link #newCrmRecord}.
     *
     * @throws ConversionFaults naming all untranslatable values
     */
    public Map<String, Object> newReferral(Map<String, Object> crmRecord) {
        List<ConversionFault> faults = new ArrayList<>();
        Map<String, Object> document = newReferral(crmRecord, faults::add);
        refuse(faults);
        return document;
    }

    /** The CRM fields that fill a new referral, by the path that they fill. */
    public Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        rows.stream().filter(Row::toReferralOnCreate)
                .forEach(row -> row.referralPaths().forEach(path -> sources.put(path, row.name())));
        return sources;
    }

    /**
     * A sentence for each value of a CRM record that {@link #newReferral} leaves out though the record travels, by the
     * path that it is missing at.
     */
    public Map<String, String> leftOutByPath(Map<String, Object> crmRecord) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (Row row : rows) {
            String sentence = row.toReferralOnCreate() ? row.leftOutOfReferral(row.crmValue(crmRecord)) : null;
            if (sentence != null) {
                row.referralPaths().forEach(path -> leftOut.put(path, sentence));
            }
        }
        return leftOut;
    }

    /**
     * The same as {@link #newReferral}, but untranslatable values are left out and given to {@code faults}, so that
     * other checks can go on with the rest.
     */
    public Map<String, Object> newReferral(Map<String, Object> crmRecord, Consumer<ConversionFault> faults) {
        Map<String, Object> document = new LinkedHashMap<>();
        forRows(Row::toReferralOnCreate, row -> row.putNewReferral(document, row.crmValue(crmRecord)), faults);
        return document;
    }

    private void forRows(Predicate<Row> wanted, Consumer<Row> step, Consumer<ConversionFault> faults) {
        for (Row row : rows) {
            if (wanted.test(row)) {
                try {
                    step.accept(row);
                } catch (ConversionFault fault) {
                    if (!fault.isLeftOut()) {
                        faults.accept(fault);
                    }
                }
            }
        }
    }

    private static void refuse(List<ConversionFault> faults) {
        if (!faults.isEmpty()) {
            throw new ConversionFaults(faults);
        }
    }
}
