package dev.cosell.sandbox.dataverse;

import java.util.LinkedHashMap;
import java.util.Map;

/** Behaviour that differs between environments, or that is not documented, and what tests may want of it. */
final class Settings {
    private int expiredDeltaStatus;
    private boolean expireNextDelta;
    private boolean allowClosedWrites;
    private boolean refuseReadOnlyColumns;

    Settings() {
        reset();
    }

    void reset() {
        expiredDeltaStatus = 400;
        expireNextDelta = false;
        allowClosedWrites = false;
        refuseReadOnlyColumns = false;
    }

    void change(Map<String, Object> json) {
        expiredDeltaStatus = json.get("expiredDeltaStatus") instanceof Number status ? status.intValue() : expiredDeltaStatus;
        expireNextDelta = flag(json, "deltaExpired", expireNextDelta);
        allowClosedWrites = flag(json, "allowClosedWrites", allowClosedWrites);
        refuseReadOnlyColumns = flag(json, "refuseReadOnlyColumns", refuseReadOnlyColumns);
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

    boolean allowClosedWrites() {
        return allowClosedWrites;
    }

    /** Whether a read-only column in a body is an error; otherwise it is ignored. */
    boolean refuseReadOnlyColumns() {
        return refuseReadOnlyColumns;
    }
}
