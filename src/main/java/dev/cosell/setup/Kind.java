package dev.cosell.setup;

/** What a field holds, in words that fit every CRM. */
public enum Kind {
    SWITCH("a yes/no field"), TEXT("a text field"), LINK("a URL field"), LONG_TEXT("a long text field"),
    CHOICE("a picklist"),
    /** Never made. */
    NUMBER("a number field"),
    /** Something else; never wanted. */
    OTHER("of another type");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** As in "is {@code a text field}". */
    public String words() {
        return words;
    }

    /** Whether a field of this kind does what is wanted of another kind. */
    public boolean serves(Kind wanted) {
        return this == wanted || wanted == LINK && this == TEXT;
    }
}
