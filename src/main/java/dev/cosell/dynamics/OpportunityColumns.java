package dev.cosell.dynamics;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Which columns are read: those of the mapping, and those the sync itself needs. */
public final class OpportunityColumns {
    static final String CURRENCY = "transactioncurrencyid";
    static final String CURRENCY_VALUE = "_transactioncurrencyid_value";
    static final String SOLUTIONS = "solutions";
    /** The team that owns the opportunity; empty when a user does. */
    static final String TEAM = "_owningteam_value";
    private static final String ACTIVE = OData.encoded("statecode eq 0");
    private static final Set<String> VIRTUAL = Set.of(CURRENCY, SOLUTIONS);
    private static final List<String> ALWAYS = List.of("name", "statecode", "statuscode", "estimatedvalue",
            "isrevenuesystemcalculated", "modifiedon", CURRENCY_VALUE, TEAM);

    private final DynamicsFields fields;
    private final Supplier<Set<String>> opportunityFields;
    private final Supplier<Set<String>> accountFields;
    private final Supplier<Set<String>> contactFields;
    private final Supplier<Set<String>> teamFields;

    /**
     * The suppliers give the fields that the mapping names; they are asked for each read, because a mapping may be
     * reloaded.
     */
    public OpportunityColumns(DynamicsFields fields, Supplier<Set<String>> opportunityFields,
                              Supplier<Set<String>> accountFields, Supplier<Set<String>> contactFields) {
        this(fields, opportunityFields, accountFields, contactFields, Set::of);
    }

    /** @param teamFields columns of the owner; none leaves the owner unread */
    public OpportunityColumns(DynamicsFields fields, Supplier<Set<String>> opportunityFields,
            Supplier<Set<String>> accountFields,
            Supplier<Set<String>> contactFields, Supplier<Set<String>> teamFields) {
        this.teamFields = teamFields;
        this.fields = fields;
        this.opportunityFields = opportunityFields;
        this.accountFields = accountFields;
        this.contactFields = contactFields;
    }

    /** {@code $select=…} for an opportunity. */
    String select() {
        return "$select=" + String.join(",", columns());
    }

    /**
     * {@code $select=…&$expand=…} for an opportunity with its account, contact and solution rows. A row that somebody
     * deactivated is none any more; what Partner Center names again gets a new one.
     */
    String selectAndExpand() {
        String account = "($select=" + joined(accountFields.get(), "name") + ")";
        String contact = "($select=" + joined(contactFields.get(), "fullname") + ")";
        return select() + "&$expand=parentaccountid" + account + ",customerid_account" + account + ",parentcontactid"
                + contact + ",customerid_contact" + contact + "," + fields.opportunitySolutionsNav() + "($select="
                + fields.solutionIdField() + "," + fields.solutionNameField() + ";$filter=" + ACTIVE + ")"
                + (teamFields.get().isEmpty() ? "" : ",owninguser($select=" + Users.columns(teamFields.get()) + ")");
    }

    private Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(ALWAYS);
        columns.addAll(
                List.of(fields.syncField(), fields.referralIdField(), fields.referralLinkField(), fields.auditField()));
        opportunityFields.get().stream().filter(field -> !VIRTUAL.contains(field)).forEach(columns::add);
        return columns;
    }

    private static String joined(Collection<String> mapped, String always) {
        Set<String> names = new LinkedHashSet<>(mapped);
        names.add(always);
        return String.join(",", names);
    }
}
