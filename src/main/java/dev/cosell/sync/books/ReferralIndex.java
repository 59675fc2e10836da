package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.text.Past;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Which of our referrals names which record of a CRM. Partner Center can at best be asked for one spelling of an id, so
 * what its lists show is kept here, with ids read, and the engagement of each referral of Microsoft. It is whole when
 * everything was read once with the CRMs that are enabled now.
 */
public class ReferralIndex {
    private static final String BEGUN = "referral-index";
    /** Stands where another row names its CRM: the referral is Microsoft's, and names no record of ours. */
    private static final String MICROSOFTS = "msft";
    private static final String FULL = "partner-center-full";
    private static final String LISTED = "partner-center-microsofts";
    private static final Duration FRESH = Duration.ofHours(1);
    private static final RowMapper<Named> ROW = (row, number) -> new Named(row.getString(1), row.getString(2),
            row.getString(3), row.getString(4),
            row.getBoolean(5));
    private static final String SELECT = "SELECT referral_id, engagement_id, crm, crm_id, closed FROM referral_index ";

    private final Database database;
    private final Watermarks watermarks;
    private final ReferralRules referrals;
    private final Map<String, CrmView> crms;
    private final Clock clock;
    private volatile boolean whole;
    /** When this process last wrote down that a list has shown one of Microsoft's; null for never. */
    private volatile Instant listed;

    /** @param crms the enabled CRMs by name */
    public ReferralIndex(Database database, Watermarks watermarks, ReferralRules referrals, Map<String, CrmView> crms,
            Clock clock) {
        this.database = database;
        this.watermarks = watermarks;
        this.referrals = referrals;
        this.crms = new LinkedHashMap<>(crms);
        this.clock = clock;
    }

    /**
     * A referral of ours.
     *
     * @param crm   the CRM whose record it names; null for none
     * @param crmId that record's id as the CRM itself gives it; null for none
     */
    public record Named(String referralId, String engagementId, String crm, String crmId, boolean closed) {}

    /** Whether every referral was read since the CRMs were last changed. */
    public boolean isWhole() {
        if (!whole) {
            String full = watermarks.read(FULL);
            whole = full != null && holdsWhatWasReadSince(Instant.parse(full));
        }
        return whole;
    }

    /** Whether what was read since then was looked through for the CRMs that are enabled now. */
    public boolean holdsWhatWasReadSince(Instant time) {
        String begun = begun();
        return begun != null && !time.isBefore(Instant.parse(begun));
    }

    /** When the last read of everything began that came to its end, or else the first one; null before that. */
    public Instant lastRead() {
        String last = isWhole() ? watermarks.read(FULL) : begun();
        return last == null ? null : Instant.parse(last);
    }

    /** Everything is about to be read. */
    public void begin(Instant at) {
        if (begun() == null) {
            watermarks.advance(BEGUN, at + " " + String.join(",", crms.keySet()));
        }
    }

    /** When everything was read for the first time with these CRMs and no others; null when it was not. */
    private String begun() {
        String mark = watermarks.read(BEGUN);
        String[] parts = mark == null ? new String[0] : mark.split(" ", 2);
        // One more in the mark is a CRM that was taken out, and it would miss this time when it is named again.
        boolean same = parts.length == 2 && names(parts[1]).equals(crms.keySet());
        return same && Past.of(Instant.parse(parts[0]), clock.instant()) != null ? parts[0] : null;
    }

    private static Set<String> names(String joined) {
        return joined.isEmpty() ? Set.of() : Set.copyOf(List.of(joined.split(",")));
    }

    /**
     * Takes referrals of ours and of Microsoft as they are now. An opportunity that one of them has named may be parked
     * for it, and is looked at again when that one names another, or has ended.
     */
    public void note(List<Map<String, Object>> read) {
        Map<String, Named> now = new LinkedHashMap<>();
        read.stream().filter(each -> referrals.own(each) || referrals.microsofts(each)).map(this::named)
                .forEach(named -> now.put(named.referralId(), named));
        if (now.isEmpty()) {
            return;
        }
        List<Named> before = new ArrayList<>();
        for (Named known : many("WHERE referral_id IN (" + marks(now.size()) + ")", now.keySet())) {
            if (!now.remove(known.referralId(), known) && known.crmId() != null) {
                before.add(known);
            }
        }
        if (!now.isEmpty()) {
            StateFaults.classed(() -> database.inTransaction(statements -> {
                now.values().forEach(named -> write(statements, named));
                before.forEach(named -> ParkedAlone.lookAgain(statements, named.crm(), named.crmId(),
                        clock.instant()));
                return null;
            }));
        }
    }

