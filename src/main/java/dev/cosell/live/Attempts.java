package dev.cosell.live;

import java.time.Duration;

/** When edits that are not in force are tried: not at each look, which would be the same work for the same end. */
final class Attempts {
    /** What was away comes back within seconds or not soon, and each attempt stops routes that run. */
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofSeconds(30);

    private volatile Duration untilTriedAgain = UNTIL_TRIED_AGAIN;
    /** The look of which all was tried; null when something has to be tried again. */
    private RouteFiles.Look tried;
    /** In nanoseconds of this process, when all is tried once more; null when that would change nothing. */
    private Long again;

    /** For tests, which do not wait for half a minute. */
    void every(Duration pause) {
        untilTriedAgain = pause;
    }

    /** Whether what this look has found is to be tried now; from then on it counts as tried. */
    boolean isDue(RouteFiles.Look look) {
        if (look.equals(tried) && (again == null || System.nanoTime() - again < 0)) {
            return false;
        }
        tried = look;
        again = null;
        return true;
    }

    /** Something came into force or runs again, for which what was refused may have waited. */
    void atOnce() {
        tried = null;
    }

    /** What was right did not begin, and may when what it needs is there again. */
    void later() {
        again = System.nanoTime() + untilTriedAgain.toNanos();
    }
}
