package dev.cosell.operations;

import dev.cosell.entra.SignIn;
import dev.cosell.salesforce.PasswordLogin;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What will end a connection soon unless somebody does something. */
final class ConnectionWarnings {
    static final Duration UNUSED = Duration.ofDays(60);
    private static final int DAYS_AHEAD = 30;

    private final Map<String, LocalDate> secretEnds;
    private final Supplier<Optional<SignIn>> signIn;
    private final List<String> salesforcePasswords;
    private final Clock clock;

    /**
     * @param secretEnds          last day of the client secret, by system
     * @param signIn              the sign-in to Partner Center
     * @param salesforcePasswords settings that hold a password for Salesforce
     */
    ConnectionWarnings(Map<String, LocalDate> secretEnds, Supplier<Optional<SignIn>> signIn, List<String> salesforcePasswords, Clock clock) {
        this.salesforcePasswords = List.copyOf(salesforcePasswords);
        this.secretEnds = Map.copyOf(secretEnds);
        this.signIn = signIn;
        this.clock = clock;
    }

    /** One sentence each; empty when nothing is to be done. */
    List<String> of(String system) {
        List<String> warnings = new ArrayList<>();
        if (secretEnds.containsKey(system)) {
            secret(system, secretEnds.get(system)).ifPresent(warnings::add);
        }
        if ("partner-center".equals(system)) {
            unused().ifPresent(warnings::add);
        }
        if ("salesforce".equals(system) && !salesforcePasswords.isEmpty()) {
            warnings.add(PasswordLogin.end(salesforcePasswords, today()) + ". " + PasswordLogin.remedy(salesforcePasswords));
        }
        return warnings;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Optional<String> secret(String system, LocalDate end) {
        long days = ChronoUnit.DAYS.between(today(), end);
        if (days > DAYS_AHEAD) {
            return Optional.empty();
        }
        String when = days < 0 ? "expired on " + end : days == 0 ? "expires today" : "expires in " + days + (days == 1 ? " day" : " days");
        return Optional.of("The client secret of " + system + " " + when + ": create a new one in Entra and set " + system
                + ".client-secret and " + system + ".client-secret-expires");
    }

    private Optional<String> unused() {
        return signIn.get().filter(kept -> kept.renewed() != null)
                .map(kept -> Duration.between(kept.renewed(), clock.instant()))
                .filter(unused -> unused.compareTo(UNUSED) >= 0)
                .map(unused -> "The sign-in to Partner Center was last used " + unused.toDays()
                        + " days ago and ends after about 90: sign in again with ./cosell login if it does not recover");
    }
}
