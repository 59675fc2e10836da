package dev.cosell.dynamics;

import dev.cosell.text.Guids;
import dev.cosell.verbs.ConnectorFields;
import dev.cosell.verbs.CrmView;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sync must know of a Dynamics 365 opportunity. */
public final class DynamicsView implements CrmView {
    static final String ETAG = "@odata.etag";
    private static final Pattern ROW_VERSION = Pattern.compile("W/\"(\\d{1,18})\"");

    private final DynamicsFields fields;
    private final int auditLength;

    /** @param auditLength largest number of characters the Audit column holds */
    public DynamicsView(DynamicsFields fields, int auditLength) {
        this.fields = fields;
        this.auditLength = auditLength;
    }

    @Override
    public String system() {
        return Refusals.SYSTEM;
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("opportunityid");
    }

    @Override
    public String version(Map<String, Object> opportunity) {
        return (String) opportunity.get(ETAG);
    }

    @Override
    public Instant modifiedAt(Map<String, Object> opportunity) {
        return opportunity.get("modifiedon") instanceof String time ? Instant.parse(time) : null;
    }

    /** The row version within the etag, which grows with every write; {@code modifiedon} tells seconds only. */
    @Override
    public Long order(Map<String, Object> opportunity) {
        return order(String.valueOf(opportunity.get(ETAG)));
    }

    @Override
    public Long order(String version) {
        Matcher number = ROW_VERSION.matcher(version);
        return number.matches() ? Long.valueOf(number.group(1)) : null;
    }

    @Override
    public String readId(String text) {
        return Guids.readRecord(text);
    }

    @Override
    public ConnectorFields connectorFields() {
        return fields;
    }

    @Override
    public int auditLength() {
        return auditLength;
    }

    @Override
    public String nameField() {
        return "name";
    }

    @Override
    public int nameLength() {
        return 300;
    }

    @Override
    public boolean readOnly(Map<String, Object> opportunity) {
        return closed(opportunity);
    }

    /** Dynamics 365 overwrites a revenue that it computes itself. */
    @Override
    public String computed(Map<String, Object> opportunity, String field) {
        return "estimatedvalue".equals(field) && Boolean.TRUE.equals(opportunity.get("isrevenuesystemcalculated"))
                ? "Dynamics 365 computes the revenue of this opportunity from its products; change the products, or "
                        + "set the revenue to be"
                + " provided by the user" : null;
    }

    /** The etag tells every write of the row apart; solutions are rows of their own. */
    @Override
    public boolean guards(Map<String, Object> opportunity, Collection<String> fields) {
        return !fields.contains(OpportunityColumns.SOLUTIONS);
    }

    @Override
    public int decimals(Map<String, Object> opportunity) {
        return opportunity.get(Records.CURRENCY_DECIMALS) instanceof Integer decimals ? decimals
                : CrmView.super.decimals(opportunity);
    }

    @Override
    public String ownerIsNoPerson(Map<String, Object> opportunity) {
        if (opportunity.get(OpportunityColumns.TEAM) != null) {
            return "a team";
        }
        return opportunity.get(Records.OWNER) instanceof Map<?, ?> owner ? Users.noPerson(Records.columns(owner))
                : null;
    }

    static boolean closed(Map<String, Object> opportunity) {
        return opportunity.get("statecode") instanceof Number state && state.intValue() != 0;
    }
}
