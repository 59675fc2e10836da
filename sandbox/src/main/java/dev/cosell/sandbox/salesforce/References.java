package dev.cosell.sandbox.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values of earlier answers in the place of <code>@{reference.path}</code>. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("@\\{([A-Za-z0-9_]+)\\.?([^}]*)}");
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

    private final Map<String, Object> answers;

    References(Map<String, Object> answers) {
        this.answers = answers;
    }

    /** The same JSON tree with all references resolved; a text that is one reference takes the type of its value. */
    Object in(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key.toString(), in(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(this::in).toList();
        }
        if (tree instanceof String text && text.contains("@{")) {
            Matcher whole = REFERENCE.matcher(text);
            return whole.matches() ? value(whole.group(1), whole.group(2)) : text(text);
        }
        return tree;
    }

    String text(String text) {
        return text.contains("@{")
                ? REFERENCE.matcher(text).replaceAll(
                        match -> Matcher.quoteReplacement(value(match.group(1), match.group(2)).toString()))
                : text;
    }

    private Object value(String reference, String path) {
        Object at = answers.get(reference);
        Matcher steps = STEP.matcher(path);
        while (at != null && steps.find()) {
            at = steps.group(2) == null ? member(at, steps.group(1)) : element(at, Integer.parseInt(steps.group(2)));
        }
        if (at == null) {
            throw Refusal.bad("PROCESSING_HALTED",
                    "Invalid reference specified. No value for " + reference + "." + path + " found in "
                            + reference + ". Check that your response for " + reference + " contains the value.");
        }
        return at;
    }

    private static Object member(Object at, String name) {
        return at instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static Object element(Object at, int index) {
        return at instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }
}
