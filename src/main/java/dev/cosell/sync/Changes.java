package dev.cosell.sync;

import java.util.List;

/**
 * One page of what changed in a system since a position.
 *
 * @param changes  records that changed; repeats are allowed and harmless
 * @param position where the next read starts; stored only after every change is durably handed over
 * @param more     true when the next page is there to be read at once
 */
public record Changes(List<Change> changes, String position, boolean more) {
    public Changes {
        changes = List.copyOf(changes);
    }

    /** @param version as {@link RecordView#version} would give it, or null when the read does not tell (a deleted record) */
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
