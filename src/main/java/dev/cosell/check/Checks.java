package dev.cosell.check;

import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All checks of this installation, in the order in which a person wants to read their findings. */
public final class Checks {
    private final List<Check> all;
    private final Clock clock;

    public Checks(List<Check> all, Clock clock) {
        this.all = List.copyOf(all);
        this.clock = clock;
    }

    /**
     * Looks at everything; a check that cannot look is a fault, and the others go on. A system that refuses the sign-in
     * is not asked again.
     */
    public Report run() {
        List<Finding> findings = new ArrayList<>();
        Set<String> refused = new HashSet<>();
        for (Check check : all) {
            if (!refused.contains(check.where())) {
                findings.addAll(look(check, refused));
            }
        }
        return new Report(clock.instant(), findings);
    }

    private static List<Finding> look(Check check, Set<String> refused) {
        try {
            return check.look();
        } catch (Fault.Denied denied) {
            return List.of(failed(check, denied.getMessage(), "Give the integration user that right"));
        } catch (Fault.Auth auth) {
            refused.add(check.where());
            return List.of(failed(check, auth.getMessage(),
                    (auth.getMessage().contains("./cosell login") ? "Do that, or correct" : "Correct")
                            + " the settings " + check.where()
                            + ".* in application.properties or in the environment; then check again"));
        } catch (Fault.Transient | Fault.Throttled later) {
            refused.add(check.where());
            return List.of(failed(check, later.getMessage(),
                    "See that the address in the settings is right and that this machine reaches it"
                            + " (proxy, firewall, DNS), then check again"));
        } catch (RuntimeException unexpected) {
            return List.of(failed(check, "could not be checked: " + deepest(unexpected),
                    "Check again; if it stays so, read the log of ./cosell run"));
        }
    }

    private static Finding failed(Check check, String said, String remedy) {
        return Finding.fault(check.where(), check.what(), said, remedy);
    }

    private static String deepest(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
