package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.dataverse.Filter.Equality;
import dev.cosell.sandbox.dataverse.Filter.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads {@code $filter}: comparisons, {@code and or not}, parentheses, {@code contains startswith endswith}, and what
 * else a reader of its rows knows.
 */
final class FilterParser<T> {
    /** Reads more than comparisons. */
    interface More<T> {
        /**
         * @param word   what a condition begins with
         * @param tokens stand behind it
         * @return null when the word is no condition of its own
         */
        Predicate<T> read(String word, Tokens tokens);
    }

    private static final Set<String> COMPARISONS = Set.of("eq", "ne", "gt", "ge", "lt", "le");
    private static final Set<String> FUNCTIONS = Set.of("contains", "startswith", "endswith");

    private final Tokens tokens;
    private final Map<String, String> aliases;
    private final Function<String, Property<T>> properties;
    private final More<T> more;

    /**
     * @param aliases    parameter aliases ({@code @p1}) and their literals
     * @param properties gives a property by its name and refuses unknown ones
     */
    FilterParser(String text, Map<String, String> aliases, Function<String, Property<T>> properties, More<T> more) {
        this.more = more;
        this.tokens = new Tokens(text);
        this.aliases = aliases;
        this.properties = properties;
    }

    Filter<T> parse() {
        Filter<T> filter = or();
        if (!tokens.atEnd()) {
            throw tokens.unexpected();
        }
        return filter;
    }

    private Filter<T> or() {
        Filter<T> left = and();
        while (tokens.takeWord("or")) {
            left = new Filter<>(left.test().or(and().test()), List.of());
        }
        return left;
    }

    private Filter<T> and() {
        Filter<T> left = not();
        while (tokens.takeWord("and")) {
            Filter<T> right = not();
            List<Equality> both = new ArrayList<>(left.equality());
            both.addAll(right.equality());
            left = new Filter<>(left.test().and(right.test()), both);
        }
        return left;
    }

    private Filter<T> not() {
        if (tokens.takeWord("not")) {
            return new Filter<>(not().test().negate(), List.of());
        }
        if (tokens.take('(')) {
            Filter<T> inner = or();
            tokens.expect(')');
            return inner;
        }
        String word = tokens.word();
        if (FUNCTIONS.contains(word)) {
            return function(word);
        }
        Predicate<T> other = more.read(word, tokens);
        return other == null ? comparison(word) : new Filter<>(other, List.of());
    }

    private Filter<T> function(String name) {
        tokens.expect('(');
        Property<T> property = properties.apply(tokens.word());
        tokens.expect(',');
        String wanted = resolved(tokens.operand()).text().toLowerCase(Locale.ROOT);
        tokens.expect(')');
        return new Filter<>(row -> {
            Object value = property.value().apply(row);
            String text = value == null ? null : value.toString().toLowerCase(Locale.ROOT);
            return text != null && switch (name) {
                case "contains" -> text.contains(wanted);
                case "startswith" -> text.startsWith(wanted);
                default -> text.endsWith(wanted);
            };
        }, List.of());
    }

    private Filter<T> comparison(String name) {
        Property<T> property = properties.apply(name);
        String operator = tokens.word();
        if (!COMPARISONS.contains(operator)) {
            throw tokens.unexpected();
        }
        Tokens.Operand operand = resolved(tokens.operand());
        Object literal = operand.isNull() ? null : property.literal().apply(operand.text());
        Predicate<T> test = row -> Filter.holds(operator, property.value().apply(row), literal);
        boolean narrows = "eq".equals(operator) && literal != null;
        return new Filter<>(test, narrows ? List.of(new Equality(name, literal)) : List.of());
    }

    private Tokens.Operand resolved(Tokens.Operand operand) {
        if (operand.quoted() || !operand.text().startsWith("@")) {
            return operand;
        }
        String value = aliases.get(operand.text());
        if (value == null) {
            throw Refusal.badUrl("The parameter alias '" + operand.text() + "' has no value.");
        }
        return new Tokens(value).operand();
    }
}
