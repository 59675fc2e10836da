package dev.cosell.mapping;

/** A value that has no counterpart on the other side. The message is a sentence for people: value, rule and remedy. */
public final class ConversionFault extends RuntimeException {
    private static final int LONGEST_QUOTE = 60;

    public ConversionFault(String message) {
        super(message, null, false, false);
    }

    /** @param rule continues the sentence after the value, such as "is no amount" */
    public ConversionFault(Object value, String rule) {
        this(quote(value) + " " + rule);
    }

    /** The same fault with the name of the field that holds the value. */
    ConversionFault of(String field) {
        return new ConversionFault(field + ": " + getMessage());
    }

    private static String quote(Object value) {
        String text = String.valueOf(value).replaceAll("\\s+", " ");
        return '"' + (text.length() <= LONGEST_QUOTE ? text : Text.cut(text, LONGEST_QUOTE) + "…") + '"';
    }
}
