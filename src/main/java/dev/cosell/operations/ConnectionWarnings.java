package dev.cosell.operations;

import dev.cosell.entra.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What will end a connection soon unless somebody does something. */
final class ConnectionWarnings {
    static final Duration UNUSED = Duration.ofDays(60);
    private static final String PARTNER_CENTER = "partner-center";

    private final SecretEnd secretEnd;
    private final Supplier<Optional<SignIn>> signIn;
    private final BiFunction<String, LocalDate, List<String>> ofCrms;
    private final Clock clock;

    /**
     * @param secretEnd of the app for Partner Center; null when nobody has entered it
     * @param signIn    the sign-in to Partner Center
     * @param ofCrms    what a CRM warns of, by its name and the date of today
     */
    ConnectionWarnings(SecretEnd secretEnd, Supplier<Optional<SignIn>> signIn,
            BiFunction<String, LocalDate, List<String>> ofCrms, Clock clock) {
        this.ofCrms = ofCrms;
        this.secretEnd = secretEnd;
        this.signIn = signIn;
        this.clock = clock;
    }

    /** One sentence each; empty when nothing is to be done. */
    List<String> of(String system) {
        return PARTNER_CENTER.equals(system) ? List.copyOf(parts(system).values()) : ofCrms.apply(system, today());
    }

    /** The same where it may be several things, see {@link Parts}; empty for a CRM, which has one at most. */
    Map<String, String> parts(String system) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (PARTNER_CENTER.equals(system)) {
            Optional.ofNullable(secretEnd).flatMap(end -> end.warning(today()))
                    .ifPresent(sentence -> parts.put("secret", sentence));
            unused().ifPresent(sentence -> parts.put("sign-in", sentence));
        }
        return parts;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Optional<String> unused() {
        return signIn.get().filter(kept -> kept.renewed() != null)
                .map(kept -> Duration.between(kept.renewed(), clock.instant()))
                .filter(unused -> unused.compareTo(UNUSED) >= 0)
                .map(unused -> "The sign-in to Partner Center was last used " + unused.toDays()
                        + " days ago and ends after about 90: sign in again with ./cosell login if it does not recover");
    }
}
