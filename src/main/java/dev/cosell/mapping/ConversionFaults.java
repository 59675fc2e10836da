package dev.cosell.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** All values of one record that have no counterpart on the other side. */
public final class ConversionFaults extends RuntimeException {
    private final transient List<ConversionFault> faults;

    ConversionFaults(List<ConversionFault> faults) {
        super(faults.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** One for each value; never empty. */
    public List<ConversionFault> faults() {
        return faults;
    }

    /** The same as sentences. */
    public List<String> sentences() {
        return faults.stream().map(Throwable::getMessage).toList();
    }
}
