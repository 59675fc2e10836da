package dev.cosell.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as JSON and people write them. */
final class Decimal {
    private static final int LONGEST = 40;
    /** Arithmetic on 1E-999999999 would fill the memory. */
    private static final int LARGEST_SCALE = 100;

    private Decimal() {}

    /**
     * The number, or null when the value is none. A number text has a point for decimals and nothing between the
     * thousands.
     */
    static BigDecimal parse(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) <= LARGEST_SCALE ? decimal : null;
        }
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? parse(BigDecimal.valueOf(number)) : null;
        }
        return value instanceof String text ? parseText(text.strip()) : null;
    }

    /** Whether {@code stored} is {@code exact} with so many decimals, whichever way halves were rounded. */
    static boolean rounded(Object exact, Object stored, int decimals) {
        BigDecimal whole = parse(exact);
        BigDecimal near = parse(stored);
        if (whole == null || near == null || near.stripTrailingZeros().scale() > decimals) {
            return false;
        }
        BigDecimal half = BigDecimal.ONE.movePointLeft(decimals).divide(BigDecimal.valueOf(2));
        return whole.subtract(near).abs().compareTo(half) <= 0;
    }

    private static BigDecimal parseText(String text) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-' && c != '+') {
                return null;
            }
        }
        return digits > 0 && points <= 1 && text.length() <= LONGEST ? new BigDecimal(text) : null;
    }
}
