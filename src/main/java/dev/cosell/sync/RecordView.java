package dev.cosell.sync;

import java.time.Instant;
import java.util.Map;

/** How to read what the sync itself needs from a system's record, which is otherwise an open JSON map. */
public interface RecordView {
    /** The system's name in settings, queues and logs. */
    String system();

    String id(Map<String, Object> fields);

    /** Whatever the owning system changes on each write; compared for equality only. */
    String version(Map<String, Object> fields);

    /** When the record last changed by the owning system's clock; null when it does not say. */
    Instant modifiedAt(Map<String, Object> fields);
}
