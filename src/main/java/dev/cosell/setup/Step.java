package dev.cosell.setup;

import java.util.List;

/**
 * One thing to do in a CRM.
 *
 * @param makes what it makes, a word for {@code needs} of other steps
 * @param needs what other steps have to have made before; what is no step's is there already
 * @param says  what it does, such as "Create the field Opportunity.Audit__c"
 * @param atEnd whether it finishes what others have done: it runs when any of them has worked, and not otherwise
 */
public record Step(String makes, List<String> needs, String says, boolean atEnd, Work work) {

    public interface Work {
        /** @throws dev.cosell.verbs.Fault saying why it could not be done and what helps */
        void run();
    }

    public Step(String makes, List<String> needs, String says, Work work) {
        this(makes, needs, says, false, work);
    }
}
