package dev.cosell.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names with values as one text, a line each. */
final class NamedValues {
    private NamedValues() {}

    static String text(Map<String, String> values) {
        return new TreeMap<>(values).entrySet().stream().map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining("\n"));
    }

    static Map<String, String> of(String text) {
        return text.lines().filter(line -> line.contains("="))
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1)));
    }
}
