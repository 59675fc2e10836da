package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Wins;
import dev.cosell.sync.decide.RowFinding.Moved;
import dev.cosell.verbs.CrmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The three-way comparison of one referral, its opportunity and the values both last agreed on, row by row of the field
 * table. Pure: no clock, no calls. Built for one pair, asked once.
 */
final class Merge {
    private final CompiledTable table;
    private final Referral referral;
    private final CrmRecord record;
    private final AgreedValues base;
    private final ReferralRules rules;
    private final RowNotes notes;
    private final Travel travel;
    /** The row that carries the deal's status; null for none. */
    private final Row status;
    private final boolean endedApart;
    /** Which side wins a row because of another one; {@code NEITHER} when a person has to say. */
    private final Map<Row, Moved> tied = new HashMap<>();
    /** Null when the two differ in one of them at most. */
    private AmountAndCurrency both;
    /** Null when nobody listens. */
    private Consumer<RowFinding> findings;

    /** @param base agreed values of the link; empty when the two were never joined */
    Merge(CompiledTable table, Referral referral, CrmRecord record, AgreedValues base, Holds holds, Instant now) {
        this.table = table;
        this.referral = referral;
        this.record = record;
        this.base = base;
        this.rules = referral.view();
        this.notes = new RowNotes(referral, base);
        this.status = table.statusRow(rules::isStatus).orElse(null);
        this.endedApart = status != null && haveEndedApart();
        this.travel = new Travel(referral, record, status, holds, now, notes);
    }

    /** @param listener is told of each row */
    Merge telling(Consumer<RowFinding> listener) {
        findings = listener;
        return this;
    }

    Merged run() {
        // The status goes first: whether other fields may travel depends on whether the deal is being accepted. Then
        // help from Microsoft, because notes for Microsoft go along with it.
        List<Row> rows = new ArrayList<>(table.rows());
        rows.sort(Comparator.comparing((Row row) -> !isStatus(row))
                .thenComparing(row -> !rules.isHelp(row.referralPaths())));
        both = AmountAndCurrency.differing(table, referral, record, base);
        if (both != null) {
            tied.putAll(both.tied(this::moved, this::winner));
        }
        rows.forEach(this::look);
        return notes.merged();
    }

    private boolean isStatus(Row row) {
        return rules.isStatus(row.referralPaths());
    }

    private void look(Row row) {
        RowSides sides = RowSides.of(row, referral, record);
        notes.begin(sides);
        if (tied.containsKey(row)) {
            notes.tied();
        }
        Moved moved = compare(sides);
        if (findings != null) {
            findings.accept(notes.finding(moved));
        }
    }

    private Moved compare(RowSides sides) {
        Row row = sides.row();
        if (sides.showTheSame(record.decimals())) {
            notes.same();
            return Moved.NEITHER;
        }
        String kept = endedApart ? whyItsEndStays(row) : null;
        if (kept != null) {
            notes.refused(kept);
            return Moved.BOTH;
        }
        Moved moved = tied.containsKey(row) ? tied(row, moved(sides)) : moved(sides);
        notes.moved(moved);
        Moved winner = moved == Moved.BOTH ? policy(row) : moved;
        try {
            if (winner == Moved.PARTNER_CENTER) {
                travel.towardsCrm(sides, moved == Moved.BOTH);
            } else if (winner == Moved.CRM) {
                travel.towardsReferral(sides, moved == Moved.BOTH);
            }
        } catch (ConversionFault fault) {
            if (fault.isLeftOut()) {
                notes.refused(fault.getMessage());
            } else {
                notes.faulty(fault);
            }
        }
        if (moved == Moved.BOTH) {
            notes.lost(winner);
        }
        return moved;
    }

    /** What nobody has changed goes along with the row to which it is tied; what somebody has loses to that. */
    private Moved tied(Row row, Moved alone) {
        return alone == Moved.NEITHER ? tied.get(row) : Moved.BOTH;
    }

    /**
     * Whether the two never agreed on a status, and both are closed, each with another end. Nobody knows then which is
     * right, and an end that is written over another one is lost.
     */
    private boolean haveEndedApart() {
        return neverAgreed(status) && status.toReferralOnUpdate() && status.toCrmOnUpdate() && referral.isClosed()
                && new StatusInCrm(rules, table, record).isClosed()
                && !RowSides.of(status, referral, record).showTheSame(record.decimals());
    }

    /** Null for a row that says nothing of how the deal has ended. */
    private String whyItsEndStays(Row row) {
        if (row == status) {
            return "both are closed, each with another end; neither is changed";
        }
        return row.toCrmOnUpdate() && rules.isReason(row.referralPaths())
                ? "it is the reason of an end that the other side does not have" : null;
    }

    private Moved moved(RowSides sides) {
        if (sides.showTheSame(record.decimals())) {
            return Moved.NEITHER;
        }
        return hasEndedInCrmAlone(sides.row()) ? Moved.CRM : sides.since(base, sides.isRequired(rules));
    }

    /**
     * Whether the two never agreed on a status, and the CRM's record is closed while the referral is open. Nobody knows
     * then which came last, but a deal is open first and closed at last.
     */
    private boolean hasEndedInCrmAlone(Row row) {
        return neverAgreed(row) && hasEndedInCrm(row);
    }

    /** Of the status, which no side shows as empty: a write of it may have been noted all the same. */
    private boolean neverAgreed(Row row) {
        Agreed known = base.of(row);
        return known == null || known.referral() == null && known.crm() == null;
    }

    private boolean hasEndedInCrm(Row row) {
        return isStatus(row) && row.toReferralOnUpdate() && !referral.isClosed()
                && new StatusInCrm(rules, table, record).isClosed();
    }

    private Moved policy(Row row) {
        Moved winner = winner(row);
        if (winner == Moved.NEITHER) {
            notes.undecided(tied.containsKey(row) ? both.undecided(row, this::moved) : Undecided.alone(row.name()));
        }
        return winner;
    }

    /** Which side wins when both have moved; {@code NEITHER} when a person has to say. */
    private Moved winner(Row row) {
        if (tied.containsKey(row)) {
            return tied.get(row);
        }
        if (record.computed(row.crmPaths()) != null) {
            return Moved.CRM;
        }
        if (row.wins() == Wins.PARK) {
            return Moved.NEITHER;
        }
        // A closed record that takes no change would stay closed beside an open referral, whatever the row says.
        if (record.isReadOnly() && hasEndedInCrm(row)) {
            return Moved.CRM;
        }
        boolean referralWins = row.wins() == Wins.PARTNER_CENTER
                || row.wins() == Wins.NEWEST && referral.isNewerThan(record);
        return referralWins ? Moved.PARTNER_CENTER : Moved.CRM;
    }
}
