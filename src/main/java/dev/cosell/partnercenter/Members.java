package dev.cosell.partnercenter;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The people on a deal, ours or the customer's. Of the first one Partner Center demands name, phone number and e-mail
 * address.
 */
final class Members {
    private static final int MOST = 50;
    private static final String EMAIL = "email";
    private static final List<String> NAMES = List.of("firstName", "lastName");

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

    /**
     * The person of a deal whom one of a new list stands for: who has the same address and name, and the only one with
     * that address, whose name was changed.
     *
     * @param wanted the whole new list
     */
    static Optional<Object> known(Object person, List<?> wanted, List<?> there) {
        List<?> sharing = there.stream().filter(other -> sameAddress(person, other)).toList();
        boolean alone = sharing.size() == 1 && wanted.stream().filter(other -> sameAddress(person, other)).count() == 1;
        return first(sharing, other -> sameNames(person, other))
                .or(() -> first(sharing, other -> agreeingNames(person, other)))
                .or(() -> first(sharing, other -> alone));
    }

    private static Optional<Object> first(List<?> members, Predicate<Object> fits) {
        return members.stream().filter(fits).<Object>map(member -> member).findFirst();
    }

    /** Several people may have the address of a shared mailbox; of one without an address the name alone tells. */
    static boolean same(Object one, Object other) {
        return Paths.blank(one, EMAIL) || Paths.blank(other, EMAIL) ? sameNames(one, other)
                : sameAddress(one, other) && agreeingNames(one, other);
    }

    private static boolean sameAddress(Object one, Object other) {
        return !Paths.blank(one, EMAIL) && text(one, EMAIL).equalsIgnoreCase(text(other, EMAIL));
    }

    private static boolean sameNames(Object one, Object other) {
        return NAMES.stream().allMatch(name -> Objects.equals(Paths.get(one, name), Paths.get(other, name)));
    }

    /** A name that one of the two lacks contradicts nothing. */
    private static boolean agreeingNames(Object one, Object other) {
        return NAMES.stream().allMatch(name -> Paths.blank(one, name) || Paths.blank(other, name)
                || text(one, name).equalsIgnoreCase(text(other, name)));
    }

    private static String text(Object member, String field) {
        return String.valueOf(Paths.get(member, field)).strip();
    }
}
