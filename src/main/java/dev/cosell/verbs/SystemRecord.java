package dev.cosell.verbs;

import java.time.Instant;
import java.util.Map;

/** A system's record as it was read once, together with the view that knows how to read it. Two of the same reading are equal. */
public interface SystemRecord {
    /** The record as its system gives it; never null. */
    Map<String, Object> fields();

    RecordView view();

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
