package dev.cosell.mapping;

/**
 * What a record says about a field, or about several fields taken as one value.
 * <ul>
 * <li>absent: the record does not speak of the field; an absent value never counts as a change and never clears
 *     anything;
 * <li>null: the field is there and empty;
 * <li>content: everything else; a {@code List} with one entry per field when the row names several fields.
 * </ul>
 *
 * @param content null unless the value has content
 */
public record Value(boolean present, Object content) {
    public static final Value ABSENT = new Value(false, null);
    public static final Value NULL = new Value(true, null);

    public Value {
        if (!present && content != null) {
            throw new IllegalArgumentException("an absent value has no content");
        }
    }

    public static Value of(Object content) {
        return content == null ? NULL : new Value(true, content);
    }

    public boolean isAbsent() {
        return !present;
    }

    public boolean isNull() {
        return present && content == null;
    }

    public boolean hasContent() {
        return content != null;
    }
}
