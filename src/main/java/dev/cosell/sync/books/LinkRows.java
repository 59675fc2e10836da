package dev.cosell.sync.books;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.text.Storable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a {@link Link} lies in its table. */
final class LinkRows {
    private static final String READ = "SELECT id, crm, referral_id, engagement_id, crm_id, agreed, referral_version,"
            + " crm_version, state, reason, updated_at, write_window_start, writes_in_window, referral_order, "
            + "crm_order, waits, approved_at, record_type, causes";
    static final String SELECT = READ + " FROM link ";
    /** With what the deal is called, in the columns {@link #NAME} and {@link #CUSTOMER}. */
    static final String SELECT_LABELLED = READ + ", deal_name, customer FROM link ";
    static final int NAME = 20;
    static final int CUSTOMER = 21;
    static final String INSERT = "INSERT INTO link (crm, referral_id, engagement_id, crm_id, agreed, referral_version,"
            + " crm_version, state, reason, updated_at, write_window_start, writes_in_window, referral_order,"
            + " crm_order, waits, due_at, record_type, deal_name, customer, causes)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SET = "UPDATE link SET crm = ?, referral_id = ?, engagement_id = ?, crm_id = ?,"
            + " agreed = ?, referral_version = ?, crm_version = ?, state = ?, reason = ?, updated_at = ?,"
            + " write_window_start = ?, writes_in_window = ?, referral_order = ?, crm_order = ?, waits = ?,"
            + " due_at = ?, record_type = ?, deal_name = COALESCE(?, deal_name), customer = COALESCE(?, customer),"
            + " causes = ? ";
    /** Two statements, because H2 would read all links for one that asks for either record. */
    private static final String COMPLETE_REFERRAL = SET + "WHERE crm = ? AND referral_id = ? AND crm_id IS NULL";
    private static final String COMPLETE_RECORD = SET + "WHERE crm = ? AND crm_id = ? AND referral_id IS NULL";
    private static final String AS_READ = "WHERE id = ? AND updated_at = COALESCE(?, updated_at)";
    private static final String UPDATE = SET + AS_READ;
    /**
     * A sync stores a half-made link itself before it writes, so only one is refused to which another has added the
     * second record: it is joined or a claim by now.
     */
    private static final String UPDATE_HALF = SET + "WHERE id = ? AND (referral_id IS NULL OR crm_id IS NULL)";
    private static final String UPDATE_CLAIM = SET
            + "WHERE id = ? AND (referral_id IS NULL OR crm_id IS NULL OR state = 'CLAIMED')";
    /** What a half or a claim has become meanwhile stays, and the record that it holds cannot be joined: decide again. */
    private static final String ABSORB_HALF =
            "DELETE FROM link WHERE id = ? AND (referral_id IS NULL OR crm_id IS NULL)";
    private static final String ABSORB_CLAIM =
            "DELETE FROM link WHERE id = ? AND (referral_id IS NULL OR crm_id IS NULL OR state = 'CLAIMED')";
    private static final String BEGIN = "UPDATE link SET agreed = ?, crm_overwritten_at ="
            + " COALESCE(?, crm_overwritten_at), referral_overwritten_at = COALESCE(?, referral_overwritten_at) "
            + AS_READ;

    /** How many columns {@link #bind} fills. */
    private static final int COLUMNS = 20;
    private static final int REASON_LENGTH = 20_000;
    private static final int CAUSES_LENGTH = 2_000;
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private LinkRows() {}

    /**
     * Binds the columns that INSERT and UPDATE have in common, in their order; a label that is not known leaves the
     * one there is.
     */
    static void bind(PreparedStatement row, Link link, Label label, Instant now) throws SQLException {
        row.setString(1, link.crm());
        row.setString(2, link.referralId());
        row.setString(3, link.engagementId());
        row.setString(4, link.crmId());
        row.setString(5, AgreedText.text(link.agreed()));
        row.setString(6, link.referralVersion());
        row.setString(7, link.crmVersion());
        row.setString(8, link.state().name());
        row.setString(9, Storable.shortened(link.reason(), REASON_LENGTH));
        row.setObject(10, now.atOffset(ZoneOffset.UTC));
        Instant windowStart = link.writes().windowStart();
        row.setObject(11, time(windowStart));
        row.setInt(12, link.writes().writes());
        row.setObject(13, link.agreement().referral().order(), Types.BIGINT);
        row.setObject(14, link.agreement().crm().order(), Types.BIGINT);
        row.setString(15, WaitsText.text(link.waits()));
        Instant due = link.waits().next();
        row.setObject(16, time(due));
        row.setString(17, link.ends().type().name());
        row.setString(18, label.name());
        row.setString(19, label.customer());
        row.setString(20, causes(link.standing().causes()));
    }

