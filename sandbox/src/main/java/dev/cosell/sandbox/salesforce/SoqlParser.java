package dev.cosell.sandbox.salesforce;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recursive descent over the supported part of SOQL. */
final class SoqlParser {
    private static final Set<String> RESERVED = Set.of("FROM", "WHERE", "ORDER", "LIMIT", "OFFSET", "AND", "OR", "NOT",
            "NULLS", "ASC", "DESC");
    private static final Set<String> FIELD_KINDS = Set.of("ALL", "STANDARD", "CUSTOM");

    private final SoqlTokens tokens;
    private final LocalDate today;

    private SoqlParser(String text, Clock clock) {
        this.tokens = new SoqlTokens(text);
        this.today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    static Soql parse(String text, Clock clock) {
        SoqlParser parser = new SoqlParser(text, clock);
        Soql query = parser.query();
        if (!parser.tokens.atEnd()) {
            throw parser.tokens.unexpected();
        }
        return query;
    }

    private Soql query() {
        tokens.expect("SELECT");
        boolean count = false;
        List<Soql.Item> select = new ArrayList<>();
        if (tokens.isWord("COUNT") && tokens.peek(1).equals("(") && tokens.peek(2).equals(")")) {
            tokens.skip(3);
            count = true;
        } else {
            do {
                select.add(item());
            } while (tokens.take(","));
        }
        tokens.expect("FROM");
        String from = name();
        Soql.Condition where = tokens.takeWord("WHERE") ? or() : null;
        List<Soql.Order> order = tokens.takeWord("ORDER") ? order() : List.of();
        Integer limit = tokens.takeWord("LIMIT") ? tokens.integer() : null;
        int offset = tokens.takeWord("OFFSET") ? tokens.integer() : 0;
        if (offset > 2000) {
            throw Refusal.bad("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
        }
        return new Soql(select, count, from, where, order, limit, offset);
    }

    private Soql.Item item() {
        if (tokens.take("(")) {
            Soql children = query();
            if (children.select().stream().anyMatch(Soql.Fields.class::isInstance)) {
                throw Refusal.bad("MALFORMED_QUERY", "FIELDS() in a sub-query is not known to the sandbox");
            }
            tokens.expect(")");
            return new Soql.Children(children);
        }
        if (tokens.isWord("FIELDS") && tokens.peek(1).equals("(")) {
            tokens.skip(2);
            String kind = name().toUpperCase(Locale.ROOT);
            tokens.expect(")");
            if (!FIELD_KINDS.contains(kind)) {
                throw Refusal.bad("MALFORMED_QUERY", "FIELDS() takes ALL, STANDARD or CUSTOM, not " + kind);
            }
            return new Soql.Fields(kind);
        }
        return path();
    }

    private Soql.Path path() {
        List<String> names = new ArrayList<>();
        do {
            names.add(name());
        } while (tokens.take("."));
        return new Soql.Path(names);
    }

    private String name() {
        if (!tokens.isName() || RESERVED.contains(tokens.peek(0).toUpperCase(Locale.ROOT))) {
            throw tokens.unexpected();
        }
        return tokens.next();
    }

    private List<Soql.Order> order() {
        tokens.expect("BY");
        List<Soql.Order> order = new ArrayList<>();
        do {
            Soql.Path path = path();
            boolean descending = tokens.takeWord("DESC");
            if (!descending) {
                tokens.takeWord("ASC");
            }
            boolean last = false;
            if (tokens.takeWord("NULLS")) {
                last = tokens.takeWord("LAST");
                if (!last) {
                    tokens.expect("FIRST");
                }
            }
            order.add(new Soql.Order(path, descending, last));
        } while (tokens.take(","));
        return order;
    }

    /** AND and OR side by side need parentheses, as on the real platform. */
    private Soql.Condition or() {
        List<Soql.Condition> parts = new ArrayList<>();
        parts.add(not());
        String joint = tokens.isWord("AND") ? "AND" : "OR";
        while (tokens.takeWord(joint)) {
            parts.add(not());
        }
        if (tokens.isWord("AND") || tokens.isWord("OR")) {
            throw tokens.unexpected();
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return joint.equals("AND") ? new Soql.And(parts) : new Soql.Or(parts);
    }

    private Soql.Condition not() {
        if (tokens.takeWord("NOT")) {
            return new Soql.Not(not());
        }
        if (tokens.take("(")) {
            Soql.Condition inner = or();
            tokens.expect(")");
            return inner;
        }
        return comparison();
    }

    private Soql.Condition comparison() {
        Soql.Path path = path();
        if (tokens.takeWord("LIKE")) {
            return new Soql.Compare(path, "LIKE", literal());
        }
        boolean not = tokens.takeWord("NOT");
        if (not || tokens.isWord("IN")) {
            tokens.expect("IN");
            tokens.expect("(");
            List<Soql.Literal> values = new ArrayList<>();
            do {
                values.add(literal());
            } while (tokens.take(","));
            tokens.expect(")");
            return new Soql.In(path, not, values);
        }
        String operator = tokens.operator();
        return new Soql.Compare(path, operator, literal());
    }

    private Soql.Literal literal() {
        if (tokens.isString()) {
            return literal(Soql.Literal.Kind.STRING, tokens.string());
        }
        String word = tokens.next();
        String upper = word.toUpperCase(Locale.ROOT);
        if (upper.equals("NULL")) {
            return literal(Soql.Literal.Kind.NULL, null);
        }
        if (upper.equals("TRUE") || upper.equals("FALSE")) {
            return literal(Soql.Literal.Kind.BOOLEAN, upper.toLowerCase(Locale.ROOT));
        }
        if (upper.equals("TODAY")) {
            return new Soql.Literal(Soql.Literal.Kind.DAYS, today.toString(), today.toString());
        }
        if (upper.startsWith("LAST_N_DAYS:")) {
            return new Soql.Literal(Soql.Literal.Kind.DAYS,
                    today.minusDays(Long.parseLong(upper.substring(12))).toString(), today.toString());
        }
        return dateOrNumber(word);
    }

    private Soql.Literal dateOrNumber(String word) {
        try {
            if (word.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return literal(Soql.Literal.Kind.DATE, LocalDate.parse(word).toString());
            }
            if (word.matches("\\d{4}-\\d\\d-\\d\\dT.+")) {
                return literal(Soql.Literal.Kind.DATETIME, Values.wire(Values.instant(word)));
            }
        } catch (DateTimeException e) {
            throw Refusal.bad("MALFORMED_QUERY", "line 1: no viable alternative at character in '" + word + "'");
        }
        if (word.matches("[+-]?\\d+(\\.\\d+)?")) {
            return literal(Soql.Literal.Kind.NUMBER, word);
        }
        throw Refusal.bad("MALFORMED_QUERY", "unexpected token: '" + word + "'");
    }

    private static Soql.Literal literal(Soql.Literal.Kind kind, String text) {
        return new Soql.Literal(kind, text, null);
    }
}
