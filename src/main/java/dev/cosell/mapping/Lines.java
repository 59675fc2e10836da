package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One CRM text of several lines, and one Partner Center field per line. Lines too many are joined in the last field by
 * a comma.
 */
final class Lines implements Converter {
    private final int limit;
    private final int fields;

    /** @param limit the most characters the CRM field holds */
    Lines(int limit) {
        this(limit, 2);
    }

    private Lines(int limit, int fields) {
        this.limit = limit;
        this.fields = fields;
    }

    @Override
    public Object toCrm(Object referralValue) {
        return Text.cut(joined(lines(referralValue)), limit);
    }

    @Override
    public Object toReferral(Object crmValue) {
        List<String> lines = lines(crmValue);
        if (lines.isEmpty()) {
            return null;
        }
        List<String> parts = new ArrayList<>(lines.subList(0, Math.min(lines.size(), fields)));
        if (lines.size() > fields) {
            parts.set(fields - 1, String.join(", ", lines.subList(fields - 1, lines.size())));
        }
        while (parts.size() < fields) {
            parts.add(null);
        }
        return parts;
    }

    @Override
    public Demand demand() {
        return Demand.text(limit);
    }

    @Override
    public Object normalReferral(Object referralValue) {
        return joined(lines(referralValue));
    }

    @Override
    public Object normalCrm(Object crmValue) {
        return joined(lines(crmValue));
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        String referral = joined(lines(referralValue));
        List<String> crm = lines(crmValue);
        return Objects.equals(Text.cut(referral, limit), joined(crm))
                || crm.size() > fields && Objects.equals(referral, joined(lines(toReferral(crmValue))));
    }

    @Override
    public Converter forRow(int crmFields, int referralFields) {
        if (crmFields != 1 || referralFields < 2) {
            throw new MappingFault("lines takes one CRM field and several Partner Center fields joined by +");
        }
        return new Lines(limit, referralFields);
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    /** The lines that are not blank, trimmed. */
    private static List<String> lines(Object value) {
        List<String> lines = new ArrayList<>();
        for (Object part : value instanceof List<?> list ? list : Arrays.asList(value)) {
            String text = Text.lineFeeds(Canonical.text(part));
            if (text != null) {
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
            }
        }
        return lines;
    }
}
