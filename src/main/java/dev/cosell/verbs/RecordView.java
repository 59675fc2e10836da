package dev.cosell.verbs;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How to read what the sync itself needs from a system's record, which is otherwise an open JSON map. */
public interface RecordView {
    /** The system's name in settings, queues and logs. */
    String system();

    String id(Map<String, Object> fields);

    /** Whatever the owning system changes on each write; compared for equality only. */
    String version(Map<String, Object> fields);

    /** When the record last changed by the owning system's clock; null when it does not say. */
    Instant modifiedAt(Map<String, Object> fields);

    /**
     * Where the record stands in the order of its own versions: a smaller number than that of an earlier read shows an
     * old state. Null when the owning system does not say.
     */
    default Long order(Map<String, Object> fields) {
        Instant at = modifiedAt(fields);
        return at == null ? null : micros(at);
    }

    /** The order of a record that changed at that time, where its system tells times and no other order. */
    static long micros(Instant at) {
        return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000;
    }

    /** {@link #order(Map)} of the record at that version; null when a version does not tell. */
    default Long order(String version) {
        return null;
    }
}
