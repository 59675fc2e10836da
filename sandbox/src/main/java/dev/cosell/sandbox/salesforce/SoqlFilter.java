package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.salesforce.Soql.Literal;
import dev.cosell.sandbox.salesforce.SoqlBinder.Column;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Turns a WHERE into a test of rows, and ORDER BY into a comparison of rows. */
final class SoqlFilter {
    private final SoqlBinder binder;

    SoqlFilter(SoqlBinder binder) {
        this.binder = binder;
    }

    Predicate<Row> test(ObjectType type, Soql.Condition condition) {
        if (condition instanceof Soql.And and) {
            return and.all().stream().map(part -> test(type, part)).reduce(Predicate::and).orElseThrow();
        }
        if (condition instanceof Soql.Or or) {
            return or.any().stream().map(part -> test(type, part)).reduce(Predicate::or).orElseThrow();
        }
        if (condition instanceof Soql.Not not) {
            return test(type, not.condition()).negate();
        }
        if (condition instanceof Soql.In in) {
            Column column = filterable(type, in.path());
            Predicate<Row> any = in.values().stream().map(value -> compare(column, "=", value)).reduce(Predicate::or)
                    .orElseThrow();
            return in.not() ? any.negate() : any;
        }
        Soql.Compare compare = (Soql.Compare) condition;
        return compare(filterable(type, compare.path()), compare.operator(), compare.value());
    }

    private Column filterable(ObjectType type, Soql.Path path) {
        Column column = binder.column(type, path);
        if (!column.field().filterable()) {
            throw Refusal.bad("INVALID_FIELD",
                    "field '" + column.field().name() + "' can not be filtered in a query call");
        }
        return column;
    }

    private Predicate<Row> compare(Column column, String operator, Literal literal) {
        refuseWrongKind(column.field(), literal);
        if (literal.kind() == Literal.Kind.NULL) {
            return operator.equals("!=") ? row -> binder.value(row, column) != null
                    : row -> binder.value(row, column) == null;
        }
        if (operator.equals("LIKE")) {
            Pattern pattern = like(literal.text());
            return row -> binder.value(row, column) instanceof String text && pattern.matcher(text).matches();
        }
        Literal plain = literal.kind() == Literal.Kind.STRING
                ? new Literal(literal.kind(), literal.text().replace(String.valueOf(SoqlTokens.NO_WILDCARD), ""), null)
                : literal;
        return row -> {
            Object value = binder.value(row, column);
            return value == null ? operator.equals("!=") : holds(operator, column.field(), value, plain);
        };
    }

    private static boolean holds(String operator, Field field, Object value, Literal literal) {
        if (literal.kind() == Literal.Kind.DAYS) {
            String day = value.toString().substring(0, 10);
            return holds(operator, day.compareTo(literal.text()) < 0 ? -1 : day.compareTo(literal.end()) > 0 ? 1 : 0);
        }
        return holds(operator, order(field, value, constant(field, literal)));
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static Object constant(Field field, Literal literal) {
        return switch (literal.kind()) {
            case NUMBER -> new BigDecimal(literal.text());
            case BOOLEAN -> Boolean.valueOf(literal.text());
            default -> field.type().isId() ? SalesforceIds.complete(literal.text()) : literal.text();
        };
    }

    private static int order(Field field, Object left, Object right) {
        if (left instanceof Number) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
        }
        if (left instanceof Boolean flag) {
            return flag.compareTo((Boolean) right);
        }
        return field.type().isText() ? left.toString().compareToIgnoreCase(right.toString())
                : left.toString().compareTo(right.toString());
    }

    private static void refuseWrongKind(Field field, Literal literal) {
        boolean fits = literal.kind() == Literal.Kind.NULL || switch (field.type()) {
            case BOOLEAN -> literal.kind() == Literal.Kind.BOOLEAN;
            case INT, CURRENCY, PERCENT, DOUBLE -> literal.kind() == Literal.Kind.NUMBER;
            case DATE -> literal.kind() == Literal.Kind.DATE || literal.kind() == Literal.Kind.DAYS;
            case DATETIME -> literal.kind() == Literal.Kind.DATETIME || literal.kind() == Literal.Kind.DAYS;
            default -> literal.kind() == Literal.Kind.STRING;
        };
        if (!fits) {
            String quotes = field.type().isText() || field.type().isId() ? "and should be enclosed in quotes"
                    : "and should not be enclosed in quotes";
            throw Refusal.bad("INVALID_FIELD",
                    "value of filter criterion for field '" + field.name() + "' must be of type "
                            + field.type().wireName + " " + quotes);
        }
        if (field.type().isId() && literal.kind() == Literal.Kind.STRING
                && !SalesforceIds.looksLikeOne(literal.text())) {
            throw Refusal.bad("INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: " + literal.text());
        }
    }

    private static Pattern like(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SoqlTokens.NO_WILDCARD) {
                regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    Comparator<Row> order(ObjectType type, List<Soql.Order> order) {
        Comparator<Row> all = null;
        for (Soql.Order one : order) {
            Column column = filterable(type, one.path());
            Comparator<Object> values = (left, right) -> order(column.field(), left, right);
            Comparator<Object> directed = one.descending() ? values.reversed() : values;
            Comparator<Row> next = Comparator.comparing(row -> binder.value(row, column),
                    one.nullsLast() ? Comparator.nullsLast(directed) : Comparator.nullsFirst(directed));
            all = all == null ? next : all.thenComparing(next);
        }
        return all;
    }
}
