package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Wins;
import dev.cosell.sync.decide.RowFinding.Moved;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The three-way comparison of one referral, its opportunity and the values both last agreed on, row by row of the field
 * table. Pure: no clock, no calls. Built for one pair, asked once.
 */
final class Merge {
    /** What is decided about a row and not done yet. */
    private static final Set<RowFinding.Outcome> OPEN = EnumSet.of(RowFinding.Outcome.WAITS, RowFinding.Outcome.HELD,
            RowFinding.Outcome.STOPPED);

    private final CompiledTable table;
    private final Referral referral;
    private final CrmRecord record;
    private final AgreedValues base;
    private final ReferralRules rules;
    private final Holds holds;
    private final Instant now;
    private final Map<String, Object> referralPatch = new LinkedHashMap<>();
    private final Map<String, Object> crmPatch = new LinkedHashMap<>();
    private final Map<String, Agreed> agreed = new HashMap<>();
    private final List<String> written = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();
    private final List<Reason> faults = new ArrayList<>();
    /** Of the row that is looked at. */
    private final List<String> said = new ArrayList<>();
    /** Null when nobody listens. */
    private Consumer<RowFinding> findings;
    private RowFinding.Outcome outcome;
    private Map<String, Object> patched;
    private boolean conflict;
    private boolean closesCrm;
    private boolean accepting;
    private boolean closing;

    /** @param base agreed values of the link; empty when the two were never joined */
    Merge(CompiledTable table, Referral referral, CrmRecord record, AgreedValues base, Holds holds, Instant now) {
        this.table = table;
        this.referral = referral;
        this.record = record;
        this.base = base;
        this.rules = referral.view();
        this.holds = holds;
        this.now = now;
    }

    /** @param listener is told of each row */
    Merge telling(Consumer<RowFinding> listener) {
        findings = listener;
        return this;
    }

    Merged run() {
        // The status goes first: whether other fields may travel depends on whether the deal is being accepted.
        table.rows().stream().filter(this::isStatus).forEach(this::look);
        table.rows().stream().filter(row -> !isStatus(row)).forEach(this::look);
        return new Merged(referralPatch, crmPatch, new AgreedValues(agreed), written, story, refusals, undecided,
                faults, conflict, closesCrm);
    }

    private boolean isStatus(Row row) {
        return rules.isStatus(row.referralPaths());
    }

    private void look(Row row) {
        RowSides sides = RowSides.of(row, referral, record);
        outcome = RowFinding.Outcome.STAYS;
        patched = Map.of();
        said.clear();
        Moved moved = compare(sides);
        if (findings != null) {
            findings.accept(sides.finding(base, moved, outcome, patched, said));
        }
    }

    private void say(List<String> where, String sentence) {
        where.add(sentence);
        said.add(sentence);
    }

    private Moved compare(RowSides sides) {
        Row row = sides.row();
        if (sides.showTheSame(record.decimals())) {
            tellOfArrival(sides);
            agreed.put(row.name(), sides.agreed());
            outcome = RowFinding.Outcome.SAME;
            return Moved.NEITHER;
        }
        Moved moved = hasEndedInCrmAlone(row) ? Moved.CRM : sides.since(base, sides.isRequired(rules));
        conflict |= moved == Moved.BOTH;
        if (base.of(row) != null) {
            agreed.put(row.name(), base.of(row));
        }
        Moved winner = moved == Moved.BOTH ? policy(row) : moved;
        try {
            if (winner == Moved.PARTNER_CENTER) {
                towardsCrm(sides, moved == Moved.BOTH);
            } else if (winner == Moved.CRM) {
                towardsReferral(sides, moved == Moved.BOTH);
            }
        } catch (ConversionFault fault) {
            if (fault.isLeftOut()) {
                refuse(sides, fault.getMessage());
            } else {
                outcome = RowFinding.Outcome.FAULTY;
                faults.add(ValueCause.reason(fault));
                said.add(fault.getMessage());
            }
        }
        if (moved == Moved.BOTH && OPEN.contains(outcome)) {
            agreed.put(row.name(), sides.without(winner, base.of(row)));
        }
        return moved;
    }

    /** A write to Partner Center whose sync did not come to its end was told by nobody yet. */
    private void tellOfArrival(RowSides sides) {
        if (base.isOurReferral(sides.row(), sides.referralNow())) {
            say(story, FieldNews.travels(sides.row().name(), "in Partner Center", base.of(sides.row()).referral(),
                    sides.referralNow()));
        }
    }

    /**
     * Whether the two never agreed on a status, and the CRM's record is closed while the referral is open. Nobody knows
     * then which came last, but a deal is open first and closed at last.
     */
    private boolean hasEndedInCrmAlone(Row row) {
        return base.of(row) == null && isStatus(row) && row.toReferralOnUpdate() && !referral.isClosed()
                && new StatusInCrm(rules, table, record).isClosed();
    }

    private Moved policy(Row row) {
        if (record.computed(row.crmPaths()) != null) {
            return Moved.CRM;
        }
        if (row.wins() == Wins.PARK) {
            outcome = RowFinding.Outcome.UNDECIDED;
            undecided.add(row.name());
            return Moved.NEITHER;
        }
        boolean referralWins = row.wins() == Wins.PARTNER_CENTER
                || row.wins() == Wins.NEWEST && referral.isNewerThan(record);
        return referralWins ? Moved.PARTNER_CENTER : Moved.CRM;
    }

