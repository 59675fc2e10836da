package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether the files under {@code routes/} can be used as they are. */
public final class MappingCheck implements Check {
    private final Supplier<String> fault;
    private final Supplier<List<String>> wiring;
    private final Supplier<List<String>> lacking;
    private final String remedy;

    /**
     * @param fault   what is wrong with them; empty when all is well
     * @param wiring  what does not go together, a sentence each that says what to do
     * @param lacking what they lack of this release, a sentence each
     * @param remedy  what a person does about such a sentence
     */
    public MappingCheck(Supplier<String> fault, Supplier<List<String>> wiring, Supplier<List<String>> lacking,
            String remedy) {
        this.fault = fault;
        this.wiring = wiring;
        this.lacking = lacking;
        this.remedy = remedy;
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
        List<Finding> findings = new ArrayList<>();
        if (!wrong.isEmpty()) {
            findings.add(Finding.fault(where(), what(), wrong,
                    "Correct the line in the file; docs/mapping.md has the grammar"));
        }
        wiring.get().forEach(sentence -> findings.add(Finding.fault(where(), what(), sentence, "")));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(where(), what(), "the files can be used"));
        }
        lacking.get().forEach(sentence -> findings.add(Finding.warning(where(), what(), sentence, remedy)));
        return findings;
    }
}
