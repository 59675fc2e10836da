package dev.cosell.mapping;

/** A date in the CRM, midnight UTC of that date in Partner Center. Only the UTC date counts when comparing. */
final class Day extends SameForm {
    private static final String MIDNIGHT = "T00:00:00Z";

    @Override
    public Object toCrm(Object referralValue) {
        return date(referralValue);
    }

    @Override
    public Object toReferral(Object crmValue) {
        String date = date(crmValue);
        return date == null ? null : date + MIDNIGHT;
    }

    @Override
    public Demand demand() {
        return Demand.of(Demand.Kind.DATE);
    }

    @Override
    Object normal(Object value) {
        String text = Canonical.text(value);
        String date = text == null ? null : UtcDate.of(text);
        return date == null ? Canonical.of(value) : date;
    }

    private static String date(Object value) {
        String text = Canonical.scalarText(value);
        if (text == null) {
            return null;
        }
        String date = UtcDate.of(text);
        if (date == null) {
            throw new ConversionFault(value, "is no date. Write it as 2026-09-30 or 2026-09-30T00:00:00Z.");
        }
        return date;
    }
}
