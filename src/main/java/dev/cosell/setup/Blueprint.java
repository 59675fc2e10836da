package dev.cosell.setup;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the sync needs in a CRM, by the names of the settings and of the mapping.
 *
 * @param tables  the tables that are synced
 * @param fields  custom fields on them
 * @param unknown custom fields of the mapping whose type nobody can tell
 * @param stages  stages that the deal's status is written as; empty where a status is no text
 */
public record Blueprint(List<String> tables, List<Field> fields, ChildTable solutions, List<Unknown> unknown,
        Set<String> stages) {
    private static final int ID = 100;
    private static final int AUDIT = 100_000;

    /**
     * @param referralField the Partner Center field of its row
     * @param written       whether the sync writes it, and does not only read it
     */
    public record Unknown(String table, String name, String referralField, boolean written) {
        private static Unknown of(String table, String name, Row row) {
            return new Unknown(table, name, String.join(" + ", row.referralPaths()),
                    row.toCrmOnCreate() || row.toCrmOnUpdate());
        }

        public String fullName() {
            return table + "." + name;
        }

        /** The same field of two rows, the first of which says what it is for. */
        private Unknown and(Unknown other) {
            return other.written && !written ? other : this;
        }
    }

    /** @param leads whether leads are synced, too */
    public static Blueprint of(CrmNames names, CrmMapping mapping, boolean leads) {
        Map<String, Field> fields = new LinkedHashMap<>();
        own(names, leads).stream().filter(field -> names.isCustom(field.name()))
                .forEach(field -> fields.putIfAbsent(field.id(), field));
        Map<String, Unknown> unknown = new LinkedHashMap<>();
        add(names, names.opportunity(), mapping.opportunity(), fields, unknown);
        if (mapping.won() != null) {
            add(names, names.opportunity(), mapping.won(), fields, unknown);
        }
        if (leads) {
            add(names, names.lead(), mapping.lead(), fields, unknown);
        }
        add(names, names.account(), mapping.account(), fields, unknown);
        add(names, names.contact(), mapping.contact(), fields, unknown);
        if (mapping.team() != null) {
            add(names, names.team(), mapping.team(), fields, unknown);
        }
        return new Blueprint(names.tables(leads), List.copyOf(fields.values()), names.solutions(),
                List.copyOf(unknown.values()), stages(names, mapping.opportunity()));
    }

    private static List<Field> own(CrmNames names, boolean leads) {
        String deal = names.opportunity();
        List<Field> own = new ArrayList<>(List.of(
                Field.of(deal, names.sync(), Kind.SWITCH, 0, "Sync with Partner Center",
                        "Yes shares this opportunity with Microsoft Partner Center."),
                referralId(deal, names.referralId()),
                Field.of(deal, names.referralLink(), Kind.LINK, names.linkLength(), "Referral Link",
                        "The deal in Partner Center. Filled by the sync."),
                audit(deal, names.audit())));
        if (leads) {
            own.add(referralId(names.lead(), names.leadReferralId()));
            own.add(audit(names.lead(), names.leadAudit()));
        }
        return own;
    }

    private static Field referralId(String table, String name) {
        return Field.of(table, name, Kind.TEXT, ID, "Referral Identifier",
                "The id in Partner Center. Filled by the sync; do not edit it.").asKey();
    }

    private static Field audit(String table, String name) {
        return Field.of(table, name, Kind.LONG_TEXT, AUDIT, "Audit",
                "What the sync did and what it could not do. Filled by the sync.");
    }

    private static void add(CrmNames names, String table, CompiledTable rows, Map<String, Field> fields,
            Map<String, Unknown> unknown) {
        for (Row row : rows.rows()) {
            Field known = KnownFields.of(table, row, names.numberedChoices());
            for (String path : row.crmPaths()) {
                if (!names.isCustom(path) || fields.containsKey(Field.id(table, path))) {
                    continue;
                }
                if (known != null) {
                    fields.put(known.id(), known);
                } else {
                    unknown.merge(Field.id(table, path), Unknown.of(table, path, row), Unknown::and);
                }
            }
        }
    }

    private static Set<String> stages(CrmNames names, CompiledTable opportunity) {
        return opportunity.statusRow(List.of("status", "substatus")::equals)
                .filter(row -> row.crmPaths().size() == 1 && !names.isCustom(row.crmPaths().get(0)))
                .map(Blueprint::stages).orElse(Set.of());
    }

    private static Set<String> stages(Row status) {
        Set<String> stages = new LinkedHashSet<>();
        for (List<String> each : List.of(List.of("New", "Pending"), List.of("New", "Received"),
                List.of("Active", "Accepted"), List.of("Closed", "Won"), List.of("Closed", "Lost"))) {
            if (KnownFields.written(status, Value.of(each)) instanceof String stage) {
                stages.add(stage);
            }
        }
        return stages;
    }
}
