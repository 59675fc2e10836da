package dev.cosell.sandbox.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The org's time: that of another clock, plus what a control has put it ahead. */
final class OrgClock extends Clock {
    private final Clock base;
    private Duration ahead = Duration.ZERO;

    OrgClock(Clock base) {
        this.base = base;
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    void setAhead(Duration ahead) {
        this.ahead = ahead;
    }

    Duration ahead() {
        return ahead;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(base.withZone(zone), ahead);
    }
}
