package dev.cosell.mapping;

/** A value that has no counterpart on the other side. The message is a sentence for people: value, rule and remedy. */
public final class ConversionFault extends RuntimeException {
    private static final int LONGEST_QUOTE = 60;

    private final boolean leftOut;

    public ConversionFault(String message) {
        this(message, false);
    }

    private ConversionFault(String message, boolean leftOut) {
        super(message, null, false, false);
        this.leftOut = leftOut;
    }

    /**
     * A fault that stops nothing but its own value.
     *
     * @param rule continues the sentence after the value and says that it is left out
     */
    public static ConversionFault leftOut(Object value, String rule) {
        return new ConversionFault(quote(value) + " " + rule, true);
    }

    /** Whether the record travels without the value; otherwise it does not travel. */
    public boolean isLeftOut() {
        return leftOut;
    }

    /** @param rule continues the sentence after the value, such as "is no amount" */
    public ConversionFault(Object value, String rule) {
        this(quote(value) + " " + rule);
    }

    /** The same fault with the name of the field that holds the value. */
    ConversionFault of(String field) {
        return new ConversionFault(field + ": " + getMessage(), leftOut);
    }

    private static String quote(Object value) {
        String text = String.valueOf(value).replaceAll("\\s+", " ");
        return '"' + (text.length() <= LONGEST_QUOTE ? text : Text.cut(text, LONGEST_QUOTE) + "…") + '"';
    }
}
