package dev.cosell.setup;

import java.util.List;

/** The set-up of one CRM, signed in. */
public interface CrmSetUp extends AutoCloseable {
    /** @param byHand what a person has to do because it is not as it has to be; empty when all is well */
    record Plan(List<Step> steps, List<String> byHand) {}

    /** Where this is and who does it, in a line. */
    String title();

    /** Looks at what is there and says what to do; changes nothing. */
    Plan plan();

    /** What a set-up never does and people always have to see to. */
    List<String> always();

    @Override
    void close();
}
