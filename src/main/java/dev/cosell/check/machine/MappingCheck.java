package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.util.List;
import java.util.function.Supplier;

/** Whether the files under {@code routes/} can be used as they are. */
public final class MappingCheck implements Check {
    private final Supplier<String> fault;

    /** @param fault what is wrong with them; empty when all is well */
    public MappingCheck(Supplier<String> fault) {
        this.fault = fault;
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "routes and mapping";
    }

    @Override
    public List<Finding> look() {
        String wrong = fault.get();
        return List.of(wrong.isEmpty() ? Finding.ok(where(), what(), "the files can be used")
                : Finding.fault(where(), what(), wrong,
                        "Correct the line in the file; docs/mapping.md has the grammar"));
    }
}
