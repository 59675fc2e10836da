package dev.cosell.sync;

/**
 * "Look at this record": what every source of changes produces. It carries no data of the record.
 *
 * @param version the version that was seen, as {@link RecordView#version} gives it; null when the source does not tell
 */
public record Hint(String system, String id, String version, Origin origin) {
    /** What noticed the change. */
    public enum Origin { WEBHOOK, POLL, SWEEP, RETRY }
}
