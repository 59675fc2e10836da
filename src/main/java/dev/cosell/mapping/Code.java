package dev.cosell.mapping;

import java.util.Locale;

/** Codes such as currencies: trimmed and in upper case. */
final class Code extends SameForm {
    @Override
    public Object toCrm(Object referralValue) {
        return upper(Canonical.scalarText(referralValue));
    }

    @Override
    public Object toReferral(Object crmValue) {
        return upper(Canonical.scalarText(crmValue));
    }

    @Override
    public Demand demand() {
        return Demand.of(Demand.Kind.CODE);
    }

    @Override
    Object normal(Object value) {
        return upper(Canonical.text(value));
    }

    private static String upper(String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }
}
