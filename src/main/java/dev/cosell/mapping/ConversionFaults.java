package dev.cosell.mapping;

import java.util.List;

/** All values of one record that have no counterpart on the other side. */
public final class ConversionFaults extends RuntimeException {
    private final List<String> faults;

    ConversionFaults(List<String> faults) {
        super(String.join("; ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** One sentence for each value; never empty. */
    public List<String> faults() {
        return faults;
    }
}
