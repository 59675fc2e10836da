package dev.cosell;

/** The part of the bean {@code hints} that a poll asks, of a queue that takes all. */
public final class AlwaysRoom {
    public boolean takesMore(String crm, boolean more) {
        return more;
    }
}
