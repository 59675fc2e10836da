package dev.cosell.sync.steps;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.Intents;
import dev.cosell.verbs.Fault;

/**
 * The steps around a create that must not happen twice. One that fails without an answer stays begun, and the next
 * attempt looks first.
 */
public final class AttemptSteps {
    private final Intents intents;

    public AttemptSteps(Intents intents) {
        this.intents = intents;
    }

    /** Before the create, and before anything that depends on whether there was an earlier one. */
    public Attempt begin(String system, String key) {
        return intents.begin(system, key);
    }

    /**
     * To be asked directly before the create, when all waiting for it is over.
     *
     * @return false when this process waited, or stood still, for so long that another attempt was begun; nothing is to
     *     be sent then
     */
    public boolean confirm(Attempt attempt) {
        return intents.confirm(attempt);
    }

    /** When all that follows from the create is done. */
    public void end(Attempt attempt) {
        intents.done(attempt);
    }

    /**
     * Instead of the end, after a refusal. When this was the first attempt and nothing was made, there is nothing to
     * look for.
     *
     * @param made what this attempt has made or found so far; null for nothing
     * @throws Fault always: the one that refused
     */
    public void refused(Attempt attempt, Object made, Fault refusal) {
        if (!attempt.retry() && made == null) {
            intents.undone(attempt);
        }
        throw refusal;
    }
}
