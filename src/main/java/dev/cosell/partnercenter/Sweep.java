package dev.cosell.partnercenter;

import dev.cosell.sync.Changes;
import dev.cosell.sync.Hint;
import java.util.List;

/** The slow comparison that finds what notifications missed. */
public final class Sweep {
    /** A page before the first: empty, with the position to begin at. */
    public Changes begin(String position) {
        return new Changes(List.of(), position, true);
    }

    public Hint hint(Changes.Change change) {
        return new Hint(ReferralView.SYSTEM, change.id(), change.version(), Hint.Origin.SWEEP);
    }
}
