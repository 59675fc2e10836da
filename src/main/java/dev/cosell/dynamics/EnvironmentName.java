package dev.cosell.dynamics;

/** An environment has a second name with {@code api} after its first label, and links in its answers show either. */
public final class EnvironmentName {
    private EnvironmentName() {}

    /** @param authority host and port of an address */
    public static String plain(String authority) {
        return authority.replaceFirst("^([^.@]+)\\.api\\.(?=crm)", "$1.");
    }
}
