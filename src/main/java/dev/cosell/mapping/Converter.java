package dev.cosell.mapping;

import java.time.LocalDate;
import java.util.Objects;

/**
 * Translates one value in both directions; the two directions undo each other.
 *
 * <p>The methods never receive null unless {@link #takesEmpty()} says so: an empty field stays empty. A row that names
 * several fields on one side hands over and takes back a {@code List} with one entry per field. A result of null means
 * "empty". Converters are shared by all routes and must not keep state.
 */
public interface Converter {
    /** @throws ConversionFault when the value has no counterpart in the CRM */
    Object toCrm(Object referralValue);

    /** @throws ConversionFault when the value has no counterpart in Partner Center */
    Object toReferral(Object crmValue);

    /**
     * The form of a Partner Center value in which two values are equal exactly when they mean the same. It consists of
     * texts, lists and maps of texts, so that it comes back equal from JSON. Never throws.
     */
    default Object normalReferral(Object referralValue) {
        return Canonical.of(referralValue);
    }

    /** The same for a value of the CRM. Values that this converter cannot tell apart have the same form. */
    default Object normalCrm(Object crmValue) {
        return Canonical.of(crmValue);
    }

    /** Whether both sides show the same: true when translating in at least one direction makes the values equal. */
    default boolean same(Object referralValue, Object crmValue) {
        try {
            if (Objects.equals(Canonical.of(toCrm(referralValue)), normalCrm(crmValue))) {
                return true;
            }
        } catch (ConversionFault untranslatable) {
            // the other direction may still work
        }
        try {
            return Objects.equals(normalReferral(referralValue), Canonical.of(toReferral(crmValue)));
        } catch (ConversionFault untranslatable) {
            return false;
        }
    }

    /** Whether an empty field has a meaning of its own here: the methods above are then called with null, too. */
    default boolean takesEmpty() {
        return false;
    }

    /** Whether a Partner Center value is to be overlooked, as if the referral did not speak of the field. */
    default boolean ignores(Object referralValue) {
        return false;
    }

    /**
     * The Partner Center value that a new CRM record is filled with in place of one that is overlooked; null when none
     * is near enough.
     */
    default Object nearest(Object referralValue) {
        return null;
    }

    /**
     * The Partner Center value that a new CRM record is filled with when the referral has none; null when the field
     * stays empty.
     *
     * @param today the UTC date
     */
    default String standIn(LocalDate today) {
        return null;
    }

    /** What the CRM field must be able to hold, for whoever compares the mapping with the CRM. */
    default Demand demand() {
        return Demand.NOTHING;
    }

    /**
     * The converter to use in a row with so many fields on each side.
     *
     * @throws MappingFault when this converter does not fit such a row, or is badly configured
     */
    default Converter forRow(int crmFields, int referralFields) {
        if (crmFields != 1 || referralFields != 1) {
            throw new MappingFault("this converter takes one field on each side, without +");
        }
        return this;
    }
}
