package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Links as people look for them: by what a deal is called, by its state, page by page. Reads alone. */
public final class LinkSearch {
    /** Of a reason: as much as tells reasons apart. */
    private static final int BEGINNING = 1000;

    private final Database database;

    public LinkSearch(Database database) {
        this.database = database;
    }

    /** A link with what its deal is called. */
    public record Found(Link link, Label label) {}

    /**
     * What is looked for.
     *
     * @param text  part of the name or of the customer's name, in any case; null for any
     * @param ids   ids that the text may stand for; empty for none
     * @param state null for any
     * @param crms  one or several; links of others stay in the books after a CRM was taken out of the settings
     */
    public record Wanted(String text, List<String> ids, LinkState state, List<String> crms) {}

    /**
     * The newest links first.
     *
     * @param before only links that are older than the one of this id; null for the first page
     */
    public List<Found> page(Wanted wanted, Long before, int limit) {
        List<Object> values = new ArrayList<>();
        String where = where(wanted, values);
        if (before != null) {
            where += " AND id < ?";
            values.add(before);
        }
        values.add(limit);
        return many(where + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY", values);
    }

    /** Links by their ids in our books, in any order. */
    public List<Found> byIds(List<Long> ids) {
        return ids.isEmpty() ? List.of() : many("WHERE id IN " + marks(ids), new ArrayList<>(ids));
    }

    /**
     * The links of records of one CRM, by the records' ids.
     *
     * @param ofCrm whether the ids are the CRM's; else they are those of referrals
     */
    public Map<String, Link> ofRecords(String crm, boolean ofCrm, List<String> ids) {
        RecordsOf records = new RecordsOf(crm, ofCrm ? "crm_id" : "referral_id", ids);
        return ids.isEmpty() ? Map.of() : many("WHERE " + records.condition(), records.values()).stream()
                .map(Found::link)
                .collect(Collectors.toMap(ofCrm ? Link::crmId : Link::referralId, link -> link));
    }

    /**
     * The referral with which each record of a CRM is joined, by the record's id; without those that have none.
     *
     * @param ids of records of the CRM, some hundreds at most
     */
    public Map<String, String> referrals(String crm, Collection<String> ids) {
        Map<String, String> referrals = new HashMap<>();
        if (!ids.isEmpty()) {
            RecordsOf records = new RecordsOf(crm, "crm_id", ids);
            StateFaults.classed(() -> database.client().sql("SELECT crm_id, referral_id FROM link WHERE "
                    + records.condition() + " AND referral_id IS NOT NULL").params(records.values())
                    .query((row, number) -> referrals.put(row.getString(1), row.getString(2))).list());
        }
        return referrals;
    }

    /**
     * What deals are called, by the id of their referral or, of those that have none, of their record in the CRM.
     *
     * @param ids of referrals and records of one CRM
     */
    public Map<String, String> names(String crm, Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        // One question for each id there is: asked as one, H2 would go through all links.
        List.of("crm_id", "referral_id").forEach(id -> names.putAll(names(crm, ids, id)));
        return names;
    }

    private Map<String, String> names(String crm, Collection<String> ids, String column) {
        Map<String, String> names = new HashMap<>();
        if (!ids.isEmpty()) {
            RecordsOf records = new RecordsOf(crm, column, ids);
            StateFaults.classed(() -> database.client().sql("SELECT " + column + ", deal_name FROM link WHERE "
                    + records.condition() + " AND deal_name IS NOT NULL").params(records.values())
                    .query((row, number) -> names.put(row.getString(1), row.getString(2))).list());
        }
        return names;
    }

    private static String where(Wanted wanted, List<Object> values) {
        // LOWER, because no index has it: by one that begins with the CRM, H2 reads all links for one page.
        String where = "WHERE LOWER(crm) IN " + marks(wanted.crms());
        values.addAll(wanted.crms());
        if (wanted.state() != null) {
            where += " AND state = ?";
            values.add(wanted.state().name());
        }
        if (wanted.text() != null) {
            String part = Like.containing(wanted.text());
            // A link of an earlier build has no name of its own yet; the agreed values hold it.
            where += " AND (LOWER(deal_name) LIKE ? ESCAPE '!' OR LOWER(customer) LIKE ? ESCAPE '!'"
                    + " OR deal_name IS NULL AND LOWER(agreed) LIKE ? ESCAPE '!'";
            values.addAll(List.of(part, part, part));
            if (!wanted.ids().isEmpty()) {
                String marks = marks(wanted.ids());
                where += " OR referral_id IN " + marks + " OR crm_id IN " + marks + " OR engagement_id IN " + marks;
                for (int i = 0; i < 3; i++) {
                    values.addAll(wanted.ids());
                }
            }
            where += ")";
        }
        return where;
    }

    private static String marks(List<?> values) {
        return "(?" + ", ?".repeat(values.size() - 1) + ")";
    }

    private List<Found> many(String where, List<Object> values) {
        return StateFaults.classed(() -> database.client().sql(LinkRows.SELECT_LABELLED + where).params(values)
                .query((row, number) -> new Found(LinkRows.read(row, number),
                new Label(row.getString(LinkRows.NAME), row.getString(LinkRows.CUSTOMER))))
                .list());
    }

    /**
     * A parked link in short.
     *
     * @param causes {@link dev.cosell.verbs.Reason#key keys} of what it is parked for; empty when nobody noted them
     * @param reason its beginning where no causes were noted; otherwise null
     * @param since  when it was parked, or parked again
     */
    public record Parked(long id, String crm, List<String> causes, String reason, Instant since) {}

    /** Every parked link of these CRMs, the one parked last first. */
    public List<Parked> parked(Collection<String> crms) {
        return StateFaults.classed(() -> database.client().sql("SELECT id, crm, causes, CASE WHEN causes IS NULL THEN "
                + "SUBSTRING(reason FROM 1 FOR " + BEGINNING + ") END, updated_at FROM link"
                        + " WHERE state IN ('PARKED', 'CLAIMED') ORDER BY updated_at DESC, id DESC")
                .query((row, number) -> new Parked(row.getLong(1), row.getString(2), LinkRows.causes(row.getString(3)),
                        row.getString(4), row.getObject(5, OffsetDateTime.class).toInstant())).list()).stream()
                .filter(parked -> crms.contains(parked.crm())).toList();
    }
}
