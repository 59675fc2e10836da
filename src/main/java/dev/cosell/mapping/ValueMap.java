package dev.cosell.mapping;

import java.util.List;

/**
 * A converter made of a list of values, declared as a bean beside the field tables. One line per Partner Center value:
 * <pre>{@code referral value = CRM value, other CRM value, …}</pre> The first CRM value is written, all are recognised.
 * Several lines may share a CRM value: on its way to Partner Center the first line that recognises it counts.
 * {@code empty} stands for an empty field, {@code *} on the right for any value (or part of one) that no line names.
 * Values of several fields are joined by a slash. What holds a comma, or a slash of its own, stands in double quotes.
 */
public final class ValueMap implements Converter {
    private String values = "";
    private ScalarType crmType = ScalarType.TEXT;
    private ScalarType referralType = ScalarType.TEXT;
    private ValueLookup.Unknown unknownReferralValue = ValueLookup.Unknown.ERROR;
    private Converter single;

    public void setValues(String values) {
        this.values = values;
        single = null;
    }

    /** What the CRM fields hold: {@code text} (default), {@code integer} or {@code flag}. */
    public void setCrmType(String crmType) {
        this.crmType = ScalarType.named(crmType);
        single = null;
    }

    /** What the Partner Center fields hold: {@code text} (default), {@code integer} or {@code flag}. */
    public void setReferralType(String referralType) {
        this.referralType = ScalarType.named(referralType);
        single = null;
    }

    /**
     * {@code error} (default): a Partner Center value without a line is a fault; {@code ignore}: it changes nothing in
     * the CRM; {@code copy}: it is written as Partner Center spells it, several fields joined by a slash.
     */
    public void setUnknownReferralValue(String treatment) {
        unknownReferralValue = switch (treatment.strip()) {
            case "ignore" -> ValueLookup.Unknown.IGNORE;
            case "error" -> ValueLookup.Unknown.ERROR;
            case "copy" -> ValueLookup.Unknown.COPY;
            default -> throw new MappingFault(
                    "unknownReferralValue is \"" + treatment + "\": write copy, ignore or error");
        };
        single = null;
    }

    @Override
    public Converter forRow(int crmFields, int referralFields) {
        if (unknownReferralValue == ValueLookup.Unknown.COPY && (crmType != ScalarType.TEXT || crmFields != 1)) {
            throw new MappingFault(
                    "unknownReferralValue is \"copy\", which needs one CRM field that holds text: write ignore or error");
        }
        List<ValueLine> lines = new ValueLines(new ValueShape(crmType, crmFields),
                new ValueShape(referralType, referralFields))
                .parse(values);
        return new ValueLookup(lines, unknownReferralValue, crmFields);
    }

    @Override
    public Object toCrm(Object referralValue) {
        return single().toCrm(referralValue);
    }

    @Override
    public Object toReferral(Object crmValue) {
        return single().toReferral(crmValue);
    }

    @Override
    public Object normalReferral(Object referralValue) {
        return single().normalReferral(referralValue);
    }

    @Override
    public Object normalCrm(Object crmValue) {
        return single().normalCrm(crmValue);
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        return single().same(referralValue, crmValue);
    }

    @Override
    public boolean takesEmpty() {
        return true;
    }

    @Override
    public boolean ignores(Object referralValue) {
        return single().ignores(referralValue);
    }

    @Override
    public Object nearest(Object referralValue) {
        return single().nearest(referralValue);
    }

    /** The map for one field on each side: what it is outside of a row. */
    private synchronized Converter single() {
        if (single == null) {
            single = forRow(1, 1);
        }
        return single;
    }
}
