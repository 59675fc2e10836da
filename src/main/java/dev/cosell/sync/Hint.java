package dev.cosell.sync;

/**
 * "Look at this record": what webhook, poll, sweep and retry produce.
 *
 * @param version as {@link RecordView#version} would give it, or null when whoever hints does not know it
 */
public record Hint(String system, String id, String version, Origin origin) {
    public enum Origin { WEBHOOK, POLL, SWEEP, RETRY }
}
