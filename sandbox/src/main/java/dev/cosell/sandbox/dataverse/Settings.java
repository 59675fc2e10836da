package dev.cosell.sandbox.dataverse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Behaviour that differs between environments, or that is not documented, and what tests may want of it. */
final class Settings {
    private int expiredDeltaStatus;
    private boolean expireNextDelta;
    private boolean allowClosedWrites;
    private boolean refuseReadOnlyColumns;
    private boolean withoutApplicationUser;
    private boolean tracksInBatch;
    private boolean batchShowsFailureOnly;
    private int requestLimit;
    private int concurrencyLimit;
    private int executionLimit;
    private int throttled;
    private int retryAfter;
    private int webhookRetryMillis;
    private boolean closingUpdates;
    private boolean requireODataVersion;
    private List<?> ownRowsOnly;
    private Map<String, Object> described;

    Settings() {
        reset();
    }

    void reset() {
        expiredDeltaStatus = 400;
        expireNextDelta = false;
        allowClosedWrites = false;
        refuseReadOnlyColumns = false;
        withoutApplicationUser = false;
        tracksInBatch = true;
        batchShowsFailureOnly = false;
        requestLimit = 0;
        concurrencyLimit = 0;
        executionLimit = 0;
        throttled = 0;
        retryAfter = 1;
        webhookRetryMillis = 200;
        closingUpdates = false;
        requireODataVersion = false;
        ownRowsOnly = List.of();
        described = Map.of();
    }

    void change(Map<String, Object> json) {
        expiredDeltaStatus = number(json, "expiredDeltaStatus", expiredDeltaStatus);
        requestLimit = number(json, "requestLimit", requestLimit);
        concurrencyLimit = number(json, "concurrencyLimit", concurrencyLimit);
        executionLimit = number(json, "executionLimit", executionLimit);
        tracksInBatch = flag(json, "tracksInBatch", tracksInBatch);
        batchShowsFailureOnly = flag(json, "batchShowsFailureOnly", batchShowsFailureOnly);
        throttled = number(json, "throttled", throttled);
        retryAfter = number(json, "retryAfter", retryAfter);
        webhookRetryMillis = number(json, "webhookRetryMillis", webhookRetryMillis);
        closingUpdates = flag(json, "closingUpdates", closingUpdates);
        withoutApplicationUser = flag(json, "withoutApplicationUser", withoutApplicationUser);
        expireNextDelta = flag(json, "deltaExpired", expireNextDelta);
        allowClosedWrites = flag(json, "allowClosedWrites", allowClosedWrites);
        requireODataVersion = flag(json, "requireODataVersion", requireODataVersion);
        ownRowsOnly = json.get("ownRowsOnly") instanceof List<?> sets ? sets : ownRowsOnly;
        described = json.get("described") instanceof Map<?, ?> map ? named(map) : described;
        refuseReadOnlyColumns = flag(json, "refuseReadOnlyColumns", refuseReadOnlyColumns);
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(name.toString(), value));
        return named;
    }

    private static int number(Map<String, Object> json, String name, int otherwise) {
        return json.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    private static boolean flag(Map<String, Object> json, String name, boolean otherwise) {
        return json.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("expiredDeltaStatus", expiredDeltaStatus);
        json.put("deltaExpired", expireNextDelta);
        json.put("allowClosedWrites", allowClosedWrites);
        json.put("refuseReadOnlyColumns", refuseReadOnlyColumns);
        json.put("withoutApplicationUser", withoutApplicationUser);
        json.put("requestLimit", requestLimit);
        json.put("concurrencyLimit", concurrencyLimit);
        json.put("executionLimit", executionLimit);
        json.put("tracksInBatch", tracksInBatch);
        json.put("batchShowsFailureOnly", batchShowsFailureOnly);
        json.put("throttled", throttled);
        json.put("retryAfter", retryAfter);
        json.put("webhookRetryMillis", webhookRetryMillis);
        json.put("closingUpdates", closingUpdates);
        json.put("requireODataVersion", requireODataVersion);
        json.put("ownRowsOnly", ownRowsOnly);
        json.put("described", described);
        return json;
    }

    /** The HTTP status of an expired delta token is not documented; clients must take 400 and 410. */
    int expiredDeltaStatus() {
        return expiredDeltaStatus;
    }

    /** True once after it was asked for. */
    boolean takeExpiredDelta() {
        boolean expired = expireNextDelta;
        expireNextDelta = false;
        return expired;
    }

    /** Whether tokens are given to an application that has no user in the environment. */
    boolean withoutApplicationUser() {
        return withoutApplicationUser;
    }

    /** Requests that are let through within five minutes; 0 for no limit. */
    int requestLimit() {
        return requestLimit;
    }

    /** Calls at the same time of which the last is refused; 0 for no limit. */
    int concurrencyLimit() {
        return concurrencyLimit;
    }

    /** Seconds that the work on all calls may take within five minutes; 0 for no limit. */
    int executionLimit() {
        return executionLimit;
    }

    /** Whether a read inside of a batch may ask for tracked changes. */
    boolean tracksInBatch() {
        return tracksInBatch;
    }

    /** Whether a batch that stopped at a failure answers with that one alone, also where something was done before. */
    boolean batchShowsFailureOnly() {
        return batchShowsFailureOnly;
    }

    /**
     * Properties that the metadata API shows in place of the true ones; empty for none.
     *
     * @param of a table, or a table and a column with a point in between
     */
    Map<String, Object> described(String of) {
        return described.get(of) instanceof Map<?, ?> map ? named(map) : Map.of();
    }

    /** Whether a call that does not say which version of OData it speaks is refused. */
    boolean requireODataVersion() {
        return requireODataVersion;
    }

    /** Whether the application user's right to read a table is too little for its tracked changes. */
    boolean ownRowsOnly(Table table) {
        return ownRowsOnly.contains(table.set());
    }

    /** True as many times as calls shall be refused by the service protection limits. */
    boolean takeThrottled() {
        return throttled > 0 && throttled-- > 0;
    }

    /** Seconds that a call refused so is told to wait. */
    int retryAfter() {
        return retryAfter;
    }

    /** Pause before the one repetition of a delivery, at least 1. */
    int webhookRetryMillis() {
        return Math.max(1, webhookRetryMillis);
    }

    /** Whether steps on Update are told of a close too; Microsoft does not say. */
    boolean closingUpdates() {
        return closingUpdates;
    }

    boolean allowClosedWrites() {
        return allowClosedWrites;
    }

    /** Whether a read-only column in a body is an error; otherwise it is ignored. */
    boolean refuseReadOnlyColumns() {
        return refuseReadOnlyColumns;
    }
}
