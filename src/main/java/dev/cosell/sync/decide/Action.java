package dev.cosell.sync.decide;

/** What the sync route does about a pair; the route's {@code choice} branches on it and decides nothing itself. */
public enum Action { CREATE_OPPORTUNITY, CREATE_REFERRAL, UPDATE, CLOSE, NOTHING, PARK,
    /** The opportunity is told why nothing else is done; nothing of it is compared. */
    TELL,
    /** The CRM's lead has to be read before anything can be said. */
    LEAD, CREATE_LEAD, UPDATE_LEAD,
    /** The lead was accepted: it becomes an opportunity. */
    ACCEPT_LEAD }
