package dev.cosell.state;

/** Moments by the database's clock, which instances have in common; each takes one parameter, in milliseconds. */
public final class DatabaseTime {
    private static final String LENGTH = "CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

    public static final String LATER = "CURRENT_TIMESTAMP + " + LENGTH;
    public static final String EARLIER = "CURRENT_TIMESTAMP - " + LENGTH;

    private DatabaseTime() {}
}
