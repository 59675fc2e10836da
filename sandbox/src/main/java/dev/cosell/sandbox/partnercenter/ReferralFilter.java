package dev.cosell.sandbox.partnercenter;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code $filter} of the forms the documentation shows: comparisons joined by {@code and}. */
final class ReferralFilter {
    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(?:([A-Za-z]+)/any\\((\\w+):\\s*\\2/([A-Za-z]+) eq '((?:[^']|'')*)'\\)|([A-Za-z/]+) "
                    + "(eq|ne|ge|gt|le|lt) (?:'((?:[^']|'')*)'|([^'\\s]+)))"
                    + "\\s*(and\\s|$)");
    private static final Set<String> TEXTS = Set.of("engagementId", "externalReferenceId", "direction", "status",
            "substatus",
            "type", "qualification", "customerProfile/address/country");
    private static final Set<String> TIMES = Set.of("updatedDateTime", "createdDateTime");

    /** @param instant null unless the property is a time */
    private record Clause(String property, String operator, String text, Instant instant, Predicate<Referral> test) {}

    private final List<Clause> clauses = new ArrayList<>();

    /** @param text null for no filter */
    ReferralFilter(String text) {
        Matcher matcher = CLAUSE.matcher(text == null ? "" : text);
        int at = 0;
        while (text != null && at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw ServiceError.invalid("$filter", "The query option $filter is not valid at position " + at + ".");
            }
            clauses.add(matcher.group(1) != null ? any(matcher) : comparison(matcher));
            at = matcher.end();
        }
    }

    private static Clause any(Matcher matcher) {
        String list = matcher.group(1);
        String field = matcher.group(3);
        String wanted = unquoted(matcher.group(4));
        return new Clause(list, "any", wanted, null, referral -> Trees.list(referral.tree(), list).stream()
                .anyMatch(item -> wanted.equalsIgnoreCase(Trees.text(item, field))));
    }

    private static Clause comparison(Matcher matcher) {
        String property = matcher.group(5);
        String operator = matcher.group(6);
        if (TIMES.contains(property) && matcher.group(8) != null) {
            Instant instant = instant(matcher.group(8));
            return new Clause(property, operator, null, instant, referral -> holds(operator,
                    Instant.parse(Trees.text(referral.tree(), property)).compareTo(instant)));
        }
        if (!TEXTS.contains(property) || matcher.group(7) == null || !Set.of("eq", "ne").contains(operator)) {
            throw ServiceError.invalid("$filter", "The filter on '" + property + "' is not supported.");
        }
        String wanted = unquoted(matcher.group(7));
        return new Clause(property, operator, wanted, null, referral -> operator.equals("eq")
                == wanted.equals(Trees.text(referral.tree(), property)));
    }

    private static boolean holds(String operator, int comparison) {
        return switch (operator) {
            case "eq" -> comparison == 0;
            case "ne" -> comparison != 0;
            case "ge" -> comparison >= 0;
            case "gt" -> comparison > 0;
            case "le" -> comparison <= 0;
            default -> comparison < 0;
        };
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ServiceError.invalid("$filter", "'" + text + "' is not a valid date-time.");
        }
    }

    private static String unquoted(String literal) {
        return literal.replace("''", "'");
    }

    boolean mentions(String property) {
        return clauses.stream().anyMatch(clause -> clause.property().equals(property));
    }

    /** The text a property must equal; null when the filter does not say. */
    String equal(String property) {
        return clauses.stream().filter(c -> c.property().equals(property) && c.operator().equals("eq"))
                .map(Clause::text).findFirst().orElse(null);
    }

    /** A time that the property cannot lie before; null when the filter does not say. */
    Instant notBefore(String property) {
        return clauses.stream().filter(c -> c.property().equals(property) && c.operator().startsWith("g"))
                .map(Clause::instant).findFirst().orElse(null);
    }

    boolean matches(Referral referral) {
        for (Clause clause : clauses) {
            if (!clause.test().test(referral)) {
                return false;
            }
        }
        return true;
    }
}
