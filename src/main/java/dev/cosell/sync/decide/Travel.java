package dev.cosell.sync.decide;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.sync.decide.RowFinding.Outcome;
import dev.cosell.verbs.CrmRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether a change may go to the other side now, row by row, the status first. Built for one comparison. */
final class Travel {
    private final Referral referral;
    private final CrmRecord record;
    private final ReferralRules rules;
    private final Row status;
    private final Holds holds;
    private final Instant now;
    private final RowNotes notes;
    private boolean accepting;
    private boolean closing;
    private boolean losing;
    private boolean losingLater;
    private boolean askingForHelp;

    /** @param status the row that carries the deal's status; null for none */
    Travel(Referral referral, CrmRecord record, Row status, Holds holds, Instant now, RowNotes notes) {
        this.status = status;
        this.referral = referral;
        this.record = record;
        this.rules = referral.view();
        this.holds = holds;
        this.now = now;
        this.notes = notes;
    }

    /** @throws ConversionFault when the CRM knows no such value */
    void towardsCrm(RowSides sides, boolean bothMoved) {
        Row row = sides.row();
        if (!row.toCrmOnUpdate()) {
            notes.notSent();
        } else if (record.isReadOnly()) {
            Optional.ofNullable(referral.news(row.referralPaths(), sides.crmNow(), sides.referralNow()))
                    .ifPresent(notes::tell);
            notes.refused("the record is closed in the CRM and cannot be changed");
        } else if (record.computed(row.crmPaths()) != null) {
            notes.refused(record.computed(row.crmPaths()));
        } else if (sides.referralNow() == null && sides.isRequired(rules)) {
            notes.refused("a deal cannot be without it, so the CRM keeps what it has; enter it in Partner Center");
        } else if (holds.stops(Direction.TO_CRM)) {
            notes.waits(Outcome.STOPPED, sides.forCrm());
        } else {
            notes.toCrm(bothMoved);
            if (row == status && referral.isClosed()) {
                notes.closesCrm();
            }
        }
    }

    /** @throws ConversionFault when Partner Center knows no such value */
    void towardsReferral(RowSides sides, boolean bothMoved) {
        Row row = sides.row();
        if (!row.toReferralOnUpdate()) {
            notes.notSent();
        } else if (isReasonOfAWin(row)) {
            notes.waits(Outcome.WAITS, Map.of());
        } else if (referral.isClosed()) {
            notes.refused("the referral is closed in Partner Center, which is final; for further work create a new "
                    + "deal, by cloning the opportunity without its Referral Identifier");
        } else if (isStatus(row)) {
            moveStatus(sides, bothMoved);
        } else if (rules.waitsForHelp(referral.fields(), row.referralPaths()) && !askingForHelp && !losing) {
            waitForHelp();
        } else if (mayTravelNow(row)) {
            send(sides, bothMoved);
        } else if (losing) {
            notes.refused("the deal is declined in Partner Center, which is final, and takes no other change");
        } else {
            notes.waits(Outcome.WAITS, Map.of());
        }
    }

    private boolean isStatus(Row row) {
        return rules.isStatus(row.referralPaths());
    }

    /** A reason goes together with the loss; all else when the deal is accepted, or is being accepted now. */
    private boolean mayTravelNow(Row row) {
        return rules.isReason(row.referralPaths()) ? losing : !referral.isAwaitingAnswer() || accepting;
    }

    /** What is left in the field from an earlier loss, or was brought along by a copy, says nothing of a deal won. */
    private boolean isReasonOfAWin(Row row) {
        return rules.isReason(row.referralPaths()) && referral.isClosed() && referral.isWon();
    }

    private void send(RowSides sides, boolean bothMoved) {
        Map<String, Object> patch = sides.forReferral();
        String refusal = patch.entrySet().stream().map(change -> refusal(change.getKey(), change.getValue()))
                .filter(Objects::nonNull).findFirst().orElse(null);
        if (refusal != null) {
            notes.refused(refusal);
            return;
        }
        if (waits(patch)) {
            return;
        }
        if (losingLater && isNeedlessInLoss(patch)) {
            notes.waits(Outcome.WAITS, Map.of());
            return;
        }
        notes.toReferral(patch, bothMoved);
        askingForHelp |= rules.isHelp(sides.row().referralPaths());
    }

    /** The stage may still be set back; when the loss goes, the seller is told. */
    private boolean isNeedlessInLoss(Map<String, Object> patch) {
        return patch.entrySet().stream()
                .anyMatch(change -> referral.needlessInLoss(change.getKey(), change.getValue()) != null);
    }

    /** What a seller writes for Microsoft before asking for help goes along when help is asked for. */
    private void waitForHelp() {
        if (closing) {
            notes.refused("the deal is won without help from Microsoft, so Microsoft is told nothing of it");
        } else {
            notes.waits(Outcome.WAITS, Map.of());
        }
    }

    private String refusal(String path, Object value) {
        String never = referral.refusal(path, value);
        return never == null && losing ? referral.needlessInLoss(path, value) : never;
    }

    private void moveStatus(RowSides sides, boolean bothMoved) {
        ReferralRules.StatusMove move = referral.move(sides.forReferral());
        if (move instanceof ReferralRules.StatusMove.Refused refused) {
            notes.refused(refused.sentence());
        } else if (move instanceof ReferralRules.StatusMove.Allowed allowed && !allowed.patch().isEmpty()) {
            boolean closes = rules.closed(allowed.patch());
            boolean loses = closes && !rules.won(allowed.patch());
            if (waits(allowed.patch())) {
                losingLater = loses;
                return;
            }
            closing = closes;
            losing = loses;
            // A deal that is won was accepted first, so what was changed before travels with the acceptance and with
            // the win.
            accepting = referral.isAwaitingAnswer() && !loses;
            notes.toReferral(allowed.patch(), bothMoved);
            Optional.ofNullable(referral.caution(allowed.patch(), now)).ifPresent(notes::tell);
        }
    }

    private boolean waits(Map<String, Object> patch) {
        boolean held = holds.holds(patch);
        boolean waits = held || holds.stops(Direction.TO_PARTNER_CENTER);
        if (waits) {
            notes.waits(held ? Outcome.HELD : Outcome.STOPPED, patch);
        }
        return waits;
    }
}
