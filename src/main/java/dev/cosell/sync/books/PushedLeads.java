package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Link;
import dev.cosell.verbs.Hint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Leads that the marketplace pushed. Nobody can be asked for them again, so what was sent is kept until every CRM has
 * it, or has refused it for very long; a digest of it is the lead's identity, and stays when the text with its personal
 * data is deleted.
 */
public final class PushedLeads {
    private static final Logger LOG = LoggerFactory.getLogger(PushedLeads.class);
    private static final String PREFIX = Hint.MARKETPLACE + "-";
    /** In the books with a lead, or with a reason why there is none. */
    private static final String SETTLED = "EXISTS (SELECT 1 FROM link WHERE link.crm = ? AND link.referral_id = "
            + "pushed_lead.id AND (link.crm_id IS NOT NULL OR link.state <> 'LINKED'))";
    private static final String DELIVERED = "EXISTS (SELECT 1 FROM link WHERE link.crm = ? AND link.referral_id = "
            + "pushed_lead.id AND link.crm_id IS NOT NULL AND link.state <> 'PARKED')";

    /** Of a lead that is parked somewhere the text is kept so many times as long, for a person to mend it. */
    private static final int LONGER = 4;
    /** What was forgotten for a person while it was being tried again is among them. */
    private static final String PARKED_WITHOUT_TEXT = LinkRows.SELECT + "WHERE state = 'PARKED' AND EXISTS (SELECT 1"
            + " FROM pushed_lead WHERE pushed_lead.id = referral_id AND body IS NULL)";
    private static final int NAMED = 20;
    private static final String GIVEN_UP = "its text was deleted, because it was parked for too long";

    private final Database database;
    private final List<String> crms;
    private final Duration keep;
    private final ToIntFunction<String> backlog;
    private final Clock clock;

    /**
     * @param crms    names of the enabled CRMs
     * @param keep    how long the text of a delivered lead is kept, from when it came
     * @param backlog how many hints of a CRM are not done, by its name
     */
    public PushedLeads(Database database, List<String> crms, Duration keep, ToIntFunction<String> backlog,
            Clock clock) {
        this.database = database;
        this.crms = List.copyOf(crms);
        this.keep = keep;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Who has to be asked for the record with this id: the marketplace's own leads are not in Partner Center. */
    public static String systemOf(String referralId, String otherwise) {
        return referralId.startsWith(PREFIX) ? Hint.MARKETPLACE : otherwise;
    }

    /**
     * Stores a lead; returns when it is on disk.
     *
     * @param body as it was sent
     * @return what to look at; null when the same lead was sent before and every CRM has it
     */
    public Hint keep(String body) {
        String id = PREFIX + digest(body);
        boolean added = StateFaults.classed(() -> database.inTransaction(statements -> statements.update(
                "INSERT INTO pushed_lead (id, body, received_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", id, body,
                now()))) > 0;
        return added || unsettled(crms).contains(id) ? hint(id, Hint.Origin.WEBHOOK) : null;
    }

    /** What was sent; null when there is no such lead or its text was deleted. */
    public String body(String id) {
        return StateFaults.classed(
                () -> database.client().sql("SELECT body FROM pushed_lead WHERE id = ? AND body IS NOT NULL").param(id)
                        .query(String.class).optional().orElse(null));
    }

    /**
     * The leads that a CRM still lacks though nothing waits for it, as hints, oldest first; parked ones are not among
     * them. As long as something does, such as while the CRM is away, the hint of the lead waits as well.
     */
    public List<Hint> undelivered() {
        List<String> idle = crms.stream().filter(crm -> backlog.applyAsInt(crm) == 0).toList();
        return idle.isEmpty() ? List.of() : unsettled(idle).stream().map(id -> hint(id, Hint.Origin.SWEEP)).toList();
    }

    private List<String> unsettled(List<String> of) {
        List<String> missing = of.stream().map(crm -> "NOT " + SETTLED).toList();
        return StateFaults.classed(() -> database.client().sql("SELECT id FROM pushed_lead WHERE body IS NOT NULL AND ("
                + String.join(" OR ", missing) + ") ORDER BY received_at").params(of).query(String.class).list());
    }

    /**
     * Deletes the texts of delivered leads that are old enough, and of those that a CRM has refused for much longer,
     * which are given up with it. @return how many
     */
    public int forget() {
        List<Link> parked = new ArrayList<>();
        int deleted = StateFaults.classed(() -> database.inTransaction(statements -> {
            int delivered = forget(statements, DELIVERED, keep);
            int refused = forget(statements, SETTLED, keep.multipliedBy(LONGER));
            parked.addAll(statements.query(PARKED_WITHOUT_TEXT, LinkRows::read));
            parked.forEach(link -> giveUp(statements, link));
            return delivered + refused;
        }));
        if (!parked.isEmpty()) {
            LOG.warn("{} parked leads of the marketplace were given up, because their texts were deleted; nobody can be"
                    + " asked for them again: {}{}", parked.size(), parked.stream().limit(NAMED)
                            .map(link -> link.crm() + " " + link.referralId()).collect(Collectors.joining(", ")),
                    parked.size() > NAMED ? " and others, which the audit names (GIVEN_UP)" : "");
        }
        return deleted;
    }

    private void giveUp(JdbcTemplate statements, Link link) {
        statements.update("UPDATE link SET state = 'ORPHANED', reason = ?, causes = NULL, deal_name = NULL,"
                + " customer = NULL, updated_at = ? WHERE id = ? AND state = 'PARKED'", GIVEN_UP, now(), link.id());
        AuditTrail.insert(statements, new AuditEntry(clock.instant(), link.crm(), link.referralId(), link.crmId(),
                "GIVEN_UP", "FORGET", "Given up: " + GIVEN_UP, null, false));
    }

    private int forget(JdbcTemplate statements, String inEach, Duration age) {
        List<Object> values = new ArrayList<>(List.of(now().minus(age)));
        values.addAll(crms);
        return statements.update("UPDATE pushed_lead SET body = NULL WHERE body IS NOT NULL AND received_at < ? AND "
                + String.join(" AND ", crms.stream().map(crm -> inEach).toList()), values.toArray());
    }

    private static Hint hint(String id, Hint.Origin origin) {
        return new Hint(Hint.MARKETPLACE, id, null, origin);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String digest(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
