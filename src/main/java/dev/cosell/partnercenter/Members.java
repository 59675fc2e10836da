package dev.cosell.partnercenter;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The people on a deal, ours or the customer's. Of the first one Partner Center demands name, phone number and e-mail
 * address.
 */
final class Members {
    private static final int MOST = 50;

    private Members() {}

    /** Those who can be reached, as many as a deal takes. */
    static List<?> reachable(List<?> members) {
        return members.stream().filter(DealRules::reachable).limit(MOST).toList();
    }

    /** Whether the first one can be reached. */
    static boolean led(List<?> members) {
        return !members.isEmpty() && DealRules.reachable(members.get(0));
    }

    /** Some members before the others who are there, as many as a deal takes. */
    static List<?> leading(List<?> first, List<?> there) {
        return Stream.concat(first.stream(),
                there.stream().filter(member -> first.stream().noneMatch(one -> same(one, member))))
                .limit(MOST).toList();
    }

    /** An e-mail address tells who somebody is, and a name where one of the two has none. */
    private static boolean same(Object one, Object other) {
        if (Paths.blank(one, "email") || Paths.blank(other, "email")) {
            return Objects.equals(Paths.get(one, "firstName"), Paths.get(other, "firstName"))
                    && Objects.equals(Paths.get(one, "lastName"), Paths.get(other, "lastName"));
        }
        return String.valueOf(Paths.get(one, "email")).strip()
                .equalsIgnoreCase(String.valueOf(Paths.get(other, "email")).strip());
    }
}
