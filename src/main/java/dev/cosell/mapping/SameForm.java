package dev.cosell.mapping;

import java.util.Objects;

/** A converter whose values have one normal form for both sides. */
abstract class SameForm implements Converter {
    /** Never throws; null when the value counts as empty. */
    abstract Object normal(Object value);

    @Override
    public final Object normalReferral(Object referralValue) {
        return normal(referralValue);
    }

    @Override
    public final Object normalCrm(Object crmValue) {
        return normal(crmValue);
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        return Objects.equals(normal(referralValue), normal(crmValue));
    }
}
