package dev.cosell.http;

import dev.cosell.verbs.Fault;
import java.util.Set;

/** An answer that names another address. It is not followed: our token stays with the host that the settings name. */
public final class Redirect {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private Redirect() {}

    public static boolean is(int status) {
        return STATUSES.contains(status);
    }

    /** @param about what was asked for; empty for nothing in particular */
    public static Fault.ServerError fault(String system, String name, int status, String about) {
        return Fault.ServerError.strange(system, name + " answered " + status
                + (about.isEmpty() ? "" : " for " + about)
                + ", which names another address. Redirects are not followed; check the address in the settings, and"
                + " what stands in between").asUndone();
    }
}
