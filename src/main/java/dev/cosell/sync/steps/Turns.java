package dev.cosell.sync.steps;

import dev.cosell.sync.decide.Link;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through the links of each CRM piece by piece, one a turn, and begins anew after the last. */
final class Turns {
    private final Pieces pieces;
    private final int most;
    /** Id of the link behind which the next turn begins, by CRM. */
    private final Map<String, Long> done = new HashMap<>();

    interface Pieces {
        /** Links of the CRM with ids behind this one in their order, so many at most. */
        List<Link> of(String crm, long after, int most);
    }

    Turns(Pieces pieces, int most) {
        this.pieces = pieces;
        this.most = most;
    }

    synchronized List<Link> next(String crm) {
        List<Link> piece = pieces.of(crm, done.getOrDefault(crm, 0L), most);
        done.put(crm, piece.size() < most ? 0L : piece.get(piece.size() - 1).id());
        return piece;
    }
}
