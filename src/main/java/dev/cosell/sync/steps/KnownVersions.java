package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.CrmWrite;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ParkedPair;
import dev.cosell.sync.decide.PartlyWritten;
import dev.cosell.sync.decide.Referral;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.SystemRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The versions that must not come back as news after a sync: what was read and what our writes made of it. When a field
 * that we did not write changed between our read and our write, the version is news after all.
 *
 * @param decision null when none was made
 */
record KnownVersions(Pair pair, Decision decision, CompiledTable table) {
    private static final String SOLUTIONS = "solutions";

    /**
     * Keys after a decision was carried out, of both records as they are now.
     *
     * @param agreed what is remembered of it
     */
    List<String> after(Referral referral, CrmRecord record, AgreedValues agreed) {
        CrmRecord before = record instanceof Lead ? pair.lead().record() : pair.opportunity();
        List<String> keys = new ArrayList<>();
        add(keys, pair.related());
        if (!pair.isReportedByCrm() || !isRemembered(pair.referral(), Link::referralVersion)) {
            add(keys, pair.referral());
        }
        if (pair.isReportedByCrm() || !isRemembered(before, Link::crmVersion)) {
            add(keys, before);
        }
        if (onlyOurs(pair.referral(), referral)) {
            add(keys, referral);
        }
        if (onlyOurs(before, record, false, row -> isWritten(row, false) && !isOverruled(row, record)
                || isShared(row, referral, record))) {
            add(keys, record);
            boolean solutions = before == null || pair.referral() == null || decision.crmPatch().containsKey(SOLUTIONS);
            if (solutions && record instanceof Opportunity opportunity) {
                keys.add(ReportedVersions.partsKey(opportunity, agreed));
            }
        }
        return keys;
    }

    /**
     * Keys of earlier versions of the CRM's record that no order tells from the present one, because all are of one
     * second in Salesforce. They count as handled no longer: within that second somebody may set back what was changed,
     * and the record has the earlier version again. Yet a late hint of one is no sign of a read that is behind.
     */
    List<String> replaced(CrmRecord record) {
        CrmRecord before = record instanceof Lead ? pair.lead().record() : pair.opportunity();
        if (record == null || record.order() == null) {
            return List.of();
        }
        List<String> alike = new ArrayList<>();
        if (before != null && record.order().equals(before.order())) {
            alike.add(before.version());
        }
        String known = pair.link() == null ? null : pair.link().crmVersion();
        if (known != null && record.order().equals(record.view().order(known))) {
            alike.add(known);
        }
        return alike.stream().distinct().filter(version -> !version.equals(record.version()))
                .map(version -> SeenVersions.key(pair.crm(), record.system(), record.id(), version)).toList();
    }

    /**
     * Keys after the pair was parked.
     *
     * @param partly   what was written before it was; null when nothing was
     * @param referral the referral as it is now
     */
    List<String> parked(ParkedPair parked, PartlyWritten partly, Referral referral) {
        List<String> keys = new ArrayList<>();
        if (parked.handlesReferral()) {
            add(keys, pair.referral());
        }
        parked.handledOpportunities().forEach(each -> add(keys, each));
        if (partly != null && partly.wroteReferral() && onlyOurs(pair.referral(), referral)) {
            add(keys, referral);
        }
        return keys;
    }

    /** The record's version when it is among the keys; null when it has to come back as news. */
    String handled(SystemRecord record, List<String> keys) {
        return keys.contains(key(record)) ? record.version() : null;
    }

    /**
     * The version at which both last agreed was remembered then; if it was not, it comes once more and costs a read.
     */
    private boolean isRemembered(SystemRecord record, Function<Link, String> known) {
        return pair.link() != null && record != null && Objects.equals(record.version(), known.apply(pair.link()));
    }

    private boolean onlyOurs(Referral before, Referral after) {
        return onlyOurs(before, after, true, row -> isWritten(row, true));
    }

    private boolean onlyOurs(SystemRecord before, SystemRecord after, boolean referralSide, Predicate<Row> ours) {
        if (before == null) {
            return table.rows().stream().noneMatch(row -> isOverruled(row, after));
        }
        return before == after || table.rows().stream().allMatch(row -> ours.test(row)
                || Objects.equals(shown(row, before, referralSide), shown(row, after, referralSide)));
    }

    /** Whether an opportunity that has just been shared shows what its new referral does: nobody has to look again. */
    private boolean isShared(Row row, Referral referral, CrmRecord record) {
        return pair.referral() == null && referral != null
                && row.same(row.referralValue(referral.fields()), row.crmValue(record.fields()));
    }

    private boolean isOverruled(Row row, SystemRecord after) {
        return after instanceof CrmRecord record && new CrmWrite(decision).isOverruled(row, record);
    }

    private boolean isWritten(Row row, boolean referralSide) {
        boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
        return decision.written().contains(row.name()) && towardsCrm != referralSide;
    }

    private static Object shown(Row row, SystemRecord record, boolean referralSide) {
        return referralSide ? row.normalReferral(row.referralValue(record.fields()))
                : row.normalCrm(row.crmValue(record.fields()));
    }

    private void add(List<String> keys, SystemRecord record) {
        if (record != null && !keys.contains(key(record))) {
            keys.add(key(record));
        }
    }

    private String key(SystemRecord record) {
        return SeenVersions.key(pair.crm(), record);
    }
}
