package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Opportunity;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What both sides agree on after a decision was carried out: the base of the next comparison. */
public record AgreedNow(Decision decision, CompiledTable table) {

    /**
     * Of both records as they are now.
     *
     * @param recovered whether what was made may be of an earlier attempt
     */
    public AgreedValues of(Referral referral, CrmRecord record, boolean recovered) {
        return record instanceof Lead lead ? ofLead(lead) : ofDeal(referral, record, recovered);
    }

    private AgreedValues ofDeal(Referral referral, CrmRecord opportunity, boolean recovered) {
        Pair pair = decision.pair();
        if (recovered) {
            return recovered(referral, opportunity);
        }
        boolean created = pair.referral() == null || pair.opportunity() == null;
        boolean owes = owes(referral, opportunity);
        return values(referral.fields(), opportunity.fields(),
                row -> created && !isOwed(row, referral, owes) && !isLeft(row, referral, opportunity)
                        ? created(row, referral, opportunity) : decision.agreed().of(row),
                row -> copied(row, referral, opportunity));
    }

    /**
     * Whatever both show. But a new referral was made from what was read of the opportunity: an edit that came before
     * the opportunity was told of it, in a second whose writes no expected version tells apart, stays news. In Partner
     * Center the expected version reveals every edit. And what automation of the CRM makes of a new opportunity is an
     * edit of what was written.
     */
    private Agreed created(Row row, Referral referral, CrmRecord opportunity) {
        Opportunity read = decision.pair().opportunity();
        CrmWrite write = new CrmWrite(decision);
        if (read == null && write.isOverruled(row, opportunity)) {
            return Agreed.shown(row, referral.fields(), write.written(row));
        }
        boolean edited = read != null && row.toReferralOnUpdate() && !Objects.equals(
                row.normalCrm(row.crmValue(read.fields())), row.normalCrm(row.crmValue(opportunity.fields())));
        return Agreed.shown(row, referral.fields(), (edited ? read : opportunity).fields());
    }

    /**
     * What an earlier attempt made shows what the other side was then, and both may have been edited since. The note of
     * a write whose end is not known stays, so that the next comparison tells what became of it.
     */
    private AgreedValues recovered(Referral referral, CrmRecord opportunity) {
        Map<String, Agreed> agreed = new HashMap<>(decision.pair().agreed().rows());
        for (Row row : table.rows()) {
            boolean same = row.same(row.referralValue(referral.fields()), row.crmValue(opportunity.fields()));
            Agreed known = agreed.get(row.name());
            if (same && (known == null || !known.isBegun())) {
                agreed.put(row.name(), Agreed.shown(row, referral.fields(), opportunity.fields()));
            }
        }
        return new AgreedValues(agreed);
    }

    /**
     * What was written and what it was copied from: an edit of the source that came between read and write, which the
     * expected version did not reveal, stays news, and so does what the CRM has made of it.
     */
    private Agreed copied(Row row, Referral referral, CrmRecord opportunity) {
        boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
        CrmWrite write = new CrmWrite(decision);
        return towardsCrm
                ? Agreed.shown(row, decision.pair().referral().fields(),
                        write.isOverruled(row, opportunity) ? write.written(row) : opportunity.fields())
                : Agreed.shown(row, referral.fields(), decision.pair().opportunity().fields());
    }

    /** A lead is written from what was read of its referral. */
    private AgreedValues ofLead(Lead lead) {
        Map<String, Object> document = LeadDocument.of(decision.pair().referral().fields());
        return values(document, lead.fields(), row -> decision.action() == Action.CREATE_LEAD
                ? Agreed.shown(row, document, lead.fields()) : decision.agreed().of(row),
                row -> Agreed.shown(row, document, lead.fields()));
    }

    /** Whether a new referral still has to be closed because its opportunity is: every deal begins open. */
    public boolean owes(Referral referral, CrmRecord record) {
        return decision.action() == Action.CREATE_REFERRAL && !referral.isClosed()
                && new StatusInCrm(referral.view(), table, record).isClosed();
    }

    /** Whether a value has still to travel against the way of the creation: an update brings it, or says why not. */
    public boolean leaves(Referral referral, CrmRecord record) {
        boolean creates = decision.action() == Action.CREATE_REFERRAL
                || decision.action() == Action.CREATE_OPPORTUNITY;
        return creates && table.rows().stream().anyMatch(row -> isLeft(row, referral, record));
    }

    /**
     * Of a row that the creation had no part in, and a field that is empty: a value there is not lost to one that
     * nobody has chosen for this deal. Nor does a default of the CRM ask for help in a seller's place.
     */
    private boolean isLeft(Row row, Referral referral, CrmRecord record) {
        Value shown = row.crmValue(record.fields());
        if (row.same(row.referralValue(referral.fields()), shown)) {
            return false;
        }
        boolean here = shown.hasContent();
        boolean there = row.isFilled(referral.fields());
        return switch (decision.action()) {
            case CREATE_REFERRAL -> there && !here && row.toCrmOnUpdate() && !row.toReferralOnCreate()
                    && !record.isReadOnly();
            case CREATE_OPPORTUNITY -> here && !there && row.toReferralOnUpdate() && !row.toCrmOnCreate()
                    && !referral.view().isHelp(row.referralPaths());
            default -> false;
        };
    }

    /** Whether the row travels with the close of a new referral, and not with its creation. */
    private boolean isOwed(Row row, Referral referral, boolean owes) {
        ReferralRules rules = referral.view();
        return decision.action() == Action.CREATE_REFERRAL && (rules.isReason(row.referralPaths())
                || owes && rules.isStatus(row.referralPaths()));
    }

    /**
     * @param differing what is agreed about a row that was not written and differs; null for nothing
     * @param written   what is agreed about a row that was written and still differs
     */
    private AgreedValues values(Map<String, Object> referral, Map<String, Object> crm, Function<Row, Agreed> differing,
            Function<Row, Agreed> written) {
        Map<String, Agreed> agreed = new HashMap<>();
        for (Row row : table.rows()) {
            boolean same = row.same(row.referralValue(referral), row.crmValue(crm));
            Agreed now = same ? Agreed.shown(row, referral, crm)
                    : (decision.written().contains(row.name()) ? written : differing).apply(row);
            if (now != null) {
                agreed.put(row.name(), now);
            }
        }
        return new AgreedValues(agreed);
    }
}
