package dev.cosell.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * The time of one imitated system: that of another clock, plus what the control {@code /sandbox/clock} has put it
 * ahead.
 */
public final class MovableClock extends Clock {
    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;

    public MovableClock(Clock base) {
        this.base = base;
    }

    /** Answers the control: {@code {"advanceSeconds":n}} puts the clock ahead, a GET shows the time. */
    public Answer control(Call call) {
        if (call.method().equals("POST")) {
            ahead = ahead.plusSeconds(((Number) call.json().getOrDefault("advanceSeconds", 0)).longValue());
        }
        return Answer.json(200, Map.of("now", instant().toString()));
    }

    public void setAhead(Duration ahead) {
        this.ahead = ahead;
    }

    public Duration ahead() {
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
