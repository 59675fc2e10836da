package dev.cosell.check;

/**
 * What a check found about one thing.
 *
 * @param where  the system, the CRM's object or the machine, such as {@code salesforce}
 * @param what   the thing that was looked at, such as {@code Opportunity.Amount}
 * @param said   how it is, in one sentence
 * @param remedy what a person does about it; empty unless something is to be done
 */
public record Finding(State state, String where, String what, String said, String remedy) {

    /** A warning needs nobody now; a fault keeps records, or a whole system, from being synced. */
    public enum State { OK, WARNING, FAULT }

    public static Finding ok(String where, String what, String said) {
        return new Finding(State.OK, where, what, said, "");
    }

    public static Finding warning(String where, String what, String said, String remedy) {
        return new Finding(State.WARNING, where, what, said, remedy);
    }

    public static Finding fault(String where, String what, String said, String remedy) {
        return new Finding(State.FAULT, where, what, said, remedy);
    }

    public boolean isFault() {
        return state == State.FAULT;
    }

    /** On one line, for logs. */
    public String line() {
        return where + ", " + what + ": " + told();
    }

    /** How it is and what to do about it. */
    public String told() {
        return said + (remedy.isEmpty() ? "" : ". " + remedy);
    }
}
