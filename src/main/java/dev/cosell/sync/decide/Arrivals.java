package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What arrived in Partner Center although its sync did not come to its end, of a pair that is not compared any more: no
 * comparison will tell of it.
 *
 * @param sentences for the audit
 * @param agreed    what both agree on once it was told, so that it is told once; empty when there was nothing to tell
 */
record Arrivals(List<String> sentences, AgreedValues agreed) {
    private static final Arrivals NONE = new Arrivals(List.of(), AgreedValues.NONE);

    static Arrivals of(CompiledTable table, Pair pair) {
        if (pair.link() == null || pair.link().isLead() || pair.referral() == null) {
            return NONE;
        }
        List<String> sentences = new ArrayList<>();
        Map<String, Agreed> agreed = new LinkedHashMap<>(pair.link().agreed().rows());
        for (Row row : table.rows()) {
            Agreed noted = pair.link().agreed().of(row);
            Object now = row.normalReferral(row.referralValue(pair.referral().fields()));
            List<String> arrived = FieldNews.arrived(row.name(), noted, now);
            if (!arrived.isEmpty()) {
                sentences.addAll(arrived);
                agreed.put(row.name(), noted.told(now));
            }
        }
        return sentences.isEmpty() ? NONE : new Arrivals(sentences, new AgreedValues(agreed));
    }

    Decision decision(Pair pair, Situation situation) {
        Patches patches = new Patches(Map.of(), Map.of(), agreed, List.of(), null);
        return new Decision(pair, situation, patches, sentences, List.of(), Waits.NONE, List.of(), null);
    }
}
