package dev.cosell.backfill;

import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.RowFinding;
import dev.cosell.sync.steps.PreviewSteps.Foreseen;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sync of one record would come to.
 *
 * @param reason     why it is faulty or left alone, for people; empty for the other kinds
 * @param overwrites how many fields that have a value would get another one
 */
public record Prediction(Kind kind, String reason, int overwrites) {

    static Prediction faulty(List<String> faults) {
        return new Prediction(Kind.FAULTY, String.join("; ", faults), 0);
    }

    static Prediction of(Foreseen foreseen) {
        List<String> faults = new ArrayList<>(foreseen.explanation().faults());
        faults.addAll(foreseen.faults());
        Decision decision = foreseen.explanation().decision();
        Kind kind = decision == null || !faults.isEmpty() ? Kind.FAULTY
                : Kind.of(decision.action(), decision.situation().compared());
        if (kind == Kind.FAULTY) {
            faults.addAll(decision == null ? List.of() : decision.problems());
            return faulty(faults);
        }
        return new Prediction(kind, kind == Kind.LEFT ? decision.situation().name() : "",
                (int) foreseen.explanation().rows().stream().filter(Prediction::overwrites).count());
    }

    private static boolean overwrites(RowFinding row) {
        return switch (row.outcome()) {
            case TO_CRM -> row.crm() != null;
            case TO_PARTNER_CENTER -> row.referral() != null;
            default -> false;
        };
    }
}
