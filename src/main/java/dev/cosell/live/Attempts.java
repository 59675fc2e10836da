package dev.cosell.live;

import java.time.Duration;

/** When edits that are not in force are tried: not at each look, which would be the same work for the same end. */
final class Attempts {
    /** What was away comes back within seconds or not soon, and each attempt stops routes that run. */
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofSeconds(30);

    /** Those routes of a file that run while another one of it cannot begin are stopped by each attempt, too. */
    private static final Duration UNTIL_PUT_BACK_AGAIN = Duration.ofSeconds(5);

    private volatile Duration untilTriedAgain = UNTIL_TRIED_AGAIN;
    /** The look of which all was tried; null when something has to be tried again. */
    private RouteFiles.Look tried;
    /** In nanoseconds of this process, when all is tried once more; null when that would change nothing. */
    private Long again;

    /** When routes that are lost are put back next, in nanoseconds of this process; null for at once. */
    private Long putBack;

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

    /** Whether lost routes are to be put back now; from then on that counts as tried. */
    boolean isTimeToPutBack() {
        if (putBack != null && System.nanoTime() - putBack < 0) {
            return false;
        }
        Duration pause = untilTriedAgain.compareTo(UNTIL_PUT_BACK_AGAIN) < 0 ? untilTriedAgain : UNTIL_PUT_BACK_AGAIN;
        putBack = System.nanoTime() + pause.toNanos();
        return true;
    }
}
