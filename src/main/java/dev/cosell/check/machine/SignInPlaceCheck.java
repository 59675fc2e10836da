package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.cluster.InstancesLook;
import dev.cosell.cluster.KnownInstance;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether instances that run together have one sign-in to Partner Center. Without a common key each keeps one of its
 * own in a file.
 */
public final class SignInPlaceCheck implements Check {
    private final boolean shared;
    private final Supplier<Optional<InstancesLook>> look;

    /**
     * @param shared whether the sign-in is kept in the database of all instances
     * @param look   empty when there are no instances, or nobody can tell
     */
    public SignInPlaceCheck(boolean shared, Supplier<Optional<InstancesLook>> look) {
        this.shared = shared;
        this.look = look;
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "sign-in";
    }

    @Override
    public List<Finding> look() {
        long live = shared ? 0 : look.get().stream().flatMap(seen -> seen.others().stream()).filter(KnownInstance::live)
                .count();
        return judged(live);
    }

    /** @param live how many instances */
    List<Finding> judged(long live) {
        if (shared || live < 2) {
            return List.of(Finding.ok(where(), what(), shared ? "kept in the database, for every instance"
                    : "kept in a file of this machine"));
        }
        return List.of(Finding.fault(where(), what(), live
                + " instances run, and each keeps its sign-in to Partner Center in a file of its own: ./cosell login"
                + " reaches one of them",
                "Set partner-center.sign-in-key to the same 32 random bytes for all (openssl rand -base64 32), start "
                        + "them again one"
                + " after the other, and sign in once more"));
    }
}
