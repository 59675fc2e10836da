package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldPath;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The customer's person of a lead, beside the one about whom the lead and its referral last agreed. That what is absent
 * clears nothing is meant for the fields of one record; another person has no part of the one before.
 *
 * @param table the lead's rows
 * @param base  what was last agreed on
 */
record LeadPerson(CompiledTable table, AgreedValues base) {
    private static final String GROUP = LeadDocument.PERSON + ".";
    private static final String EMAIL = GROUP + "email";
    private static final List<String> NAMES = List.of(GROUP + "firstName", GROUP + "lastName");

    /**
     * The referral as the lead table sees it. What another person than before does not have is empty there, and a
     * referral that does not speak of people says nothing of the person.
     */
    Referral shown(Referral referral) {
        Map<String, Object> document = LeadDocument.ofKnown(referral.fields());
        if (!LeadDocument.tellsPeople(referral.fields())) {
            document.remove(LeadDocument.PERSON);
        } else if (LeadDocument.person(referral.fields()).isEmpty() || isAnother(document)) {
            LeadDocument.withLastName(document);
            table.rows().stream().flatMap(row -> row.referralPaths().stream()).filter(path -> path.startsWith(GROUP))
                    .forEach(path -> emptied(document, path.split("\\.")));
        }
        return new Referral(document, referral.view());
    }

    /** Whoever has the same address is the same person, as Partner Center has no ids of people. */
    private boolean isAnother(Map<String, Object> document) {
        boolean sameAddress = about(EMAIL).anyMatch(row -> String.valueOf(now(row, document))
                .equalsIgnoreCase(String.valueOf(base.of(row).referral())));
        return !sameAddress && Stream.concat(Stream.of(EMAIL), NAMES.stream()).flatMap(this::about)
                .anyMatch(row -> now(row, document) != null && base.of(row).referralMoved(now(row, document)));
    }

    /** The rows with a field about which something was agreed. */
    private Stream<Row> about(String path) {
        return table.rows().stream().filter(row -> row.referralPaths().contains(path))
                .filter(row -> base.of(row) != null && base.of(row).referral() != null);
    }

    private static Object now(Row row, Map<String, Object> document) {
        Value value = row.referralValue(document);
        return value.hasContent() ? row.normalReferral(value) : null;
    }

    /** Groups on the way are copied: they are the referral's own. */
    private static void emptied(Map<String, Object> document, String[] path) {
        if (!new FieldPath(String.join(".", path)).read(document).isAbsent()) {
            return;
        }
        Map<String, Object> group = document;
        for (int i = 0; i < path.length - 1; i++) {
            Map<String, Object> inner = LeadDocument.copy(group.get(path[i]));
            group.put(path[i], inner);
            group = inner;
        }
        group.put(path[path.length - 1], null);
    }
}
