package dev.cosell.verbs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which record a row that belongs to it hangs on, such as a solution row on its opportunity. Kept because a system that
 * reports a deleted row may tell no more than the row's own id.
 */
public interface PartRows {
    /**
     * Writes down where rows hang now.
     *
     * @param records by row id
     */
    void keep(String crm, Map<String, String> records);

    /**
     * The records that rows hung on when they were last kept, and that they no longer hang on. @param records by row
     * id, as they are now
     */
    List<String> left(String crm, Map<String, String> records);

    /** The record that a row hung on when it was last seen. */
    Optional<String> record(String crm, String row);

    /** Every record that a row is known of. */
    List<String> records(String crm);
}
