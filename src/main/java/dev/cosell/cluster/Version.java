package dev.cosell.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A released version of this product, such as 1.4.2. */
public record Version(int major, int minor, int patch) {
    /** The one that is running. */
    public static final String OURS = "0.2.0";

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

    /** @throws IllegalArgumentException when it is none */
    public static Version of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text + " is no version");
        }
        return new Version(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
    }

    /**
     * Whether both may run on one database for the length of a roll-out: their minor versions are the same or
     * neighbours.
     */
    public boolean isWithinAStepOf(Version other) {
        return major == other.major && Math.abs(minor - other.minor) <= 1;
    }
}
