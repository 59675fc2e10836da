package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What both sides agree on when the carrying out of a decision stopped half-way: Partner Center may have been written
 * before the CRM refused its part. What was written is our own and no edit, against which a later edit could lose or
 * win.
 *
 * @param referral the referral as it is now
 */
public record PartlyWritten(Decision decision, CompiledTable table, Referral referral) {

    /**
     * Null where nothing can have been written: of two that were never joined a comparison may have written as well, of
     * a lead's only the lead.
     *
     * @param decision of the pair that stopped; null when nothing was decided
     */
    public static PartlyWritten of(Decision decision, CompiledTable table, Referral referral) {
        if (decision == null) {
            return null;
        }
        boolean compared = decision.action() == Action.UPDATE || decision.action() == Action.CLOSE;
        boolean may = decision.pair().isLinked() ? decision.action() != Action.PARK
                : compared && !decision.written().isEmpty() && !decision.pair().isLeadLinked();
        return may ? new PartlyWritten(decision, table, referral) : null;
    }

    public boolean wroteReferral() {
        return decision.isWritesReferral() && referral != null && decision.pair().referral() != null
                && !Objects.equals(referral.version(), decision.pair().referral().version());
    }

    /** What was written, in sentences for the audit; empty when nothing was. */
    public List<String> sentences() {
        return !wroteReferral() ? List.of()
                : table.rows().stream().filter(this::isWritten).flatMap(row -> said(row).stream()).distinct().toList();
    }

    /** What the decision says of the row; of one that goes along with others it may say nothing under its name. */
    private List<String> said(Row row) {
        List<String> said = new BegunWrites(decision, table).said(row);
        return !said.isEmpty() ? said : List.of(FieldNews.travels(row.name(), FieldNews.IN_PARTNER_CENTER,
                shown(row, decision.pair().referral()), shown(row, referral)));
    }

    private static Object shown(Row row, Referral referral) {
        return row.normalReferral(row.referralValue(referral.fields()));
    }

    private boolean isWritten(Row row) {
        return decision.written().contains(row.name())
                && row.referralPaths().stream().anyMatch(decision.referralPatch()::containsKey);
    }

    /**
     * What is known to be written counts as agreed. The rest was refused, but an earlier attempt may have brought it,
     * so it stays noted as begun.
     */
    public AgreedValues agreed() {
        return withWritten(row -> Agreed.shown(row, referral.fields(), decision.pair().opportunity().fields()));
    }

    /** The same where nobody was told yet: the next round tells of what was written. */
    public AgreedValues begun() {
        AgreedValues begun = new BegunWrites(decision, table).agreed();
        return withWritten(begun::of);
    }

    private AgreedValues withWritten(Function<Row, Agreed> written) {
        Map<String, Agreed> agreed = new HashMap<>(new BegunWrites(decision, table).refused().rows());
        if (wroteReferral()) {
            table.rows().stream().filter(this::isWritten).forEach(row -> agreed.put(row.name(), written.apply(row)));
        }
        return new AgreedValues(agreed);
    }
}
