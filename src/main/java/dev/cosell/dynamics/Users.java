package dev.cosell.dynamics;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Rows of systemuser, of which not each is somebody who can be called. */
final class Users {
    private static final String DISABLED = "isdisabled";
    private static final String APPLICATION = "applicationid";

    private Users() {}

    /** Names of the mapped columns and of those that tell who is a person, with commas between. */
    static String columns(Set<String> mapped) {
        Set<String> names = new LinkedHashSet<>(mapped);
        names.add(DISABLED);
        names.add(APPLICATION);
        return String.join(",", names);
    }

    /** What a user is that is nobody to be called, with its article; null for a person. */
    static String noPerson(Map<String, Object> user) {
        if (user.get(APPLICATION) != null) {
            return "an application user";
        }
        return Boolean.TRUE.equals(user.get(DISABLED)) ? "a disabled user" : null;
    }
}
