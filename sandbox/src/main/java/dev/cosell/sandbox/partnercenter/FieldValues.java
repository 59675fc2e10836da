package dev.cosell.sandbox.partnercenter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/** Which values the service takes in a field. */
final class FieldValues {
    private FieldValues() {}

    static void check(String path, Object value) {
        boolean valid = switch (path) {
            case "details/dealValue" -> amount(value);
            case "details/currency" -> value instanceof String text && text.matches("[A-Z]{3}");
            case "details/closingDateTime" -> dateTime(value);
        case "details/requirements/solutions" -> value instanceof List<?> list && !list.isEmpty() && list.size() <= 50
                && list.stream().noneMatch(item -> Trees.blank(item, "id"));
            case "team", "customerProfile/team" -> value instanceof List<?> list && list.size() <= 50;
            case "consent/consentToShareReferralWithMicrosoftSellers" -> value instanceof Boolean;
            case "name" -> value instanceof String text && !text.isBlank() && text.length() <= 200;
            default -> true;
        };
        if (!valid) {
            throw ServiceError.invalid(path, "details/requirements/solutions".equals(path) ? "Solution ID is required."
                    : "The value of " + path + " is not valid.");
        }
    }

    private static boolean amount(Object value) {
        if (value instanceof Number) {
            return true;
        }
        try {
            return value instanceof String text && new BigDecimal(text).signum() >= 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static boolean dateTime(Object value) {
        try {
            return value instanceof String text && OffsetDateTime.parse(text) != null;
        } catch (DateTimeException notADate) {
            return false;
        }
    }
}
