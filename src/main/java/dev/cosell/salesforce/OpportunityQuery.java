package dev.cosell.salesforce;

import dev.cosell.mapping.DateFields;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which fields of an opportunity and of its account, contact and solutions are read, and the SOQL that reads them. */
public final class OpportunityQuery {
    static final String IS_ACTIVE = "IsActive";
    private static final Set<String> VIRTUAL = Set.of("account", "contact", "solutions");

    private final SalesforceFields fields;
    private final Supplier<Set<String>> opportunityFields;
    private final Supplier<Set<String>> accountFields;
    private final Supplier<Set<String>> contactFields;
    private final Supplier<Set<String>> teamFields;
    private final OrgCurrency currency;
    private final DateFields dates;

    /** The suppliers are asked for every query, so an edited mapping reads its new fields at once. */
    public OpportunityQuery(SalesforceFields fields, Supplier<Set<String>> opportunityFields,
            Supplier<Set<String>> accountFields,
            Supplier<Set<String>> contactFields) {
        this(fields, opportunityFields, accountFields, contactFields, Set::of);
    }

    /** @param teamFields fields of the owner; none leaves the owner unread */
    public OpportunityQuery(SalesforceFields fields, Supplier<Set<String>> opportunityFields,
            Supplier<Set<String>> accountFields,
            Supplier<Set<String>> contactFields, Supplier<Set<String>> teamFields) {
        this(fields, opportunityFields, accountFields, contactFields, teamFields, OrgCurrency.SEVERAL);
    }

    /** @param currency the one currency of the organisation, if it has one only */
    public OpportunityQuery(SalesforceFields fields, Supplier<Set<String>> opportunityFields,
            Supplier<Set<String>> accountFields,
            Supplier<Set<String>> contactFields, Supplier<Set<String>> teamFields, OrgCurrency currency) {
        this(fields, opportunityFields, accountFields, contactFields, teamFields, currency, DateFields.none());
    }

    /** @param dates how the organisation keeps the dates of an opportunity */
    public OpportunityQuery(SalesforceFields fields, Supplier<Set<String>> opportunityFields,
            Supplier<Set<String>> accountFields,
            Supplier<Set<String>> contactFields, Supplier<Set<String>> teamFields, OrgCurrency currency,
            DateFields dates) {
        this.dates = dates;
        this.currency = currency;
        this.teamFields = teamFields;
        this.fields = fields;
        this.opportunityFields = opportunityFields;
        this.accountFields = accountFields;
        this.contactFields = contactFields;
    }

    SalesforceFields fields() {
        return fields;
    }

    OrgCurrency currency() {
        return currency;
    }

    /** A copy of a row as the sync sees it: with the organisation's only currency, and with days in its date fields. */
    Map<String, Object> read(Map<String, Object> row) {
        return currency.read(dates.read(row));
    }

    /**
     * A copy of what is to be written, as the organisation keeps it.
     *
     * @throws dev.cosell.verbs.Fault.Data when the organisation does not have the currency
     */
    Map<String, Object> written(Map<String, Object> wanted, String about) {
        return currency.written(dates.written(wanted), about);
    }

    /** Everything the sync sees of the opportunities that meet a condition, in one call. */
    String full(String where) {
        StringBuilder soql = new StringBuilder("SELECT ").append(String.join(", ", own())).append(", ")
                .append(fields.auditField());
        for (String name : distinct(accountFields.get(), List.of("Id", "Name"))) {
            soql.append(", Account.").append(name);
        }
        if (!teamFields.get().isEmpty()) {
            distinct(teamFields.get(), List.of(IS_ACTIVE)).forEach(name -> soql.append(", Owner.").append(name));
        }
        soql.append(", (SELECT ContactId");
        for (String name : distinct(contactFields.get(), List.of("Id", "LastName"))) {
            soql.append(", Contact.").append(name);
        }
        soql.append(" FROM OpportunityContactRoles WHERE IsPrimary = true LIMIT 1), (SELECT Id, ")
                .append(fields.solutionIdField())
                .append(", Name FROM ").append(fields.solutionRelationship()).append(" ORDER BY CreatedDate, Id)");
        return soql.append(" FROM Opportunity WHERE ").append(where).toString();
    }

    /** The fields a version is made of, and no more: the same as in {@link #full}. */
    String versions(String where) {
        return "SELECT " + String.join(", ", own()) + ", IsDeleted FROM Opportunity WHERE " + where;
    }

    /**
     * Which solution rows changed, deleted ones included when asked with queryAll. Rows of opportunities that are not
     * shared are left out.
     */
    String solutionRows(String condition) {
        String parent = fields.solutionOpportunityField();
        String shared = parent.endsWith("__c") ? parent.replaceAll("__c$", "__r") + "." + fields.syncField() + " = true"
                : parent + " != null";
        return "SELECT Id, SystemModstamp, IsDeleted, Name, " + fields.solutionIdField() + ", " + parent + " FROM "
                + fields.solutionObject() + " WHERE " + shared + condition;
    }

    private Collection<String> own() {
        currency.verify();
        Collection<String> own = distinct(opportunityFields.get(),
                List.of("Id", "SystemModstamp", "Name", "StageName", SalesforceView.HAS_PRODUCTS,
                        fields.syncField(), fields.referralIdField(), fields.referralLinkField()));
        return own.stream()
                .filter(name -> !VIRTUAL.contains(name) && !name.equals(fields.auditField())
                        && !name.equals("IsDeleted")
                        && !currency.isVirtual(name))
                .collect(Collectors.toList());
    }

    /** SOQL refuses a field that is named twice, in whatever case. */
    private static Collection<String> distinct(Set<String> wanted, List<String> always) {
        Map<String, String> names = new TreeMap<>();
        wanted.forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        always.forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        return names.values();
    }
}
