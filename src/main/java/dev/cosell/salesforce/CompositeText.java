package dev.cosell.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts in a composite, where Salesforce puts a value of an earlier answer in the place of <code>@{…}</code>, in what a
 * person has typed as well. It knows no escape, so an invisible character (word joiner) stands between the two in
 * Salesforce, and nowhere else.
 */
final class CompositeText {
    private static final String REFERENCE = "@{";
    private static final String TYPED = "@\u2060{";
    /** No text of a person holds it: it is left out of everything that comes in. */
    private static final String OURS = "\u0001{";

    private CompositeText() {}

    /** A value of an earlier answer, such as {@code account.id}. */
    static String reference(String path) {
        return OURS + path + "}";
    }

    /** What is sent for the texts in a tree of maps and lists. */
    static Object written(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<Object, Object> written = new LinkedHashMap<>();
            map.forEach((name, value) -> written.put(name, written(value)));
            return written;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(CompositeText::written).toList();
        }
        return tree instanceof String text ? typed(text).replace(OURS, REFERENCE) : tree;
    }

    /** How a text of a person is kept in Salesforce. */
    static String typed(String text) {
        return text.replace(REFERENCE, TYPED);
    }

    /** Whether Salesforce may keep this value as a person has typed it there, or as we wrote it. */
    static boolean hasTwoForms(Object value) {
        return value instanceof String text && text.contains(REFERENCE);
    }

    /** The text of a person that is kept so. */
    static String read(String kept) {
        return kept.replace(TYPED, REFERENCE);
    }
}
