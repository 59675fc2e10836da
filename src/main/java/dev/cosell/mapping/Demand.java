package dev.cosell.mapping;

import java.util.List;
import java.util.function.Predicate;

/**
 * What the CRM field of a row must be able to hold, as far as the converter knows.
 *
 * @param length most characters that are written; 0 when the converter sets no limit, or the field holds no text
 * @param values the value map; null when the row has none
 * @param html   whether the text is HTML
 */
public record Demand(Kind kind, int length, Values values, boolean html) {
    /** Content of a field, as both CRMs have it. {@code CODE} is a currency; {@code ANY} asks for nothing. */
    public enum Kind { TEXT, NUMBER, DATE, FLAG, CODE, ANY }

    /**
     * One line of a value map: the Partner Center value and the CRM value that is written for it, both as the line
     * spells them.
     */
    public record Line(String referral, String crm) {}

    /**
     * The values of a value map.
     *
     * @param lines  those with a CRM value; lines that write an empty field are left out
     * @param knows  whether some line recognises a CRM value, spelled as a line would
     * @param copies whether a Partner Center value without a line is written as it is
     */
    public record Values(List<Line> lines, Predicate<String> knows, boolean copies) {}

    static final Demand NOTHING = new Demand(Kind.ANY, 0, null);

    Demand(Kind kind, int length, Values values) {
        this(kind, length, values, false);
    }

    static Demand of(Kind kind) {
        return new Demand(kind, 0, null);
    }

    static Demand html(int limit) {
        return new Demand(Kind.TEXT, limit == Text.UNLIMITED ? 0 : limit, null, true);
    }

    static Demand text(int limit) {
        return new Demand(Kind.TEXT, limit == Text.UNLIMITED ? 0 : limit, null);
    }
}
