package dev.cosell.operations;

import java.util.List;
import java.util.Map;

/**
 * What an operator sees of the sync as a whole and may do about it; each route has an MBean of Camel's own beside it.
 * Ids are taken in any usual spelling.
 */
public interface SyncMXBean {
    /** Of a list that may be long as many are shown, the oldest. */
    int SHOWN = 100;

    /** Hints not yet done, by CRM. */
    Map<String, Integer> getBacklog();

    /** Age of the oldest hint not yet done, of all CRMs; 0 when there is none. */
    long getOldestPendingSeconds();

    /** Number of links by {@code crm/STATE}. */
    Map<String, Integer> getLinksByState();

    int getParkedCount();

    /** The first hundred parked links: CRM, referral id, CRM id and the reason. */
    List<String> getParked();

    int getHeldCount();

    /**
     * The first hundred moves that wait, those for approval before those for a time: CRM, referral id, CRM id, and what
     * waits since or until when.
     */
    List<String> getHeld();

    int getApprovalsCount();

    /** The first hundred of those moves that wait until a person approves them. */
    List<String> getApprovals();

    int getDeadlinesCount();

    /**
     * The first hundred deadlines that were warned of and are not met yet: CRM, referral id, CRM id and what is to be
     * done.
     */
    List<String> getDeadlines();

    /** Lets everything go that is held back for a record, named by its referral id or CRM id. */
    String approve(String recordId);

    /** Why the last edit of a mapping was not taken over; empty when all is well. */
    String getMappingError();

    /**
     * Stops working on the hints of one CRM, or of {@code all}; they are still accepted and kept. Instances that share
     * a database all stop, within seconds, and those that start later do not begin.
     */
    String pause(String crm);

    String resume(String crm);

    /** Looks again at the parked links of a record, named by its referral id or CRM id. */
    String retryParked(String recordId);

    /**
     * A person's word on two records of which one is parked because the other is already joined: from now on these two
     * are one deal, and what either was joined with before is synced no more. Refused while the opportunity is being
     * shared with Partner Center: {@link #retryParked} goes on with that.
     *
     * @param crm name of the CRM, as in the settings
     */
    String join(String crm, String referralId, String crmId);

    /**
     * What was decided about a record, named by its referral id or CRM id: the last hundred entries of the audit,
     * newest first.
     */
    List<String> history(String recordId);

    /**
     * Erases what is kept of the people of a record, named by its referral id or CRM id, in all CRMs: texts of the
     * audit, the customer's name, the text of a lead of the marketplace, and the values of a deal or lead that is
     * synced no more. It is not made again. The answer says which values stay.
     */
    String forget(String recordId);

    /** Looks again at every parked link. */
    String retryAllParked();
}
