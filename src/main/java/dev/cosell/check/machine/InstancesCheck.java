package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.cluster.Divergence;
import dev.cosell.cluster.InstancesLook;
import dev.cosell.cluster.KnownInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether the instances that share the database have the same files under {@code routes/} and clocks that go
 * together, this machine's included.
 */
public final class InstancesCheck implements Check {
    private final Supplier<Optional<InstancesLook>> look;
    private final Duration clocksMayDiffer;

    /** @param look empty when there are no instances, or nobody can tell; another check says why */
    public InstancesCheck(Supplier<Optional<InstancesLook>> look, Duration clocksMayDiffer) {
        this.look = look;
        this.clocksMayDiffer = clocksMayDiffer;
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "instances";
    }

    @Override
    public List<Finding> look() {
        return look.get().map(this::judged).orElse(List.of());
    }

    List<Finding> judged(InstancesLook seen) {
        List<KnownInstance> clocks = new ArrayList<>(seen.others());
        clocks.add(seen.us("this machine"));
        List<Finding> findings = new ArrayList<>();
        Divergence.ofClocks(clocks, clocksMayDiffer).forEach(sentence -> findings.add(fault(sentence)));
        Divergence.ofRoutes(seen.others()).values().forEach(sentence -> findings.add(fault(sentence)));
        if (findings.isEmpty()) {
            String live = seen.others().stream().filter(KnownInstance::live).map(KnownInstance::name)
                    .collect(Collectors.joining(", "));
            findings.add(Finding.ok(where(), what(), live.isEmpty() ? "none runs at the moment"
                    : "run with the same routes and clocks: " + live));
        }
        return findings;
    }

    /** The sentence ends with what is to be done. */
    private Finding fault(String sentence) {
        int remedy = sentence.lastIndexOf(". ");
        return Finding.fault(where(), what(), sentence.substring(0, remedy), sentence.substring(remedy + 2));
    }
}
