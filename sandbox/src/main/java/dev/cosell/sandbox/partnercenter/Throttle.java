package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Counts calls as the gateway in front of the service does; refused ones count too. */
final class Throttle {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Switches switches;
    private final Deque<Long> calls = new ArrayDeque<>();

    Throttle(Switches switches) {
        this.switches = switches;
    }

    /** The gateway's refusal, in its own shape; null when the call may go on. */
    Answer refusal() {
        int allowed = switches.number("callsPerMinute");
        if (allowed == 0) {
            calls.clear();
            return null;
        }
        long now = System.nanoTime();
        while (!calls.isEmpty() && now - calls.peekFirst() > MINUTE) {
            calls.removeFirst();
        }
        calls.addLast(now);
        if (calls.size() <= allowed) {
            return null;
        }
        long seconds = Math.max(1, (MINUTE - (now - calls.peekFirst())) / 1_000_000_000L);
        Answer answer = Answer.json(429,
                Map.of("statusCode", 429, "message", "Rate limit is exceeded. Try again in " + seconds + " seconds."));
        return switches.on("retryAfterHeader") ? answer.with("Retry-After", String.valueOf(seconds)) : answer;
    }
}
