package dev.cosell.sync;

/**
 * "Look at this record." Carries no data: whoever takes it reads both sides fresh.
 *
 * @param system  the system the record lives in
 * @param id      the record's id there
 * @param version the version that gave rise to the hint; null when it is not known, then the record is looked at in any case
 */
public record Hint(String system, String id, String version, Origin origin) {
    public enum Origin { WEBHOOK, POLL, SWEEP, RETRY }
}
