package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.mapping.Wins;
import dev.cosell.verbs.CrmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The three-way comparison of one referral, its opportunity and the values both last agreed on, row by row of the field
 * table. Pure: no clock, no calls. Built for one pair, asked once.
 */
final class Merge {
    /** Nobody says whether Partner Center or an amount field of Salesforce keeps the third decimal of a dinar. */
    static final int USUAL_DECIMALS = 2;

    private enum Side { REFERRAL, CRM, NEITHER }

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
    private final List<String> faults = new ArrayList<>();
    private Consumer<RowFinding> findings = finding -> { };
    private RowFinding.Outcome outcome;
    private Map<String, Object> write;
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
                faults, conflict,
                closesCrm);
    }

    private boolean isStatus(Row row) {
        return rules.isStatus(row.referralPaths());
    }

    private void look(Row row) {
        outcome = RowFinding.Outcome.STAYS;
        write = Map.of();
        int told = story.size();
        int refused = refusals.size();
        int faulty = faults.size();
        RowFinding.Moved moved = compare(row);
        List<String> sentences = Stream.of(story.subList(told, story.size()),
                refusals.subList(refused, refusals.size()),
                faults.subList(faulty, faults.size())).flatMap(List::stream).toList();
        findings.accept(new RowFinding(row, row.normalReferral(row.referralValue(referral.fields())),
                row.normalCrm(row.crmValue(record.fields())), base.of(row),
                moved, outcome, write, sentences));
    }

    private RowFinding.Moved compare(Row row) {
        Value referralValue = row.referralValue(referral.fields());
        Value crmValue = row.crmValue(record.fields());
        Object referralNow = row.normalReferral(referralValue);
        Object crmNow = row.normalCrm(crmValue);
        if (row.same(referralValue, crmValue)
                || row.rounded(referralValue, crmValue, Math.min(record.decimals(), USUAL_DECIMALS))
                || row.roundedInReferral(referralValue, crmValue, USUAL_DECIMALS)) {
            agreed.put(row.name(), Agreed.on(referralNow, crmNow));
            outcome = RowFinding.Outcome.SAME;
            return RowFinding.Moved.NEITHER;
        }
        boolean referralMoved = base.referralMoved(row, referralValue, referralNow);
        boolean crmMoved = base.crmMoved(row, crmValue, crmNow);
        // An unfinished write of our own is no edit; what it was copied from decides, as it is now.
        boolean referralIsOurs = base.isOurReferral(row, referralNow);
        boolean crmIsOurs = base.isOurCrm(row, crmNow);
        if (referralIsOurs || crmIsOurs) {
            referralMoved = crmIsOurs;
            crmMoved = referralIsOurs;
        }
        // Emptiness that does not travel loses nothing to the other side's edit.
        boolean bothMoved = referralMoved && crmMoved;
        crmMoved &= !(bothMoved && crmNow == null && required(row));
        referralMoved &= !(bothMoved && crmMoved && referralNow == null && required(row));
        Side winner = winner(row, referralMoved, crmMoved);
        if (base.of(row) != null) {
            agreed.put(row.name(), base.of(row));
        }
        try {
            switch (winner) {
                case REFERRAL -> towardsCrm(row, referralValue, referralNow, crmNow, referralMoved && crmMoved);
                case CRM -> towardsReferral(row, crmValue, referralNow, crmNow, referralMoved && crmMoved);
                case NEITHER -> { }
            }
        } catch (ConversionFault fault) {
            if (fault.isLeftOut()) {
                refuse(row, referralNow, crmNow, fault.getMessage());
            } else {
                outcome = RowFinding.Outcome.FAULTY;
                faults.add(fault.getMessage());
            }
        }
        return referralMoved ? crmMoved ? RowFinding.Moved.BOTH : RowFinding.Moved.PARTNER_CENTER
                : crmMoved ? RowFinding.Moved.CRM : RowFinding.Moved.NEITHER;
    }

    private Side winner(Row row, boolean referralMoved, boolean crmMoved) {
        if (referralMoved && crmMoved) {
            conflict = true;
            return policy(row);
        }
        return referralMoved ? Side.REFERRAL : crmMoved ? Side.CRM : Side.NEITHER;
    }

    private Side policy(Row row) {
        if (computed(row) != null) {
            return Side.CRM;
        }
        if (row.wins() == Wins.PARK) {
            outcome = RowFinding.Outcome.UNDECIDED;
            undecided.add(row.name());
            return Side.NEITHER;
        }
        boolean referralWins = row.wins() == Wins.PARTNER_CENTER || row.wins() == Wins.NEWEST && referralIsNewer();
        return referralWins ? Side.REFERRAL : Side.CRM;
    }

    private boolean referralIsNewer() {
        Instant there = referral.modifiedAt();
        Instant here = record.modifiedAt();
        return here == null || there != null && there.isAfter(here);
    }

    private void towardsCrm(Row row, Value value, Object referralNow, Object crmNow, boolean bothMoved) {
        if (!row.toCrmOnUpdate()) {
            agreed.put(row.name(), Agreed.on(referralNow, crmNow));
            return;
        }
        if (record.isReadOnly()) {
            String news = referral.news(row.referralPaths(), crmNow, referralNow);
            if (news != null) {
                story.add(news);
            }
            refuse(row, referralNow, crmNow, "the record is closed in the CRM and cannot be changed");
            return;
        }
        if (computed(row) != null) {
            refuse(row, referralNow, crmNow, computed(row));
            return;
        }
        if (referralNow == null && required(row)) {
            refuse(row, referralNow, crmNow,
                    "a deal cannot be without it, so the CRM keeps what it has; enter it in Partner Center");
            return;
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        row.putCrm(patch, value);
        row.putCrm(crmPatch, value);
        goes(RowFinding.Outcome.TO_CRM, patch);
        closesCrm |= isStatus(row) && referral.isClosed();
        travels(row, crmNow, referralNow, "in the CRM", bothMoved);
    }

    private boolean required(Row row) {
        return row.referralPaths().stream().anyMatch(rules::required);
    }

    private String computed(Row row) {
        return row.crmPaths().stream().map(record::computed).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private void towardsReferral(Row row, Value value, Object referralNow, Object crmNow, boolean bothMoved) {
        if (!row.toReferralOnUpdate()) {
            agreed.put(row.name(), Agreed.on(referralNow, crmNow));
            return;
        }
        if (referral.isClosed()) {
            refuse(row, referralNow, crmNow,
                    "the referral is closed in Partner Center, which is final; for further work create a new deal");
        } else if (isStatus(row)) {
            moveStatus(row, value, referralNow, crmNow, bothMoved);
        } else if (rules.isReason(row.referralPaths()) ? closing : !referral.isAwaitingAnswer() || accepting) {
            write(row, value, referralNow, crmNow, bothMoved);
        }
    }

    private void write(Row row, Value value, Object referralNow, Object crmNow, boolean bothMoved) {
        Map<String, Object> patch = new LinkedHashMap<>();
        row.putReferral(patch, value);
        String refusal = patch.entrySet().stream().map(change -> referral.refusal(change.getKey(), change.getValue()))
                .filter(Objects::nonNull).findFirst().orElse(null);
        if (refusal != null) {
            refuse(row, referralNow, crmNow, refusal);
            return;
        }
        if (holds.holds(referral.fields(), patch)) {
            goes(RowFinding.Outcome.HELD, patch);
            return;
        }
        referralPatch.putAll(patch);
        goes(RowFinding.Outcome.TO_PARTNER_CENTER, patch);
        travels(row, referralNow, crmNow, "in Partner Center", bothMoved);
    }

    private void moveStatus(Row row, Value value, Object referralNow, Object crmNow, boolean bothMoved) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        row.putReferral(wanted, value);
        ReferralRules.StatusMove move = referral.move(wanted);
        if (move instanceof ReferralRules.StatusMove.Refused refused) {
            refuse(row, referralNow, crmNow, refused.sentence());
        } else if (move instanceof ReferralRules.StatusMove.Allowed allowed && !allowed.patch().isEmpty()) {
            if (holds.holds(referral.fields(), allowed.patch())) {
                goes(RowFinding.Outcome.HELD, allowed.patch());
                return;
            }
            referralPatch.putAll(allowed.patch());
            goes(RowFinding.Outcome.TO_PARTNER_CENTER, allowed.patch());
            closing = rules.closed(allowed.patch());
            // A deal that is won was accepted first, so what was changed before it was accepted travels with either.
            accepting = referral.isAwaitingAnswer() && (!closing || rules.won(allowed.patch()));
            travels(row, referralNow, crmNow, "in Partner Center", bothMoved);
            String caution = referral.caution(allowed.patch(), now);
            if (caution != null) {
                story.add(caution);
            }
        }
    }

    private void goes(RowFinding.Outcome where, Map<String, Object> what) {
        outcome = where;
        write = what;
    }

    private void travels(Row row, Object from, Object to, String where, boolean bothMoved) {
        written.add(row.name());
        String news = referral.news(row.referralPaths(), from, to);
        story.add((news != null ? news : FieldNews.travels(row.name(), where, from, to))
                + (bothMoved ? FieldNews.lost(from) : ""));
    }

    /** A refused change is said once: the next comparison takes both values as known. */
    private void refuse(Row row, Object referralNow, Object crmNow, String why) {
        agreed.put(row.name(), Agreed.on(referralNow, crmNow));
        outcome = RowFinding.Outcome.REFUSED;
        refusals.add(FieldNews.stays(row.name(), referralNow, crmNow, why));
    }
}
