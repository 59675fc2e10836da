package dev.cosell.dynamics;

import dev.cosell.http.Request;
import java.util.List;

/**
 * Several requests in one call: first the writes, all of them or none, then the reads, none of which stops at another's
 * failure. What is read behind writes that were refused is of no meaning.
 *
 * @param writes in their order; the first is known to the others as {@code $1}, and so on
 * @param reads  GETs
 */
public record Batch(List<Request> writes, List<Request> reads) {
    public Batch {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
    }

    static Batch ofReads(Request... reads) {
        return new Batch(List.of(), List.of(reads));
    }

    public boolean isWriting() {
        return !writes.isEmpty();
    }
}
