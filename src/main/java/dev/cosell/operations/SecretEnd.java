package dev.cosell.operations;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When the client secret of a system's app in Entra ends.
 *
 * @param day the last day it is good for
 */
public record SecretEnd(String system, LocalDate day) {
    private static final int DAYS_AHEAD = 30;

    /** @param setting a date; empty when nobody has entered one */
    public static Optional<SecretEnd> of(String system, String setting) {
        return setting.isEmpty() ? Optional.empty() : Optional.of(new SecretEnd(system, LocalDate.parse(setting)));
    }

    /** A sentence; empty while there is time. */
    public Optional<String> warning(LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, day);
        if (days > DAYS_AHEAD) {
            return Optional.empty();
        }
        String when = days < 0 ? "expired on " + day
                : days == 0 ? "expires today" : "expires in " + days + (days == 1 ? " day" : " days");
        return Optional
                .of("The client secret of " + system + " " + when + ": create a new one in Entra and set " + system
                        + ".client-secret and " + system + ".client-secret-expires");
    }
}
