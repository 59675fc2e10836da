package dev.cosell.connection;

import java.time.Duration;

/** The pauses that systems have asked for, as far as other instances have to do with them. */
public interface Pauses {
    /** There are no others. */
    Pauses ALONE = new Pauses() {
        @Override
        public void wanted(String system, Duration pause) {}

        @Override
        public Duration left(String system) {
            return Duration.ZERO;
        }
    };

    /** A system wants to be left alone from now on. */
    void wanted(String system, Duration pause);

    /**
     * For how much longer a system wants to be left alone by what is known here; zero for not at all. Asked before each
     * call.
     */
    Duration left(String system);
}
