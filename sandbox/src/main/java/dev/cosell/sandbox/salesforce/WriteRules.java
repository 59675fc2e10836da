package dev.cosell.sandbox.salesforce;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the platform derives or checks on a write beyond single fields. */
final class WriteRules {
    private static final Map<String, String> FORECAST = Map.of("Best Case", "BestCase", "Commit", "Forecast");

    private static final int DECIMALS = 2;
    private static final Map<String, Integer> DECIMAL_PLACES = Map.of("JPY", 0, "KWD", 3);

    private final Database database;
    private final Switches switches;

    WriteRules(Database database, Switches switches) {
        this.database = database;
        this.switches = switches;
    }

    /** Fills the derived fields of a row that is about to be stored. */
    void apply(Row row, Set<String> given, Row before) {
        round(row);
        if (switches.countryPicklists) {
            CountryPicklists.align(row, given);
        }
        switch (row.type().name) {
            case Schema.OPPORTUNITY -> opportunity(row.values(), given, before);
            case Schema.CONTACT, Schema.USER, Schema.LEAD ->
                row.values().put("Name", Stream.of("FirstName", "LastName").map(row::text)
                        .filter(part -> part != null).collect(Collectors.joining(" ")));
            case Schema.TASK -> row.values().put("IsClosed", "Completed".equals(row.get("Status")));
            case Schema.SOLUTION -> row.values().computeIfAbsent("Name", key -> row.id());
            default -> { }
        }
    }

    /** Amounts have as many decimals as the currency of their row, which CurrencyType calls DecimalPlaces. */
    private static void round(Row row) {
        int decimals = DECIMAL_PLACES.getOrDefault(String.valueOf(row.get("CurrencyIsoCode")), DECIMALS);
        for (Field field : row.type().fields()) {
            if (field.type() == FieldType.CURRENCY && row.get(field.name()) instanceof BigDecimal amount) {
                row.values().put(field.name(), Values.decimal(amount, decimals));
            }
        }
    }

    /**
     * Writes that follow from a stored row: one primary contact role only, and the role for a new opportunity's
     * contact.
     */
    void afterwards(Row row, Set<String> given, Row before, Dml dml, Dml.Actor actor) {
        if (row.type().name.equals(Schema.CONTACT_ROLE) && row.flag("IsPrimary")) {
            for (Row other : database.table(Schema.CONTACT_ROLE).by("OpportunityId", row.get("OpportunityId"))) {
                if (!other.id().equals(row.id()) && other.flag("IsPrimary")) {
                    dml.update(other, Map.of("IsPrimary", false), actor);
                }
            }
        }
        if (row.type().name.equals(Schema.OPPORTUNITY) && before == null && row.get("ContactId") != null) {
            dml.insert(database.schema.find(Schema.CONTACT_ROLE),
                    Map.of("OpportunityId", row.id(), "ContactId", row.get("ContactId"), "IsPrimary", true), actor);
        }
    }

    private void checkOwner(Object owner, Row before) {
        Row user = database.table(Schema.USER).get(String.valueOf(owner));
        boolean given = before == null || !owner.equals(before.get("OwnerId"));
        if (given && user != null && !Schema.STANDARD.equals(user.get("UserType"))) {
            throw Refusal.bad("OP_WITH_INVALID_USER_TYPE_EXCEPTION",
                    "Operation not valid for this user type: Owner ID: " + owner, "OwnerId");
        }
    }

    private void opportunity(Map<String, Object> values, Set<String> given, Row before) {
        checkOwner(values.get("OwnerId"), before);
        String stage = (String) values.get("StageName");
        if (before == null || !stage.equals(before.get("StageName"))) {
            stageMoved(values, given, stage);
            values.put("LastStageChangeDate", before == null ? null : values.get("SystemModstamp"));
        }
        String category = (String) values.get("ForecastCategoryName");
        values.put("ForecastCategory", FORECAST.getOrDefault(category, category));
        BigDecimal amount = (BigDecimal) values.get("Amount");
        BigDecimal probability = (BigDecimal) values.get("Probability");
        values.put("ExpectedRevenue", amount == null || probability == null ? null
                : Values.decimal(amount.multiply(probability).movePointLeft(2)));
        LocalDate close = LocalDate.parse((String) values.get("CloseDate"));
        int quarter = (close.getMonthValue() + 2) / 3;
        values.put("FiscalYear", close.getYear());
        values.put("FiscalQuarter", quarter);
        values.put("Fiscal", close.getYear() + " " + quarter);
    }

    private void stageMoved(Map<String, Object> values, Set<String> given, String stage) {
        List<Row> known = database.table(Schema.STAGE).by("ApiName", stage);
        if (known.isEmpty() && !switches.unknownStages) {
            throw Refusal.bad("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    "Stage: bad value for restricted picklist field: " + stage,
                    "StageName");
        }
        Row definition = known.isEmpty() ? null : known.get(0);
        values.put("IsClosed", definition != null && definition.flag("IsClosed"));
        values.put("IsWon", definition != null && definition.flag("IsWon"));
        if (definition != null) {
            values.put("StageName", definition.get("ApiName"));
        }
        if (!given.contains("ForecastCategoryName")) {
            values.put("ForecastCategoryName",
                    definition == null ? "Pipeline" : definition.get("ForecastCategoryName"));
        }
        if (!given.contains("Probability")) {
            values.put("Probability",
                    definition == null ? BigDecimal.ZERO.setScale(1) : definition.get("DefaultProbability"));
        }
    }

    /** A reference must name a row of the right object that is not deleted. */
    void checkReference(Field field, Object value) {
        if (field.type() != FieldType.REFERENCE || value == null) {
            return;
        }
        ObjectType target = database.schema.find(field.target(value));
        if (!value.toString().startsWith(target.prefix)) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION", field.label() + ": id value of incorrect type: " + value,
                    field.name());
        }
        Row row = database.table(target.name).get(value.toString());
        if (row == null) {
            throw Refusal.bad("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.name());
        }
        if (row.deleted()) {
            throw new Refusal(404, "ENTITY_IS_DELETED", "entity is deleted", field.name());
        }
    }

    /**
     * The id of the row that a body names by an external id, such as
     * {@code "Opportunity__r": {"Referral_Identifier__c": "…"}}.
     */
    Object byExternalId(Field reference, Map<String, Object> parent) {
        ObjectType target = database.schema.find(reference.referenceTo());
        for (Map.Entry<String, Object> entry : parent.entrySet()) {
            Field field = target.field(entry.getKey());
            if (field == null || !field.is(Field.Trait.EXTERNAL_ID)) {
                continue;
            }
            List<Row> rows = database.table(target.name).by(field.name(), entry.getValue()).stream()
                    .filter(row -> !row.deleted()).toList();
            if (rows.size() == 1) {
                return rows.get(0).id();
            }
            throw Refusal.bad("INVALID_FIELD",
                    "Foreign key external ID: " + entry.getValue() + " not found for field " + field.name()
                            + " in entity " + target.name,
                    reference.name());
        }
        throw Refusal.bad("INVALID_FIELD", "No external id for " + target.name + " in " + reference.relationship(),
                reference.name());
    }
}
