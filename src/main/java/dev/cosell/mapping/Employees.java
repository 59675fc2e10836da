package dev.cosell.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A head count in the CRM, a class of customer sizes in Partner Center. Towards the CRM a class is its smallest head
 * count.
 */
final class Employees implements Converter {
    private record Size(String name, long from, long to) {}

    private static final List<Size> FINE = List.of(
            new Size("1to9employees", 1, 9), new Size("10to50employees", 10, 50), new Size("51to250employees", 51, 250),
            new Size("251to1000employees", 251, 1000), new Size("1001to5000employees", 1001, 5000),
            new Size("5001to10000employees", 5001, 10_000), new Size("10001to20000employees", 10_001, 20_000),
            new Size("Morethan20000employees", 20_001, Long.MAX_VALUE));
    /** Classes that Partner Center also shows; never written. */
    private static final List<Size> COARSE = List.of(
            new Size("1to50employees", 1, 50), new Size("51to500employees", 51, 500),
            new Size("Morethan500employees", 501, Long.MAX_VALUE));

    @Override
    public Object toCrm(Object referralValue) {
        String text = Canonical.scalarText(referralValue);
        if (text == null) {
            return null;
        }
        Size size = size(text);
        if (size == null) {
            throw new ConversionFault(referralValue, "is no customer size of Partner Center. Known: "
                    + String.join(", ", FINE.stream().map(Size::name).toList())
                    + ". Write - in the column to the CRM, or choose another size in Partner Center.");
        }
        return (int) size.from();
    }

    @Override
    public Object toReferral(Object crmValue) {
        if (Canonical.scalarText(crmValue) == null) {
            return null;
        }
        BigDecimal number = Decimal.parse(crmValue);
        if (number == null) {
            throw new ConversionFault(crmValue, "is no number of employees. Write a whole number.");
        }
        Size size = holding(number);
        return size == null ? null : size.name();
    }

    @Override
    public Demand demand() {
        return Demand.of(Demand.Kind.NUMBER);
    }

    @Override
    public Object normalReferral(Object referralValue) {
        String text = Canonical.text(referralValue);
        Size size = text == null ? null : size(text);
        return size == null ? text : size.name();
    }

    @Override
    public Object normalCrm(Object crmValue) {
        BigDecimal number = Decimal.parse(crmValue);
        if (number == null) {
            return Canonical.of(crmValue);
        }
        Size size = holding(number);
        return size == null ? null : size.name();
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        String text = Canonical.text(referralValue);
        Size size = text == null ? null : size(text);
        BigDecimal number = Decimal.parse(crmValue);
        if (size != null && number != null) {
            return holds(size, number);
        }
        return Objects.equals(normalReferral(referralValue), normalCrm(crmValue));
    }

    private static Size size(String name) {
        for (List<Size> sizes : List.of(FINE, COARSE)) {
            for (Size size : sizes) {
                if (size.name().equalsIgnoreCase(name)) {
                    return size;
                }
            }
        }
        return null;
    }

    /** Null for zero and below: nobody knows the head count. */
    private static Size holding(BigDecimal number) {
        for (Size size : FINE) {
            if (holds(size, number)) {
                return size;
            }
        }
        return null;
    }

    private static boolean holds(Size size, BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(size.from())) >= 0
                && number.compareTo(BigDecimal.valueOf(size.to())) <= 0;
    }
}
