package dev.cosell.mapping;

import java.time.LocalDate;

/**
 * A date in the CRM, midnight UTC of that date in Partner Center. Only the UTC date counts when comparing. With a
 * number of days, a new CRM record gets the date that is so many days ahead when the referral has none.
 */
final class Day extends SameForm {
    static final int NO_STAND_IN = -1;
    private static final String MIDNIGHT = "T00:00:00Z";

    /** How .NET services write that there is none. */
    private static final String NONE = "0001-01-01";

    private final int daysAhead;
    private final Years years;

    Day(int daysAhead, Years years) {
        this.daysAhead = daysAhead;
        this.years = years;
    }

    @Override
    public boolean ignores(Object referralValue) {
        String text = Canonical.text(referralValue);
        return text != null && text.startsWith(NONE) && UtcDate.of(text) != null;
    }

    @Override
    public String standIn(LocalDate today) {
        return daysAhead == NO_STAND_IN ? null : today.plusDays(daysAhead).toString();
    }

    @Override
    public Object toCrm(Object referralValue) {
        String date = date(referralValue);
        if (date != null && !years.hold(date)) {
            throw ConversionFault.leftOut(referralValue,
                    "lies outside the years " + years.first() + " to " + years.last()
                            + " that the CRM holds, and is left out");
        }
        return date;
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
