package dev.cosell.http;

import dev.cosell.verbs.Fault;

/**
 * An answer that is not the system's own, such as the page of a gateway that asks for a sign-in. It says nothing of a
 * record: not that there is none, nor that it is empty, nor that it was written.
 */
public final class StrangeAnswer {
    private StrangeAnswer() {}

    /** @param how what was seen instead, as in "with something that is no JSON" */
    public static Fault.ServerError fault(String system, String how) {
        return Fault.ServerError.strange(system, system + " answered " + how
                + "; something in between may have answered in its place");
    }
}
