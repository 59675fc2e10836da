package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A loss for which nobody gives a reason goes to Partner Center with one that stands in. The CRM keeps its empty field:
 * both values are agreed with the close, so that neither travels afterwards.
 */
final class WithReason {
    private WithReason() {}

    /** @param table the rows of the opportunity, of which one may carry the reason */
    static Merged of(Merged merge, CompiledTable table, Pair pair) {
        Map<String, Object> standIn = pair.referral().standInForReason(merge.referralPatch());
        if (standIn.isEmpty()) {
            return merge;
        }
        Map<String, Object> patch = new LinkedHashMap<>(merge.referralPatch());
        patch.putAll(standIn);
        List<String> written = new ArrayList<>(merge.written());
        table.rows().stream().filter(row -> pair.referral().view().isReason(row.referralPaths())).map(Row::name)
                .filter(name -> !written.contains(name)).forEach(written::add);
        List<String> story = new ArrayList<>(merge.story());
        standIn.values().forEach(reason -> story.add("no reason for the loss goes along from here, so " + reason
                + " is used in Partner Center"));
        return new Merged(patch, merge.crmPatch(), merge.agreed(), written, story, merge.refusals(), merge.undecided(),
                merge.faults(), merge.conflict(), merge.closesCrm());
    }
}
