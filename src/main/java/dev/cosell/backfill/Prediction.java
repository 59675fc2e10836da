package dev.cosell.backfill;

import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.RowFinding;
import dev.cosell.sync.steps.PreviewSteps.Foreseen;
import dev.cosell.text.Sentences;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a sync of one record would come to.
 *
 * @param reason     why it is faulty or left alone, or what it waits for, for people; empty for the other kinds
 * @param cause      the same for all records that share it
 * @param overwrites how many fields that have a value would get another one
 * @param closed     whether it agrees and is closed
 */
public record Prediction(Kind kind, String reason, String cause, int overwrites, boolean closed) {

    Prediction(Kind kind, String reason, String cause, int overwrites) {
        this(kind, reason, cause, overwrites, false);
    }

    static Prediction faulty(List<Reason> faults) {
        return of(Kind.FAULTY, faults);
    }

    /** Another sync is just at work on the record, and this one will find what is left to do. */
    static Prediction underWay(Fault taken) {
        return of(Kind.UPDATE, taken.faults());
    }

    private static Prediction of(Kind kind, List<Reason> reasons) {
        return new Prediction(kind, Sentences.joined(reasons),
                reasons.stream().map(Reason::key).distinct().sorted().collect(Collectors.joining(", ")), 0);
    }

    static Prediction of(Foreseen foreseen) {
        List<Reason> faults = new ArrayList<>(foreseen.explanation().faults());
        faults.addAll(foreseen.faults());
        Decision decision = foreseen.explanation().decision();
        Kind kind = decision == null || !faults.isEmpty() ? Kind.FAULTY
                : Kind.of(decision.action(), decision.situation().compared());
        if (kind == Kind.FAULTY) {
            faults.addAll(decision == null ? List.of() : decision.problems());
            return faulty(faults);
        }
        String left = kind == Kind.LEFT ? decision.situation().name() : "";
        Referral referral = decision.pair().referral();
        return new Prediction(kind, left, left,
                (int) foreseen.explanation().rows().stream().filter(Prediction::overwrites).count(),
                kind == Kind.EQUAL && referral != null && referral.isClosed());
    }

    private static boolean overwrites(RowFinding row) {
        return switch (row.outcome()) {
            case TO_CRM -> row.crm() != null;
            case TO_PARTNER_CENTER -> row.referral() != null;
            default -> false;
        };
    }
}
