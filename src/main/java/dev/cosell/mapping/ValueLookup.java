package dev.cosell.mapping;

import dev.cosell.mapping.ValueLine.CrmPattern;
import dev.cosell.mapping.ValueLine.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A value map ready for use in one row: look-ups instead of lines. */
final class ValueLookup implements Converter {
    private record Wildcard(CrmPattern pattern, ValueLine line) {}

    /** What happens to a Partner Center value without a line. */
    enum Unknown { ERROR, IGNORE, COPY }

    private final Unknown unknownReferralValue;
    private final Map<List<String>, ValueLine> byReferral = new HashMap<>();
    private final Map<List<String>, List<ValueLine>> byCrm = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    /** First line that writes the same CRM value: the CRM cannot tell these Partner Center values apart. */
    private final Map<ValueLine, String> normal = new IdentityHashMap<>();
    private final List<ValueLine> lines;
    private final String knownReferralValues;
    private final String knownCrmValues;
    private final int crmFields;
    /** Whether a line names the word "empty" itself; else a CRM field that reads so counts as empty. */
    private final boolean knowsTheWord;

    ValueLookup(List<ValueLine> lines, Unknown unknownReferralValue, int crmFields) {
        this.unknownReferralValue = unknownReferralValue;
        this.lines = lines;
        this.crmFields = crmFields;
        knowsTheWord = lines.stream().flatMap(line -> line.crm().stream())
                .flatMap(pattern -> pattern.parts().stream()).anyMatch(Part::isTheWord);
        Map<List<String>, String> firstWriting = new HashMap<>();
        Set<String> crmTexts = new LinkedHashSet<>();
        for (ValueLine line : lines) {
            byReferral.put(line.referralKey(), line);
            normal.put(line, firstWriting.computeIfAbsent(line.crm().get(0).key(), first -> line.referral()));
            for (CrmPattern pattern : line.crm()) {
                crmTexts.add(pattern.text());
                if (pattern.isWildcard()) {
                    wildcards.add(new Wildcard(pattern, line));
                } else {
                    byCrm.computeIfAbsent(pattern.key(), first -> new ArrayList<>()).add(line);
                }
            }
        }
        knownReferralValues = String.join(", ", lines.stream().map(ValueLine::referral).toList());
        knownCrmValues = String.join(", ", crmTexts);
    }

    @Override
    public Object toCrm(Object referralValue) {
        List<String> key = referralKey(referralValue);
        ValueLine line = byReferral.get(key);
        if (line != null) {
            return line.crmValue();
        }
        if (key.isEmpty()) {
            return null;
        }
        if (unknownReferralValue == Unknown.COPY) {
            return copied(referralValue);
        }
        throw unknown(referralValue, knownReferralValues);
    }

    @Override
    public Object toReferral(Object crmValue) {
        List<String> key = crmKey(crmValue);
        List<ValueLine> lines = recognising(key);
        if (!lines.isEmpty()) {
            return lines.get(0).referralValue();
        }
        if (key.isEmpty()) {
            return null;
        }
        throw unknown(crmValue, knownCrmValues);
    }

    @Override
    public Object normalReferral(Object referralValue) {
        List<String> key = referralKey(referralValue);
        ValueLine line = byReferral.get(key);
        boolean copied = line == null && unknownReferralValue == Unknown.COPY && !key.isEmpty();
        return copied ? normalCrm(copied(referralValue)) : form(line, key);
    }

    /** Parts that are empty are left out. */
    private static String copied(Object referralValue) {
        List<?> parts = referralValue instanceof List<?> several ? several : List.of(referralValue);
        return String.join("/", parts.stream().map(Canonical::text).filter(Objects::nonNull).toList());
    }

    @Override
    public Object normalCrm(Object crmValue) {
        List<String> key = crmKey(crmValue);
        List<ValueLine> lines = recognising(key);
        return form(lines.isEmpty() ? null : lines.get(0), key);
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        ValueLine line = byReferral.get(referralKey(referralValue));
        return line != null && recognising(crmKey(crmValue)).contains(line)
                || Objects.equals(normalReferral(referralValue), normalCrm(crmValue));
    }

    @Override
    public Demand demand() {
        List<Demand.Line> written = lines.stream().filter(line -> !line.crm().get(0).key().isEmpty())
                .map(line -> new Demand.Line(line.referral(), line.crm().get(0).text())).toList();
        Object sample = lines.stream().map(ValueLine::crmValue).filter(Objects::nonNull).findFirst().orElse("");
        Demand.Kind kind = sample instanceof Boolean ? Demand.Kind.FLAG : sample instanceof String ? Demand.Kind.TEXT
                : sample instanceof Integer ? Demand.Kind.NUMBER : Demand.Kind.ANY;
        return new Demand(kind, 0, new Demand.Values(written, this::knows,
                unknownReferralValue == Unknown.COPY));
    }

    @Override
    public boolean takesEmpty() {
        return true;
    }

    @Override
    public boolean ignores(Object referralValue) {
        if (unknownReferralValue != Unknown.IGNORE) {
            return false;
        }
        List<String> key = referralKey(referralValue);
        return !byReferral.containsKey(key) && !key.isEmpty();
    }

    /** That of the first line with the same first part, as of another substatus of the same status. */
    @Override
    public Object nearest(Object referralValue) {
        String wanted = firstPart(referralKey(referralValue));
        return lines.stream().filter(line -> Objects.equals(firstPart(line.referralKey()), wanted)).findFirst()
                .map(ValueLine::referralValue).orElse(null);
    }

    private static String firstPart(List<String> key) {
        return key.isEmpty() ? null : key.get(0);
    }

    private String form(ValueLine line, List<String> key) {
        String form = line == null ? ValueShape.text(key) : normal.get(line);
        return form.equals(ValueShape.EMPTY) ? null : form;
    }

    /** @param crmValue as a line would write it */
    private boolean knows(String crmValue) {
        return !recognising(crmKey(crmFields == 1 ? crmValue : Arrays.asList(crmValue.split("/", -1)))).isEmpty();
    }

    private List<ValueLine> recognising(List<String> key) {
        List<ValueLine> exact = byCrm.get(key);
        if (exact != null) {
            return exact;
        }
        if (wildcards.isEmpty() || key.isEmpty()) {
            return List.of();
        }
        return wildcards.stream().filter(wildcard -> wildcard.pattern().matches(key)).map(Wildcard::line).toList();
    }

    private static List<String> referralKey(Object value) {
        return ValueShape.key(value, false);
    }

    private List<String> crmKey(Object value) {
        return ValueShape.key(value, knowsTheWord);
    }

    private static ConversionFault unknown(Object value, String known) {
        return ConversionFault.noLine(value instanceof List<?> parts ? ValueShape.spelled(parts) : value,
                "has no line in the value map. Known: " + known + ". Correct the record, or add a line.");
    }
}
