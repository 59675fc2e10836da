package dev.cosell.sandbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One of many records that are alike: <code>{n}</code> in a text is its number, in twelve digits. */
public final class Numbered {
    private Numbered() {}

    public static Map<String, Object> of(Map<String, Object> fields, int number) {
        Map<String, Object> own = new LinkedHashMap<>(fields);
        own.replaceAll((name, value) -> value instanceof String text
                ? text.replace("{n}", String.format(Locale.ROOT, "%012d", number)) : value);
        return own;
    }
}
