package dev.cosell.verbs;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** A system's record as it was read once, together with the view that knows how to read it. */
public interface SystemRecord {
    /** The record as its system gives it; never null. */
    Map<String, Object> fields();

    RecordView view();

    /**
     * A record as a route holds it: the very one that was read, unless it was read again or stored since.
     *
     * @param read   null for none
     * @param fields null for none
     */
    static <T extends SystemRecord> T now(T read, Map<String, Object> fields, Function<Map<String, Object>, T> made) {
        return fields == null ? null : read != null && read.fields() == fields ? read : made.apply(fields);
    }

    default String system() {
        return view().system();
    }

    default String id() {
        return view().id(fields());
    }

    /** See {@link RecordView#version}. */
    default String version() {
        return view().version(fields());
    }

    /** See {@link RecordView#modifiedAt}. */
    default Instant modifiedAt() {
        return view().modifiedAt(fields());
    }

    /** See {@link RecordView#order(Map)}. */
    default Long order() {
        return view().order(fields());
    }
}
