package dev.cosell.explain;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.sync.decide.Explanation;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.RowFinding;
import dev.cosell.verbs.CrmRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Both sides of a deal, mapping row by mapping row. */
public final class PreviewRows {
    private static final String NOT_COMPARED = "NOT_COMPARED";

    private final Rules rules;

    public PreviewRows(Rules rules) {
        this.rules = rules;
    }

    /**
     * One mapping row.
     *
     * @param field        the CRM's, as the row names it
     * @param agreed       what both last agreed on; null when nothing was ever agreed
     * @param moved        {@code NEITHER}, {@code PARTNER_CENTER}, {@code CRM} or {@code BOTH}; null when the two were
     *                     not compared
     * @param outcome      what follows; {@code NOT_COMPARED} when there is nothing to compare it with
     * @param words        the same for people
     * @param write        what would be written, by field of the side that {@code outcome} names
     * @param says         sentences about this row alone
     * @param rule         where the row stands; null when that is not known
     */
    public record Line(String field, String partnerCenterField, Object partnerCenter, Object crm, Why.Values agreed,
            String moved, String outcome,
                       String words, Map<String, Object> write, List<String> says, Rules.Rule rule) {}

    /** Null when there is no referral. */
    String referralId(Pair pair) {
        return pair.referral() != null ? pair.referral().id() : pair.link() != null ? pair.link().referralId()
                : null;
    }

    /** Null when there is no record of the CRM. */
    String crmId(Pair pair) {
        CrmRecord shown = crmRecord(pair);
        return shown != null ? shown.id() : pair.link() != null ? pair.link().crmId() : null;
    }

    private static CrmRecord crmRecord(Pair pair) {
        return pair.isLeadRead() ? pair.lead().record() : pair.opportunity();
    }

    /** In the order of the mapping file: of a lead the rows for leads. */
    List<Line> of(Explanation explanation) {
        Pair pair = explanation.pair();
        CompiledTable table = pair.isLeadRead() ? rules.leads(pair.crm()) : rules.opportunities(pair.crm());
        Map<Row, Rules.Rule> places = rules.of(pair.crm(), table);
        Map<Row, RowFinding> found = explanation.rows().stream().collect(Collectors.toMap(RowFinding::row,
                Function.identity(), (one, other) -> other));
        return table.rows().stream().map(row -> Optional.ofNullable(found.get(row))
                .map(finding -> line(finding, places.get(row)))
                .orElseGet(() -> uncompared(row, pair, places.get(row)))).toList();
    }

    private static Line line(RowFinding finding, Rules.Rule rule) {
        return new Line(finding.row().name(), String.join(" + ", finding.row().referralPaths()), finding.referral(),
                finding.crm(),
                Why.values(finding.agreed()), finding.moved().name(), finding.outcome().name(),
                Words.of(finding.outcome()), finding.write(),
                finding.sentences(), rule);
    }

    private static Line uncompared(Row row, Pair pair, Rules.Rule rule) {
        Referral seen = pair.referral() == null || !pair.isLeadRead() ? pair.referral() : pair.referral().asLead();
        CrmRecord shown = crmRecord(pair);
        Object referral = seen == null ? null : row.normalReferral(row.referralValue(seen.fields()));
        Object crm = shown == null ? null : row.normalCrm(row.crmValue(shown.fields()));
        return new Line(row.name(), String.join(" + ", row.referralPaths()), referral, crm,
                Why.values(pair.agreed().of(row)), null, NOT_COMPARED,
                "not compared", Map.of(), List.of(), rule);
    }
}
