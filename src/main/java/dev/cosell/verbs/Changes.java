package dev.cosell.verbs;

import java.util.List;
import java.util.Map;

/**
 * One page of what changed in a system since a position.
 *
 * @param changes  records that changed; repeats are allowed and harmless
 * @param position where the next read starts; stored only after every change is durably handed over
 * @param more     true when the next page is there to be read at once
 * @param records  the records as the page shows them, where it does: to be looked through, not to be synced
 */
public record Changes(List<Change> changes, String position, boolean more, List<Map<String, Object>> records) {
    public Changes {
        changes = List.copyOf(changes);
        records = List.copyOf(records);
    }

    /** A page of a system whose lists show no records. */
    public Changes(List<Change> changes, String position, boolean more) {
        this(changes, position, more, List.of());
    }

    /** What the poll of a CRM hands over for this page. */
    public List<Hint> hints(String system) {
        return changes.stream().map(change -> change.hint(system)).toList();
    }

    /**
     * @param version as {@link RecordView#version} would give it, or null when the read does not tell (a deleted
     * record)
     */
    public record Change(String id, String version) {
        private static final String PARTS = "parts:";

        /**
         * Rows that belong to the record changed, such as the solutions of an opportunity.
         *
         * @param version the record's own, when it changed too; else null
         */
        public static Change ofParts(String id, String version) {
            return new Change(id, PARTS + (version == null ? "" : version));
        }

        /** What the poll of a CRM hands over for this change. */
        public Hint hint(String system) {
            if (version == null || !version.startsWith(PARTS)) {
                return new Hint(system, id, version, Hint.Origin.POLL);
            }
            String own = version.substring(PARTS.length());
            return new Hint(system, id, own.isEmpty() ? null : own, Hint.Origin.PARTS);
        }
    }
}
