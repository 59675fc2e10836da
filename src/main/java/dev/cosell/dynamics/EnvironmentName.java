package dev.cosell.dynamics;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** An environment has a second name with {@code api} after its first label, and links in its answers show either. */
public final class EnvironmentName {
    private EnvironmentName() {}

    /**
     * In small letters, which Entra's names have.
     *
     * @param authority host and port of an address
     */
    public static String plain(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst("^([^.@]+)\\.api\\.(?=crm)", "$1.");
    }

    /**
     * The address of an environment under its plain name, which is the one that Entra knows and under which people open
     * records.
     *
     * @param address under either name; one that has no host stays as it is
     */
    public static String plainAddress(String address) {
        String authority = URI.create(address).getRawAuthority();
        return authority == null ? address : address.replace("://" + authority, "://" + plain(authority));
    }

    /** Both names, or the one that there is. */
    public static Set<String> all(String authority) {
        String plain = plain(authority);
        return new TreeSet<>(List.of(plain, plain.replaceFirst("^([^.@]+)\\.(?=crm)", "$1.api.")));
    }
}
