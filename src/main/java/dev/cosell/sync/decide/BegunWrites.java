package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that are being written to one side, of which nobody can say yet whether they arrived. */
public final class BegunWrites {
    private BegunWrites() {}

    /** What the link says while the writes of a decision are under way. */
    public static Map<String, Object> agreed(Decision decision, CompiledTable table) {
        Map<String, Object> referralPatch = nested(decision.referralPatch());
        Map<String, Object> agreed = new HashMap<>(decision.pair().link().agreed());
        for (Row row : table.rows()) {
            if (decision.written().contains(row.name())) {
                agreed.put(row.name(), withWrite(row, agreed.get(row.name()), referralPatch, decision.crmPatch()));
            }
        }
        return agreed;
    }

    private static Map<String, Object> withWrite(Row row, Object before, Map<String, Object> referralPatch, Map<String, Object> crmPatch) {
        Map<String, Object> values = new HashMap<>();
        if (before instanceof Map<?, ?> known) {
            known.forEach((side, value) -> values.put(side.toString(), value));
        }
        var toReferral = row.referralValue(referralPatch);
        var toCrm = row.crmValue(crmPatch);
        if (!toReferral.isAbsent()) {
            values.put(Merge.REFERRAL_VALUE + Merge.BEING_WRITTEN, row.normalReferral(toReferral));
        } else if (!toCrm.isAbsent()) {
            values.put(Merge.CRM_VALUE + Merge.BEING_WRITTEN, row.normalCrm(toCrm));
        }
        return values;
    }

    /** A patch with dotted paths as the document it stands for. */
    private static Map<String, Object> nested(Map<String, Object> patch) {
        Map<String, Object> document = new LinkedHashMap<>();
        patch.forEach((path, value) -> put(document, path, value));
        return document;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> group, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            group.put(path, value);
        } else {
            put((Map<String, Object>) group.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<String, Object>()),
                    path.substring(dot + 1), value);
        }
    }
}
