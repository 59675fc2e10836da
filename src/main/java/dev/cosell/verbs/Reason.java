package dev.cosell.verbs;

import dev.cosell.text.Sentences;
import dev.cosell.text.Storable;
import dev.cosell.text.Visible;
import java.util.Collection;
import java.util.List;

/**
 * Why a record is not synced, or what failed.
 *
 * @param about what tells records with this cause apart by what has to be mended, such as a field or somebody's rule;
 *     empty where the cause alone says it. Never of one record
 * @param words what happened to which record, and what to do about it, for people; without a full stop at its end
 */
public record Reason(Cause cause, String about, String words) {
    private static final int LONGEST = 120;

    public Reason {
        about = about == null ? "" : Storable.shortened(Visible.line(about.strip()), LONGEST);
        words = Sentences.withoutFullStop(words);
    }

    public Reason(Cause cause, String words) {
        this(cause, "", words);
    }

    /** One for each sentence. */
    public static List<Reason> all(Cause cause, Collection<String> sentences) {
        return sentences.stream().map(words -> new Reason(cause, words)).toList();
    }

    /** The words with the code, as every log, record, page and alert shows them. */
    public String text() {
        return coded(words, cause);
    }

    /** A sentence with the code of what it is about. */
    public static String coded(String sentence, Cause cause) {
        return Sentences.withoutFullStop(sentence) + " (" + cause.code() + ")";
    }

    /** The same for all records that are parked for the same cause. */
    public String key() {
        return about.isEmpty() ? cause.code() : cause.code() + " " + about;
    }

    /** As {@link #text}: routes put it into sentences. */
    @Override
    public String toString() {
        return text();
    }
}
