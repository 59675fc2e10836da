package dev.cosell.verbs;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the sync must know of a CRM's opportunity beyond its mapped fields. */
public interface CrmView extends CrmRecordView {
    ConnectorFields connectorFields();

    @Override
    default String referralIdField() {
        return connectorFields().referralIdField();
    }

    @Override
    default String auditField() {
        return connectorFields().auditField();
    }

    @Override
    Instant modifiedAt(Map<String, Object> opportunity);

    /** API name of the field with the opportunity's name. */
    String nameField();

    /** Largest number of characters a name holds. */
    int nameLength();

    /**
     * The id of this CRM's record that a text stands for, in whatever spelling people and programs use.
     *
     * @param text null allowed
     * @return as {@link #id} gives it; null for any other text, such as the id of another CRM's record
     */
    String readId(String text);

    /**
     * The id of this CRM's lead that a text may stand for, as {@link #readId} does for opportunities.
     *
     * @param text null allowed
     * @return null for any text that cannot be a lead's id; where ids do not tell their table, for none that is an id
     */
    default String readLeadId(String text) {
        return readId(text);
    }

    /**
     * What the owner is, with its article, who is nobody that can be called, such as a team; null when a person owns
     * it.
     */
    default String ownerIsNoPerson(Map<String, Object> opportunity) {
        return null;
    }

    /**
     * Whether a conditional write of these fields is refused for certain when somebody edited one of them since the
     * opportunity was in this state, however long ago that is.
     *
     * @param opportunity the state that the write is computed from
     */
    default boolean guards(Map<String, Object> opportunity, Collection<String> fields) {
        return false;
    }

    /** The seller's switch, "Sync with Partner Center". */
    default boolean syncWanted(Map<String, Object> opportunity) {
        return Boolean.TRUE.equals(opportunity.get(connectorFields().syncField()));
    }

    /** What stands in the Referral Link; null when nothing does. */
    default String referralLink(Map<String, Object> opportunity) {
        return opportunity.get(connectorFields().referralLinkField()) instanceof String link && !link.isBlank() ? link
                : null;
    }

    /** Fields to fill when an opportunity is joined to a referral: identifier, link, sync switch. */
    default Map<String, Object> joinFields(String referralId, String referralLink) {
        Map<String, Object> join = new LinkedHashMap<>();
        join.put(connectorFields().referralIdField(), referralId);
        join.put(connectorFields().referralLinkField(), referralLink);
        join.put(connectorFields().syncField(), true);
        return join;
    }
}
