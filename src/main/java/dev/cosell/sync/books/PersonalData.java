package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Erasure;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Erases what the books keep of people; {@link Erasure} says what stays. */
public final class PersonalData {
    private static final String ERASED = "what was kept of its people was deleted, because somebody asked for it";
    private static final int PAGE = 500;

    private final Database database;
    private final LinkStore links;
    private final KeptTexts texts;
    private final List<String> crms;
    private final Erasure erasure;
    private final Clock clock;

    /** @param crms all that there are, because those that are not enabled may have been */
    public PersonalData(Database database, LinkStore links, Collection<String> crms, Erasure erasure, Clock clock) {
        this.database = database;
        this.links = links;
        this.texts = new KeptTexts(database);
        this.crms = List.copyOf(crms);
        this.erasure = erasure;
        this.clock = clock;
    }

    /**
     * What there is of a deal or lead, in all CRMs.
     *
     * @param pushed ids of leads of the marketplace, which may have no link yet
     * @param ids    of all its records, those that were asked for among them
     * @param texts  what the audit and backfills speak of, which may have no link, or none any more
     */
    public record Known(List<Link> links, List<String> pushed, Set<String> ids, Set<KeptTexts.About> texts) {
        public boolean isNothing() {
            return links.isEmpty() && pushed.isEmpty() && texts.isEmpty();
        }

        /** The same without what they name beside its records. */
        public List<KeptTexts.About> ownTexts() {
            return texts.stream().map(each -> each.within(ids)).distinct().toList();
        }
    }

    /** @param ids of its referral or of its record in a CRM */
    public Known known(List<String> ids) {
        Map<Long, Link> found = new LinkedHashMap<>();
        ids.stream().flatMap(this::of).forEach(link -> found.put(link.id(), link));
        List.copyOf(found.values()).stream().map(Link::referralId).filter(Objects::nonNull).flatMap(this::of)
                .forEach(link -> found.putIfAbsent(link.id(), link));
        List<String> pushed = Stream.concat(ids.stream(), found.values().stream().map(Link::referralId))
                .filter(Objects::nonNull).distinct().filter(PersonalData::isPushed).filter(this::isStored).toList();
        Set<String> all = new LinkedHashSet<>(ids);
        found.values().stream().flatMap(link -> Stream.of(link.referralId(), link.crmId())).filter(Objects::nonNull)
                .forEach(all::add);
        return new Known(List.copyOf(found.values()), pushed, all, texts.of(all));
    }

    private Stream<Link> of(String id) {
        return crms.stream().flatMap(crm -> Stream.of(links.findByReferral(crm, id), links.findByCrmId(crm, id)))
                .flatMap(Optional::stream);
    }

    private static boolean isPushed(String id) {
        return PushedLeads.systemOf(id, "").equals(Hint.MARKETPLACE);
    }

    private boolean isStored(String pushedId) {
        return StateFaults.classed(() -> database.client().sql("SELECT COUNT(*) FROM pushed_lead WHERE id = ?")
                .param(pushedId).query(Integer.class).single()) > 0;
    }

    /**
     * Erases all texts about these records, and the values of those that nobody compares. The links stay with their ids
     * and versions, because without them the records would be made again. A lead of the marketplace that is not
     * delivered is given up, for its text was all there was of it. Who among the operators asked for what stays.
     *
     * @param entries what the audit says of it
     * @return the links that are compared, whose values stay; when one is looked at again that turns out not to be, its
     *     values go
     * @throws Fault.VersionConflict when a sync changed a link or removed it meanwhile, so that nothing is erased: look
     *     and decide again
     */
    public List<Link> forget(Known known, List<AuditEntry> entries) {
        return StateFaults.classed(() -> database.inTransaction(statements -> {
            known.pushed().forEach(id -> statements.update("UPDATE pushed_lead SET body = NULL WHERE id = ?", id));
            KeptTexts.forget(statements, known.ids(), known.texts());
            List<Link> compared = new ArrayList<>();
            for (Link link : known.links()) {
                eraseNames(statements, link);
                boolean closed = isClosed(statements, link);
                if (erasure.isCompared(link, closed)) {
                    compared.add(link);
                    askNextLook(statements, link);
                } else {
                    empty(statements, link, erasure.kept(link, closed));
                }
                if (known.pushed().contains(link.referralId())) {
                    giveUp(statements, link);
                }
            }
            entries.forEach(entry -> AuditTrail.insert(statements, entry));
            return compared;
        }));
    }

