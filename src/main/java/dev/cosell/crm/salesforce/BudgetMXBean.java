package dev.cosell.crm.salesforce;


/** What an operator sees of the calls that Salesforce still has for us. */
public interface BudgetMXBean {
    /**
     * {@code FREE}; {@code NEAR} the end, when polls run less often; {@code SPENT}, when nothing is called and changes
     * wait.
     */
    String getState();

    /** Our calls of today (UTC). */
    int getCallsToday();

    /** The budget of our own for a day; 0 for none. */
    int getDailyCalls();

    /** Calls of the whole organisation in the last 24 hours, as Salesforce told last; 0 before it has told. */
    long getOrganisationCalls();

    /** Calls that Salesforce allows the organisation in 24 hours; 0 before it has told. */
    long getOrganisationLimit();
}
