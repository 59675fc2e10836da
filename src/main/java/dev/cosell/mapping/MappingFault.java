package dev.cosell.mapping;

import java.util.List;

/** A field table or value map that cannot be used. The message names every bad line, one a line. */
public final class MappingFault extends RuntimeException {
    private final List<String> faults;

    public MappingFault(String fault) {
        super(fault);
        this.faults = List.of(fault);
    }

    MappingFault(String heading, List<String> faults) {
        super(heading + "\n  " + String.join("\n  ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One sentence for each mistake; never empty. */
    public List<String> faults() {
        return faults;
    }
}