    private void towardsCrm(RowSides sides, boolean bothMoved) {
        Row row = sides.row();
        if (!row.toCrmOnUpdate()) {
            keep(sides);
            return;
        }
        if (record.isReadOnly()) {
            Optional.ofNullable(referral.news(row.referralPaths(), sides.crmNow(), sides.referralNow()))
                    .ifPresent(news -> say(story, news));
            refuse(sides, "the record is closed in the CRM and cannot be changed");
            return;
        }
        if (record.computed(row.crmPaths()) != null) {
            refuse(sides, record.computed(row.crmPaths()));
            return;
        }
        if (sides.referralNow() == null && sides.isRequired(rules)) {
            refuse(sides, "a deal cannot be without it, so the CRM keeps what it has; enter it in Partner Center");
            return;
        }
        if (holds.stops(Direction.TO_CRM)) {
            goes(RowFinding.Outcome.STOPPED, sides.forCrm());
            return;
        }
        row.putCrm(crmPatch, sides.referral());
        goes(RowFinding.Outcome.TO_CRM, sides.forCrm());
        closesCrm |= isStatus(row) && referral.isClosed();
        travels(row, sides.crmNow(), sides.referralNow(), "in the CRM", bothMoved);
    }

    private void towardsReferral(RowSides sides, boolean bothMoved) {
        Row row = sides.row();
        if (!row.toReferralOnUpdate()) {
            keep(sides);
        } else if (referral.isClosed()) {
            refuse(sides,
                    "the referral is closed in Partner Center, which is final; for further work create a new deal");
        } else if (isStatus(row)) {
            moveStatus(sides, bothMoved);
        } else if (mayTravelNow(row)) {
            send(sides, bothMoved);
        } else if (closing) {
            refuse(sides, "the deal is declined in Partner Center, which is final, and takes no other change");
        } else {
            outcome = RowFinding.Outcome.WAITS;
        }
    }

    /** A reason goes together with the close; all else when the deal is accepted, or is being accepted now. */
    private boolean mayTravelNow(Row row) {
        return rules.isReason(row.referralPaths()) ? closing : !referral.isAwaitingAnswer() || accepting;
    }

    /** The row does not travel that way: both values are known from now on. */
    private void keep(RowSides sides) {
        tellOfArrival(sides);
        agreed.put(sides.row().name(), sides.agreed());
        outcome = RowFinding.Outcome.NOT_SENT;
    }

    private void send(RowSides sides, boolean bothMoved) {
        Map<String, Object> patch = sides.forReferral();
        String refusal = patch.entrySet().stream().map(change -> referral.refusal(change.getKey(), change.getValue()))
                .filter(Objects::nonNull).findFirst().orElse(null);
        if (refusal != null) {
            refuse(sides, refusal);
            return;
        }
        if (waits(patch)) {
            return;
        }
        referralPatch.putAll(patch);
        goes(RowFinding.Outcome.TO_PARTNER_CENTER, patch);
        travels(sides.row(), sides.referralNow(), sides.crmNow(), "in Partner Center", bothMoved);
    }

    private void moveStatus(RowSides sides, boolean bothMoved) {
        ReferralRules.StatusMove move = referral.move(sides.forReferral());
        if (move instanceof ReferralRules.StatusMove.Refused refused) {
            refuse(sides, refused.sentence());
        } else if (move instanceof ReferralRules.StatusMove.Allowed allowed && !allowed.patch().isEmpty()) {
            if (waits(allowed.patch())) {
                return;
            }
            referralPatch.putAll(allowed.patch());
            goes(RowFinding.Outcome.TO_PARTNER_CENTER, allowed.patch());
            closing = rules.closed(allowed.patch());
            // A deal that is won was accepted first, so what was changed before travels with the acceptance and with
            // the win.
            accepting = referral.isAwaitingAnswer() && (!closing || rules.won(allowed.patch()));
            travels(sides.row(), sides.referralNow(), sides.crmNow(), "in Partner Center", bothMoved);
            String caution = referral.caution(allowed.patch(), now);
            if (caution != null) {
                say(story, caution);
            }
        }
    }

    private boolean waits(Map<String, Object> patch) {
        boolean held = holds.holds(referral.fields(), patch);
        boolean waits = held || holds.stops(Direction.TO_PARTNER_CENTER);
        if (waits) {
            goes(held ? RowFinding.Outcome.HELD : RowFinding.Outcome.STOPPED, patch);
        }
        return waits;
    }

    private void goes(RowFinding.Outcome where, Map<String, Object> what) {
        outcome = where;
        patched = what;
    }

    private void travels(Row row, Object from, Object to, String where, boolean bothMoved) {
        written.add(row.name());
        String news = referral.news(row.referralPaths(), from, to);
        say(story, (news != null ? news : FieldNews.travels(row.name(), where, from, to))
                + (bothMoved ? FieldNews.lost(from) : ""));
    }

    /** A refused change is said once: the next comparison takes both values as known. */
    private void refuse(RowSides sides, String why) {
        tellOfArrival(sides);
        agreed.put(sides.row().name(), sides.agreed());
        outcome = RowFinding.Outcome.REFUSED;
        say(refusals, FieldNews.stays(sides.row().name(), sides.referralNow(), sides.crmNow(), why));
    }
}