    /** One a line, as many as there is room for; null for none. */
    private static String causes(List<String> causes) {
        StringBuilder lines = new StringBuilder();
        causes.stream().takeWhile(cause -> lines.length() + cause.length() < CAUSES_LENGTH)
                .forEach(cause -> lines.append(lines.isEmpty() ? "" : "\n").append(cause));
        return lines.isEmpty() ? null : lines.toString();
    }

    /** The same read; empty for null. */
    static List<String> causes(String lines) {
        return lines == null ? List.of() : List.of(lines.split("\n"));
    }

    /** Whether there was a link with one of its records to become this one. */
    static boolean complete(JdbcTemplate statements, Link link, Label label, Instant now) {
        return link.referralId() != null && complete(statements, COMPLETE_REFERRAL, link, label, now, link.referralId())
                || link.crmId() != null && complete(statements, COMPLETE_RECORD, link, label, now, link.crmId());
    }

    private static boolean complete(JdbcTemplate statements, String sql, Link link, Label label, Instant now,
            String record) {
        return statements.update(sql, row -> {
            bind(row, link, label, now);
            row.setString(COLUMNS + 1, link.crm());
            row.setString(COLUMNS + 2, record);
        }) > 0;
    }

    /**
     * Whether it was there, and as it was read.
     *
     * @param read what was read; null when that does not matter
     */
    static boolean update(JdbcTemplate statements, Link link, Link read, Label label, Instant now) {
        String sql = asRead(read);
        return statements.update(sql, row -> {
            bind(row, link, label, now);
            row.setLong(COLUMNS + 1, link.id());
            if (sql.equals(UPDATE)) {
                row.setObject(COLUMNS + 2, read == null ? null : time(read.updatedAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE);
            }
        }) > 0;
    }

    private static String asRead(Link read) {
        if (read == null || read.isWhole()) {
            return UPDATE;
        }
        return read.state() == LinkState.CLAIMED ? UPDATE_CLAIM : UPDATE_HALF;
    }

    /** Takes the link of one record away as it was read, because the record is in another one from now on. */
    static void absorb(JdbcTemplate statements, Link read) {
        statements.update(read.state() == LinkState.CLAIMED ? ABSORB_CLAIM : ABSORB_HALF, read.id());
    }

    /** The same of its agreed values alone, and of the times for which values that are taken from its sides count. */
    static boolean begin(JdbcTemplate statements, Link link, Map<Direction, Instant> overwrites) {
        return statements.update(BEGIN, row -> {
            row.setString(1, AgreedText.text(link.agreed()));
            row.setObject(2, time(overwrites.get(Direction.TO_CRM)), Types.TIMESTAMP_WITH_TIMEZONE);
            row.setObject(3, time(overwrites.get(Direction.TO_PARTNER_CENTER)),
                    Types.TIMESTAMP_WITH_TIMEZONE);
            row.setLong(4, link.id());
            row.setObject(5, time(link.updatedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
        }) > 0;
    }

    private static OffsetDateTime time(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    static Link read(ResultSet row, int number) throws SQLException {
        return new Link(row.getLong(1), row.getString(2),
                new Ends(row.getString(3), row.getString(4), row.getString(5), RecordType.valueOf(row.getString(18))),
                new Agreement(AgreedText.values(row.getString(6)), new Seen(row.getString(7), number(row, 14)),
                        new Seen(row.getString(8), number(row, 15))),
                new Standing(LinkState.valueOf(row.getString(9)), row.getString(10), causes(row.getString(19)),
                        instant(row, 11)),
                new WriteCount(instant(row, 12), row.getInt(13)),
                WaitsText.waits(row.getString(16), instant(row, 17)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    static String text(Map<String, Object> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("Values that are not JSON: " + values, fault);
        }
    }

    static Map<String, Object> map(String text) {
        try {
            return JSON.readValue(text, MAP);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("Values in the database that are not JSON: " + text, fault);
        }
    }
}
