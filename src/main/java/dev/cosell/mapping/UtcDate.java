package dev.cosell.mapping;

import java.time.LocalDateTime;
import java.time.YearMonth;

/** The UTC date of an ISO 8601 date or date-time, read without exceptions. */
final class UtcDate {
    private static final int DATE_LENGTH = "2026-09-30".length();
    private static final int TIME_END = "2026-09-30T00:00".length();

    private UtcDate() {}

    /**
     * @param text a date, or a date-time with up to nine decimals of a second and Z, an offset ({@code +02:00} or
     *     {@code +0200}) or no zone, which counts as UTC
     * @return {@code yyyy-MM-dd}, or null when the text is none of these
     */
    static String of(String text) {
        if (!isDate(text)) {
            return null;
        }
        if (text.length() == DATE_LENGTH) {
            return text;
        }
        int zone = endOfTime(text);
        if (zone < 0) {
            return null;
        }
        if (zone == text.length() || zone == text.length() - 1 && (text.charAt(zone) | 0x20) == 'z') {
            return text.substring(0, DATE_LENGTH);
        }
        return shifted(text, zone);
    }

    private static boolean isDate(String text) {
        if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return year > 0 && month >= 1 && month <= 12 && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    }

    /** Where the time of day ends; -1 when there is no proper one. */
    private static int endOfTime(String text) {
        char separator = text.charAt(DATE_LENGTH);
        if (text.length() < TIME_END || (separator | 0x20) != 't' && separator != ' ' || text.charAt(13) != ':'
                || !within(number(text, 11, 13), 23) || !within(number(text, 14, 16), 59)) {
            return -1;
        }
        int end = TIME_END;
        if (end < text.length() && text.charAt(end) == ':') {
            if (text.length() < end + 3 || !within(number(text, end + 1, end + 3), 60)) {
                return -1;
            }
            end += 3;
            if (end < text.length() && text.charAt(end) == '.') {
                int decimals = end + 1;
                do {
                    end++;
                } while (end < text.length() && isDigit(text.charAt(end)));
                if (end == decimals || end - decimals > 9) {
                    return -1;
                }
            }
        }
        return end;
    }

    /** @param zone where the offset begins */
    private static String shifted(String text, int zone) {
        char sign = text.charAt(zone);
        int length = text.length() - zone;
        boolean colon = length == "+00:00".length() && text.charAt(zone + 3) == ':';
        if (sign != '+' && sign != '-' || !colon && length != "+0000".length()) {
            return null;
        }
        int hours = number(text, zone + 1, zone + 3);
        int minutes = number(text, text.length() - 2, text.length());
        if (!within(hours, 18) || !within(minutes, 59)) {
            return null;
        }
        LocalDateTime local = LocalDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10),
                number(text, 11, 13), number(text, 14, 16));
        int offset = hours * 60 + minutes;
        return local.plusMinutes(sign == '+' ? -offset : offset).toLocalDate().toString();
    }

    private static boolean within(int number, int most) {
        return number >= 0 && number <= most;
    }

    /** The number between two positions; -1 when something else than digits stands there. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