    /** The link is locked from here on, so what is decided of it as it was read holds until the end. */
    private static void eraseNames(JdbcTemplate statements, Link link) {
        if (statements.update("UPDATE link SET deal_name = NULL, customer = NULL WHERE id = ? AND updated_at = ?",
                link.id(), link.updatedAt().atOffset(ZoneOffset.UTC)) == 0) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, "Link " + link.id() + " was changed or is gone");
        }
    }

    private static boolean isClosed(JdbcTemplate statements, Link link) {
        return link.referralId() != null && statements.queryForObject(
                "SELECT COUNT(*) FROM referral_index WHERE referral_id = ? AND closed", Integer.class,
                link.referralId()) > 0;
    }

    /** A sync that is under way and has read the link before decides again, instead of writing it as it was. */
    private void empty(JdbcTemplate statements, Link link, AgreedValues kept) {
        statements.update("UPDATE link SET agreed = ?, updated_at = ?, reason = CASE WHEN state IN"
                + " ('PARKED', 'CLAIMED') THEN ? ELSE reason END WHERE id = ?", AgreedText.text(kept), now(), ERASED,
                link.id());
    }

    /** A sync that is under way would write what it has read before over what is asked for here. */
    private void askNextLook(JdbcTemplate statements, Link link) {
        if (link.isJoined()) {
            statements.update("UPDATE link SET causes = ?, updated_at = ? WHERE id = ? AND state = 'LINKED'",
                    Standing.FORGET, now(), link.id());
        }
    }

    private void giveUp(JdbcTemplate statements, Link link) {
        statements.update("UPDATE link SET state = 'ORPHANED', reason = ?, causes = NULL, updated_at = ?"
                + " WHERE id = ? AND state = 'PARKED'", ERASED, now(), link.id());
    }

    /**
     * Erases what earlier versions have kept of leads that have ended, and the names of the marketplace's leads.
     *
     * @return of how many links
     */
    public int tidy() {
        int names = StateFaults.classed(() -> database.client().sql("UPDATE link SET deal_name = NULL, customer = NULL"
                + " WHERE referral_id LIKE ? AND (deal_name IS NOT NULL OR customer IS NOT NULL)")
                .param(Hint.MARKETPLACE + "-%").update());
        int leads = 0;
        List<Link> page = ended(0);
        while (!page.isEmpty()) {
            leads += page.stream().mapToInt(this::end).sum();
            page = ended(page.get(page.size() - 1).id());
        }
        return names + leads;
    }

    private List<Link> ended(long after) {
        return StateFaults.classed(() -> database.client().sql(LinkRows.SELECT + "WHERE id > ? AND record_type = 'LEAD'"
                + " AND crm_id IS NOT NULL AND agreed <> '{}' AND (state = 'ORPHANED' OR state = 'LINKED' AND EXISTS"
                + " (SELECT 1 FROM referral_index WHERE referral_index.referral_id = link.referral_id AND closed))"
                + " ORDER BY id FETCH FIRST ? ROWS ONLY").param(after).param(PAGE).query(LinkRows::read).list());
    }

    private int end(Link link) {
        AgreedValues kept = erasure.kept(link, true);
        boolean stays = !erasure.knows(link.crm()) || kept.equals(link.agreed());
        return stays ? 0 : StateFaults.classed(() -> database.client()
                .sql("UPDATE link SET agreed = ? WHERE id = ? AND updated_at = ?")
                .params(AgreedText.text(kept), link.id(), link.updatedAt().atOffset(ZoneOffset.UTC)).update());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
