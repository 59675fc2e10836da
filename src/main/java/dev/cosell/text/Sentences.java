package dev.cosell.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Sentences of several places, told as one text. */
public final class Sentences {
    private Sentences() {}

    /** With semicolons between them; full stops at their ends give way. */
    public static String joined(Collection<?> sentences) {
        return sentences.stream().map(String::valueOf).map(Sentences::withoutFullStop)
                .collect(Collectors.joining("; "));
    }

    /** Null stays null, and an ellipsis of three full stops stays one. */
    public static String withoutFullStop(String sentence) {
        return sentence == null || !sentence.endsWith(".") || sentence.endsWith("..") ? sentence
                : sentence.substring(0, sentence.length() - 1);
    }
}
