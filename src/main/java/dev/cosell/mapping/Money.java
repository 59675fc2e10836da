package dev.cosell.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Amounts with up to three decimals, as the dinars have; compared as numbers, so 10, "10.00" and 10.000 are the same.
 */
final class Money extends SameForm {
    /** Values that were agreed earlier are stored with two decimals. */
    private static final int USUAL_DECIMALS = 2;
    private static final int MOST_DECIMALS = 3;
    /** What the amount fields of both CRMs take before the point. */
    private static final int MOST_DIGITS = 16;

    @Override
    public Object toCrm(Object referralValue) {
        return amount(referralValue);
    }

    @Override
    public Object toReferral(Object crmValue) {
        return amount(crmValue);
    }

    @Override
    public Demand demand() {
        return Demand.of(Demand.Kind.NUMBER);
    }

    @Override
    Object normal(Object value) {
        BigDecimal number = Decimal.parse(value);
        return number == null || tooLarge(number) ? Canonical.of(value) : scaled(number).toPlainString();
    }

    private static BigDecimal amount(Object value) {
        if (Canonical.scalarText(value) == null) {
            return null;
        }
        BigDecimal number = Decimal.parse(value);
        if (number == null) {
            throw new ConversionFault(value,
                    "is no amount. Write digits with a point before the decimals, such as 72000.00.");
        }
        if (tooLarge(number)) {
            throw new ConversionFault(value, "is too large an amount: at most " + MOST_DIGITS
                    + " digits before the point. Correct it where it was entered.");
        }
        return scaled(number);
    }

    private static boolean tooLarge(BigDecimal number) {
        return (long) number.precision() - number.scale() > MOST_DIGITS;
    }

    private static BigDecimal scaled(BigDecimal number) {
        BigDecimal shortest = number.setScale(MOST_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return shortest.scale() < USUAL_DECIMALS ? shortest.setScale(USUAL_DECIMALS) : shortest;
    }
}
