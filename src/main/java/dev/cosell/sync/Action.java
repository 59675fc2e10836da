package dev.cosell.sync;

/** What the sync route does about a pair; the route's {@code choice} branches on it and decides nothing itself. */
public enum Action { CREATE_OPPORTUNITY, CREATE_REFERRAL, UPDATE, CLOSE, NOTHING, PARK }
