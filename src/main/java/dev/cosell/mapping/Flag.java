package dev.cosell.mapping;

import java.util.Locale;

/** Yes or no on both sides. */
final class Flag extends SameForm {
    @Override
    public Object toCrm(Object referralValue) {
        return flag(referralValue);
    }

    @Override
    public Object toReferral(Object crmValue) {
        return flag(crmValue);
    }

    @Override
    public Demand demand() {
        return Demand.of(Demand.Kind.FLAG);
    }

    @Override
    Object normal(Object value) {
        Boolean flag = parse(Canonical.text(value));
        return flag == null ? Canonical.of(value) : flag.toString();
    }

    private static Boolean flag(Object value) {
        String text = Canonical.scalarText(value);
        Boolean flag = parse(text);
        if (text != null && flag == null) {
            throw new ConversionFault(value,
                    "is neither true nor false. Correct it where it was entered, or give the row a value map that "
                            + "names it.");
        }
        return flag;
    }

    /** Null when the text is neither. */
    static Boolean parse(String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }
}
