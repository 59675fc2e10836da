package dev.cosell.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * In which world a history takes place.
 *
 * @param crms  the enabled ones; the first one's ids stand in Partner Center
 * @param hold  how long irreversible moves wait
 * @param skews how far the clocks of the systems are ahead, in milliseconds
 */
record Setting(List<String> crms, Duration hold, Map<String, Long> skews) {
    long skew(String system) {
        return skews.getOrDefault(system, 0L);
    }
}
