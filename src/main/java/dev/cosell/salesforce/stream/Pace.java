package dev.cosell.salesforce.stream;

import java.time.Duration;

/**
 * The times of the event stream.
 *
 * @param firstPause   before the first attempt after a failure; it doubles with each further one
 * @param longestPause between two attempts
 * @param stable       how long a client has to stand for its end to count as a first failure again
 * @param silence      without any answer after which a client is given up; longer than a long poll (110 s) can last
 * @param alarm        how long there may be no events before a person is told
 * @param grace        how long an event may come after the poll that found its change
 * @param missedInARow changes the poll had to find, without any event in between, after which the stream counts as deaf
 * @param deafPause    between two fresh clients of a deaf stream; it doubles up to a day
 * @param look         between two looks at all this
 */
public record Pace(Duration firstPause, Duration longestPause, Duration stable, Duration silence, Duration alarm,
        Duration grace, int missedInARow,
        Duration deafPause, Duration look) {

    public static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(1),
            Duration.ofSeconds(150),
            Duration.ofMinutes(5), Duration.ofSeconds(30), 3, Duration.ofMinutes(5), Duration.ofSeconds(2));

    private static final Duration A_DAY = Duration.ofDays(1);

    /** @param failures in a row, 1 for the first */
    Duration pause(int failures) {
        return doubled(firstPause, failures - 1, longestPause);
    }

    /** @param clients fresh ones that heard nothing either */
    Duration deafPause(int clients) {
        return doubled(deafPause, clients - 1, A_DAY);
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        Duration pause = first.multipliedBy(1L << Math.min(times, 20));
        return pause.compareTo(most) > 0 ? most : pause;
    }
}
