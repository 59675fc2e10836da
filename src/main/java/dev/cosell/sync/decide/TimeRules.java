package dev.cosell.sync.decide;

import java.time.Duration;
import java.time.Instant;

/**
 * What time has to do with decisions.
 *
 * @param holds  when irreversible moves go
 * @param notice how long before a deadline the seller is warned
 */
public record TimeRules(HoldPolicy holds, Duration notice) {
    /** Everything goes at once; deadlines warn three days before. */
    public static final TimeRules USUAL = new TimeRules(HoldPolicy.IMMEDIATELY, Duration.ofDays(3));

    /** The rules as one decision sees them. */
    public Timing at(Instant now) {
        return new Timing(now, this);
    }

    /** @param now the moment a decision is made at; the decision itself looks at no clock */
    public record Timing(Instant now, TimeRules rules) {}
}
