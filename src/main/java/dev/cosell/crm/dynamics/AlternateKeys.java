package dev.cosell.crm.dynamics;

import dev.cosell.setup.Field;
import dev.cosell.setup.Gaps;
import dev.cosell.setup.Present.KeyState;
import dev.cosell.setup.Step;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes the alternate keys that are missing, and waits until Dataverse has built their indexes in the background. */
final class AlternateKeys {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAUSES = 900;

    private final Dataverse dataverse;
    private final DataversePresent looks;
    private final String solution;
    private final DataverseMetadata metadata;

    AlternateKeys(Dataverse dataverse, DataversePresent looks, String solution, DataverseMetadata metadata) {
        this.dataverse = dataverse;
        this.looks = looks;
        this.solution = solution;
        this.metadata = metadata;
    }

    /**
     * A key that is there is finished whoever made it; a new one needs the prefix of the solution's publisher.
     *
     * @param ours   whether a column has that prefix
     * @param byHand gets what a person has to do
     */
    List<Step> steps(Gaps gaps, Predicate<Field> ours, List<String> byHand) {
        List<Step> steps = new ArrayList<>();
        for (Field field : gaps.keys()) {
            KeyState state = looks.key(field);
            if (ours.test(field) || state != KeyState.NONE) {
                steps.add(step(field, state));
            } else if (!gaps.fields().contains(field)) {
                byHand.add("Create an alternate key on the one column " + field.fullName() + " in Power Apps (Tables, "
                        + field.table() + ", Keys): its prefix is not the one of the solution's publisher.");
            }
        }
        return steps;
    }

    private Step step(Field field, KeyState state) {
        String says = switch (state) {
            case BUILDING -> "Wait for the alternate key on " + field.fullName();
            case FAILED -> "Build the alternate key on " + field.fullName() + " anew";
            default -> "Create the alternate key on " + field.fullName() + " and wait until it is active";
        };
        return new Step(field.fullName() + " key",
                state == KeyState.NONE ? List.of(field.fullName(), DynamicsSetup.SOLUTION) : List.of(), says, () -> {
            make(field, state);
            await(field);
        });
    }

    private void make(Field field, KeyState state) {
        String what = "the alternate key on " + field.fullName();
        if (state == KeyState.NONE) {
            dataverse.write("POST", DynamicsSetup.table(field.table()) + "/Keys", solution, metadata.key(field), what);
        } else if (state == KeyState.FAILED) {
            dataverse.write("POST", "/ReactivateEntityKey", null,
                    Map.of("EntityLogicalName", field.table(), "EntityKeyLogicalName", looks.keyName(field)), what);
        }
    }

    private void await(Field field) {
        for (int i = 0; i < PAUSES; i++) {
            KeyState state = looks.key(field);
            if (state == KeyState.ACTIVE) {
                return;
            }
            if (state == KeyState.FAILED) {
                throw new Fault.Data("dynamics", Trouble.REFUSED,
                        "The index of the alternate key on " + field.fullName()
                                + " cannot be built, because several rows hold the"
                                + " same value. Clear the column in all of them but one");
            }
            Dataverse.pass(PAUSE);
        }
        throw new Fault.Data("dynamics", Trouble.REFUSED, "The alternate key on " + field.fullName()
                + " is still not active. Dataverse builds its index in the background");
    }
}
