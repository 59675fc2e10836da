package dev.cosell.crm.salesforce;


/** What an operator sees of the event stream of Salesforce. Times are ISO 8601 in UTC. */
public interface StreamingMXBean {
    /** One sentence about whether events come. */
    String getState();

    /** Since when that is so. */
    String getSince();

    /** What a person must look at; empty when all is well. */
    String getAlarm();

    /** When the last event came; empty when none has since the start. */
    String getLastEvent();

    /** The replay id up to which events are handed over; empty when none has come yet. */
    String getReplayPosition();

    /** How often the client was made anew. */
    int getRebuilds();

    /** Changes that a poll found and no event announced, since the start. */
    int getMissedChanges();
}