    /** The same of a page of all referrals, which shows Microsoft's or hides them. */
    public void noteListed(List<Map<String, Object>> page) {
        note(page);
        Instant now = clock.instant();
        if (Past.isOver(listed, FRESH, now) && page.stream().anyMatch(referrals::microsofts)) {
            watermarks.advance(LISTED, now.toString());
            listed = now;
        }
    }

    /** When a page of all referrals last showed one of Microsoft's, give or take an hour; null for never. */
    public Instant microsoftsListedAt() {
        String at = watermarks.read(LISTED);
        return at == null ? null : Instant.parse(at);
    }

    /** Microsoft's referrals in these engagements, as far as they were read. */
    public List<Named> microsoftsIn(Collection<String> engagementIds) {
        return engagementIds.isEmpty() ? List.of()
                : many("WHERE engagement_id IN (" + marks(engagementIds.size()) + ")", engagementIds).stream()
                        .filter(ReferralIndex::isMicrosofts).toList();
    }

    /** The engagement of a referral that was read as one of Microsoft's; null for any other. */
    public String engagementOfMicrosofts(String referralId) {
        return many("WHERE referral_id IN (" + marks(1) + ")", List.of(referralId)).stream()
                .filter(ReferralIndex::isMicrosofts).map(Named::engagementId).filter(Objects::nonNull).findFirst()
                .orElse(null);
    }

    private static boolean isMicrosofts(Named named) {
        return MICROSOFTS.equals(named.crm());
    }

    /** What a referral names, in the first CRM that can read it. */
    Named named(Map<String, Object> referral) {
        if (referrals.microsofts(referral)) {
            return new Named(referrals.id(referral), referrals.engagementId(referral), MICROSOFTS, null,
                    referrals.closed(referral));
        }
        String text = referrals.externalReference(referral);
        for (CrmView crm : crms.values()) {
            String id = crm.readId(text);
            if (id != null) {
                return new Named(referrals.id(referral), referrals.engagementId(referral), crm.system(), id,
                        referrals.closed(referral));
            }
        }
        return new Named(referrals.id(referral), referrals.engagementId(referral), null, null,
                referrals.closed(referral));
    }

    private static void write(JdbcTemplate statements, Named named) {
        statements.update("INSERT INTO referral_index (referral_id, closed) VALUES (?, FALSE) ON CONFLICT DO NOTHING",
                named.referralId());
        statements.update(
                "UPDATE referral_index SET engagement_id = ?, crm = ?, crm_id = ?, closed = ? WHERE referral_id = ?",
                named.engagementId(), named.crm(), named.crmId(), named.closed(), named.referralId());
    }

    /**
     * Referrals of ours that name a record or that the record's link may mean, open ones first.
     *
     * @param linked ids of referrals or engagements
     */
    public List<Named> claims(String crm, String crmId, List<String> linked, int limit) {
        List<Object> values = new ArrayList<>(List.of(crm, crmId));
        // One question for each index: asked with OR, H2 reads every referral there is.
        String where = "WHERE referral_id IN (SELECT referral_id FROM referral_index WHERE crm = ? AND crm_id = ?";
        if (!linked.isEmpty()) {
            where += " UNION SELECT referral_id FROM referral_index WHERE referral_id IN (" + marks(linked.size())
                    + ") UNION SELECT referral_id FROM referral_index WHERE engagement_id IN (" + marks(linked.size())
                    + ")";
            values.addAll(linked);
            values.addAll(linked);
        }
        // Each engagement may hold one of Microsoft's.
        values.add(limit + linked.size());
        return many(where + ") ORDER BY closed, referral_id FETCH FIRST ? ROWS ONLY", values).stream()
                .filter(named -> !isMicrosofts(named)).limit(limit).toList();
    }

    private List<Named> many(String where, Collection<?> values) {
        return StateFaults
                .classed(() -> database.client().sql(SELECT + where).params(List.copyOf(values)).query(ROW).list());
    }

    private static String marks(int count) {
        return "?" + ", ?".repeat(count - 1);
    }
}
