package dev.cosell.mapping;

/** A value that has no counterpart on the other side. The message is a sentence for people: value, rule and remedy. */
public final class ConversionFault extends RuntimeException {
    private static final int LONGEST_QUOTE = 60;

    /** What is the matter with the value. */
    public enum Kind {
        /** The value map has no line for it. */
        NO_LINE,
        /** It is not what the row takes. */
        WRONG,
        /** It stops nothing but itself. */
        LEFT_OUT
    }

    private final Kind kind;
    private final String field;

    public ConversionFault(String message) {
        this(Kind.WRONG, "", message);
    }

    private ConversionFault(Kind kind, String field, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.field = field;
    }

    /**
     * A fault that stops nothing but its own value.
     *
     * @param rule continues the sentence after the value and says that it is left out
     */
    public static ConversionFault leftOut(Object value, String rule) {
        return new ConversionFault(Kind.LEFT_OUT, "", quote(value) + " " + rule);
    }

    static ConversionFault noLine(Object value, String rule) {
        return new ConversionFault(Kind.NO_LINE, "", quote(value) + " " + rule);
    }

    public Kind kind() {
        return kind;
    }

    /** The field that holds the value, as the mapping names it; empty until that is known. */
    public String field() {
        return field;
    }

    /** Whether the record travels without the value; otherwise it does not travel. */
    public boolean isLeftOut() {
        return kind == Kind.LEFT_OUT;
    }

    /** @param rule continues the sentence after the value, such as "is no amount" */
    public ConversionFault(Object value, String rule) {
        this(quote(value) + " " + rule);
    }

    /** The same fault with the name of the field that holds the value. */
    ConversionFault of(String holder) {
        return new ConversionFault(kind, holder, holder + ": " + getMessage());
    }

    private static String quote(Object value) {
        String text = String.valueOf(value).replaceAll("\\s+", " ");
        return '"' + (text.length() <= LONGEST_QUOTE ? text : Text.cut(text, LONGEST_QUOTE) + "…") + '"';
    }
}
