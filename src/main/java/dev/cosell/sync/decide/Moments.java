package dev.cosell.sync.decide;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as sellers read them. */
final class Moments {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** One that is over, to the minute in which it was. */
    static String past(Instant moment) {
        return MINUTES.format(moment);
    }

    /** To the minute; a part of a minute counts as a whole one, so that nothing happens before the time told. */
    static String text(Instant moment) {
        return MINUTES.format(moment.plusSeconds(59));
    }
}
