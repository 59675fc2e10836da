package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import java.util.List;

/**
 * What came of a {@link Batch}.
 *
 * @param refused what refused the writes, so that none was done, or the whole batch; null when nothing did
 * @param culprit number of the write that was refused, from 1; 0 when nobody knows
 * @param writes  answers to the writes, in their order; empty when they were refused
 * @param reads   answers to the reads, each with a status of its own; fewer when the batch stopped before
 */
public record BatchAnswer(Answer refused, int culprit, List<Answer> writes, List<Answer> reads) {
    public BatchAnswer {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
    }
}
