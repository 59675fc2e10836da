package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Partner Center left out of a change although it took the rest of it. The seller reads of such a row what would
 * have been said had the refusal been known before, and not that its value arrived.
 *
 * @param now the referral as it is after the change
 */
public record NotTaken(Decision decision, CompiledTable table, Map<String, Object> now) {

    /** The decision as it was carried out; the same when all of it was taken. */
    public Decision carriedOut() {
        Decision carriedOut = decision;
        for (Row row : table.rows()) {
            String why = decision.written().contains(row.name()) ? why(row) : null;
            carriedOut = why == null ? carriedOut : without(carriedOut, row, why);
        }
        return carriedOut;
    }

    private String why(Row row) {
        Referral before = decision.pair().referral();
        return row.referralPaths().stream().filter(decision.referralPatch()::containsKey)
                .map(path -> before.view().notTaken(before.fields(), now, path, decision.referralPatch().get(path)))
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    private Decision without(Decision so, Row row, String why) {
        Map<String, Object> patch = new LinkedHashMap<>(so.referralPatch());
        row.referralPaths().forEach(patch::remove);
        Agreed shown = Agreed.shown(row, now, so.pair().opportunity().fields());
        Map<String, Agreed> agreed = new HashMap<>(so.agreed().rows());
        agreed.put(row.name(), shown);
        List<String> written = so.written().stream().filter(name -> !name.equals(row.name())).toList();
        boolean help = so.pair().referral().view().isHelp(row.referralPaths());
        List<String> story = so.story().stream()
                .filter(sentence -> !FieldNews.isOf(sentence, row.name(), FieldNews.IN_PARTNER_CENTER)
                        && !(help && InvitedCustomer.isOf(sentence))).toList();
        List<Reason> problems = new ArrayList<>(so.problems());
        problems.addAll(Reason.all(Situation.REFUSED,
                List.of(FieldNews.stays(row.name(), shown.referral(), shown.crm(), why))));
        Situation situation = so.situation() == Situation.CHANGED && written.isEmpty() ? Situation.REFUSED
                : so.situation();
        return new Decision(so.pair(), situation, new Patches(patch, so.crmPatch(), new AgreedValues(agreed), written,
                so.patches().outcome()), story, problems, so.waits(), so.warnings(), so.mapping());
    }
}
