package dev.cosell.mapping;

/**
 * A text that is worth nothing when a part of it is missing, such as a phone number: a field that is too short for it
 * gets nothing.
 */
class Identifier extends SameForm {
    private final int limit;

    /** @param limit the most characters (UTF-16 units, as CRMs count them) the CRM field holds */
    Identifier(int limit) {
        this.limit = limit;
    }

    @Override
    public final Object toCrm(Object referralValue) {
        String text = read(referralValue);
        if (text != null && text.length() > limit) {
            throw ConversionFault.leftOut(referralValue,
                    "has " + text.length() + " characters and the CRM field holds " + limit
                            + "; a part of it would be wrong, so it is left out");
        }
        return text;
    }

    @Override
    public final Object toReferral(Object crmValue) {
        return read(crmValue);
    }

    @Override
    public final Demand demand() {
        return Demand.text(limit);
    }

    @Override
    Object normal(Object value) {
        return Canonical.text(value);
    }

    /** Null when the value counts as empty. */
    String read(Object value) {
        return Canonical.scalarText(value);
    }
}
