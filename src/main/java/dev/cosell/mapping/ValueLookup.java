package dev.cosell.mapping;

import dev.cosell.mapping.ValueLine.CrmPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A value map ready for use in one row: look-ups instead of lines. */
final class ValueLookup implements Converter {
    private record Wildcard(CrmPattern pattern, ValueLine line) {}

    /** What happens to a Partner Center value without a line. */
    enum Unknown { ERROR, IGNORE, COPY }

    private final Unknown unknownReferralValue;
    private final Map<String, ValueLine> byReferral = new HashMap<>();
    private final Map<String, List<ValueLine>> byCrm = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    /** First line that writes the same CRM value: the CRM cannot tell these Partner Center values apart. */
    private final Map<ValueLine, String> normal = new IdentityHashMap<>();
    private final List<ValueLine> lines;
    private final String knownReferralValues;
    private final String knownCrmValues;

    ValueLookup(List<ValueLine> lines, Unknown unknownReferralValue) {
        this.unknownReferralValue = unknownReferralValue;
        this.lines = lines;
        Map<String, String> firstWriting = new HashMap<>();
        Set<String> crmTexts = new LinkedHashSet<>();
        for (ValueLine line : lines) {
            byReferral.put(key(line.referral()), line);
            normal.put(line, firstWriting.computeIfAbsent(key(line.crm().get(0).text()), first -> line.referral()));
            for (CrmPattern pattern : line.crm()) {
                crmTexts.add(pattern.text());
                if (pattern.wildcard() == null) {
                    byCrm.computeIfAbsent(key(pattern.text()), first -> new ArrayList<>()).add(line);
                } else {
                    wildcards.add(new Wildcard(pattern, line));
                }
            }
        }
        knownReferralValues = String.join(", ", lines.stream().map(ValueLine::referral).toList());
        knownCrmValues = String.join(", ", crmTexts);
    }

    @Override
    public Object toCrm(Object referralValue) {
        String key = ValueShape.key(referralValue);
        ValueLine line = byReferral.get(key);
        if (line != null) {
            return line.crmValue();
        }
        if (key.equals(ValueShape.EMPTY)) {
            return null;
        }
        if (unknownReferralValue == Unknown.COPY) {
            return copied(referralValue);
        }
        throw unknown(referralValue, knownReferralValues);
    }

    @Override
    public Object toReferral(Object crmValue) {
        String key = ValueShape.key(crmValue);
        List<ValueLine> lines = recognising(key);
        if (!lines.isEmpty()) {
            return lines.get(0).referralValue();
        }
        if (key.equals(ValueShape.EMPTY)) {
            return null;
        }
        throw unknown(crmValue, knownCrmValues);
    }

    @Override
    public Object normalReferral(Object referralValue) {
        String key = ValueShape.key(referralValue);
        ValueLine line = byReferral.get(key);
        boolean copied = line == null && unknownReferralValue == Unknown.COPY && !key.equals(ValueShape.EMPTY);
        return copied ? normalCrm(copied(referralValue)) : form(line, key);
    }

    /** Parts that are empty are left out. */
    private static String copied(Object referralValue) {
        List<?> parts = referralValue instanceof List<?> several ? several : List.of(referralValue);
        return String.join("/", parts.stream().map(Canonical::text).filter(Objects::nonNull).toList());
    }

    @Override
    public Object normalCrm(Object crmValue) {
        String key = ValueShape.key(crmValue);
        List<ValueLine> lines = recognising(key);
        return form(lines.isEmpty() ? null : lines.get(0), key);
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        ValueLine line = byReferral.get(ValueShape.key(referralValue));
        return line != null && recognising(ValueShape.key(crmValue)).contains(line)
                || Objects.equals(normalReferral(referralValue), normalCrm(crmValue));
    }

    @Override
    public Demand demand() {
        List<Demand.Line> written = lines.stream().filter(line -> !line.crm().get(0).text().equals(ValueShape.EMPTY))
                .map(line -> new Demand.Line(line.referral(), line.crm().get(0).text())).toList();
        Object sample = lines.stream().map(ValueLine::crmValue).filter(Objects::nonNull).findFirst().orElse("");
        Demand.Kind kind = sample instanceof Boolean ? Demand.Kind.FLAG : sample instanceof String ? Demand.Kind.TEXT
                : sample instanceof Integer ? Demand.Kind.NUMBER : Demand.Kind.ANY;
        return new Demand(kind, 0, new Demand.Values(written, crm -> !recognising(key(crm)).isEmpty(),
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
        String key = ValueShape.key(referralValue);
        return !byReferral.containsKey(key) && !key.equals(ValueShape.EMPTY);
    }

    /** That of the first line with the same first part, as of another substatus of the same status. */
    @Override
    public Object nearest(Object referralValue) {
        String wanted = firstPart(ValueShape.key(referralValue));
        return lines.stream().filter(line -> firstPart(key(line.referral())).equals(wanted)).findFirst()
                .map(ValueLine::referralValue).orElse(null);
    }

    private static String firstPart(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private String form(ValueLine line, String key) {
        String form = line == null ? key : normal.get(line);
        return form.equals(ValueShape.EMPTY) ? null : form;
    }

    private List<ValueLine> recognising(String key) {
        List<ValueLine> exact = byCrm.get(key);
        if (exact != null) {
            return exact;
        }
        if (wildcards.isEmpty() || key.equals(ValueShape.EMPTY)) {
            return List.of();
        }
        List<ValueLine> lines = new ArrayList<>();
        for (Wildcard wildcard : wildcards) {
            if (wildcard.pattern().matches(parts(key, wildcard.pattern().wildcard().size()))) {
                lines.add(wildcard.line());
            }
        }
        return lines;
    }

    private static List<String> parts(String key, int fields) {
        return fields == 1 ? List.of(key) : Arrays.asList(key.split("/", -1));
    }

    private static String key(String written) {
        return written.toLowerCase(Locale.ROOT);
    }

    private static ConversionFault unknown(Object value, String known) {
        return ConversionFault.noLine(value instanceof List<?> parts ? ValueShape.spelled(parts) : value,
                "has no line in the value map. Known: " + known + ". Correct the record, or add a line.");
    }
}
