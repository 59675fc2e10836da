package dev.cosell.alerts;

import java.util.List;

/**
 * Letters of one channel that travel in one message, at each attempt the same.
 *
 * @param id      of the message, whoever sends it and however often
 * @param letters in the order in which they were written; none when there is nothing to send
 */
public record Batch(String id, List<Letter> letters) {
    static final Batch NOTHING = new Batch("", List.of());

    public Batch {
        letters = List.copyOf(letters);
    }

    /** How often it was tried to send, the attempt included that it was taken for; 1 at least. */
    int attempts() {
        return letters.stream().mapToInt(Letter::attempts).min().orElse(1);
    }
}
