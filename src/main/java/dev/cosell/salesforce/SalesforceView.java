package dev.cosell.salesforce;

import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.ConnectorFields;
import dev.cosell.verbs.CrmView;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import java.util.stream.Collectors;

/** What the sync must know of a Salesforce opportunity. */
public final class SalesforceView implements CrmView {
    static final String HAS_PRODUCTS = "HasOpportunityLineItem";
    static final String PREFIX = "006";
    /** By ISO code; without those that have no smaller unit. */
    private static final Map<String, Integer> DECIMALS = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

    private final SalesforceFields fields;
    private final RecordVersion version;
    private final int auditLength;

    /** @param auditLength characters the Audit field holds, 100000 in Microsoft's guide */
    public SalesforceView(SalesforceFields fields, int auditLength) {
        this.fields = fields;
        this.version = new RecordVersion(fields.auditField());
        this.auditLength = auditLength;
    }

    @Override
    public String system() {
        return "salesforce";
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("Id");
    }

    @Override
    public String version(Map<String, Object> opportunity) {
        return version.of(opportunity);
    }

    @Override
    public Instant modifiedAt(Map<String, Object> opportunity) {
        return opportunity.get("SystemModstamp") instanceof String stamp ? DateForm.moment(stamp) : null;
    }

    @Override
    public String readId(String text) {
        return SalesforceIds.read(PREFIX, text);
    }

    @Override
    public String readLeadId(String text) {
        return SalesforceLeadView.readId(text);
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
        return "Name";
    }

    @Override
    public int nameLength() {
        return 120;
    }

    /** A closed opportunity is reopened by writing its stage: Salesforce itself locks nothing. */
    @Override
    public boolean readOnly(Map<String, Object> opportunity) {
        return false;
    }

    /** Salesforce takes a write to the amount of an opportunity with products without an error, and ignores it. */
    @Override
    public String computed(Map<String, Object> opportunity, String field) {
        return "Amount".equals(field) && Boolean.TRUE.equals(opportunity.get(HAS_PRODUCTS))
                ? "the opportunity has products, and Salesforce computes the amount from them; change the products"
                : null;
    }

    /** As many as the currency has by ISO 4217, which is what Salesforce sets up for it. */
    @Override
    public int decimals(Map<String, Object> opportunity) {
        Integer digits = DECIMALS.get(String.valueOf(opportunity.get("CurrencyIsoCode")));
        return digits == null ? CrmView.super.decimals(opportunity) : digits;
    }

    @Override
    public boolean guards(Map<String, Object> opportunity, Collection<String> written) {
        return WriteGuard.covers(opportunity, written);
    }

    @Override
    public String ownerIsNoPerson(Map<String, Object> opportunity) {
        return opportunity.get(OpportunityRecords.OWNER) instanceof Map<?, ?> owner
                && Boolean.FALSE.equals(owner.get(OpportunityQuery.IS_ACTIVE))
                        ? "an inactive user" : null;
    }

    @Override
    public Long order(String version) {
        return order(Map.of("SystemModstamp", RecordVersion.stamp(version)));
    }
}
