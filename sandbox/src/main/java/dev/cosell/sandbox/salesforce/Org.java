package dev.cosell.sandbox.salesforce;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a new sandbox org holds: two users and the sales stages; "On Hold" is no standard stage. */
final class Org {
    static final String ID = SalesforceIds.complete("00D8d000000Sand");

    private final Database database;
    private final Clock clock;
    private Row integrationUser;
    private Row seller;

    Org(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void seed() {
        integrationUser = user("sandbox", "Integration", "User", "integration@cosell.example");
        seller = user("seller@cosell.example", "Sam", "Seller", "seller@cosell.example");
        stages();
        organization();
        database.commit();
    }

    /** A state that was saved before organizations had a row, and users a type, gets them. */
    void seedMissing() {
        for (Row user : List.copyOf(database.table(Schema.USER).all())) {
            if (user.get("UserType") == null) {
                Map<String, Object> values = new LinkedHashMap<>(user.values());
                values.put("UserType", Schema.STANDARD);
                database.put(new Row(user.type(), values, user.values()));
                database.commit();
            }
        }
        if (database.table(Schema.ORGANIZATION).get(ID) == null) {
            organization();
            database.commit();
        }
    }

    private void organization() {
        insert(Schema.ORGANIZATION,
                Map.of("Id", ID, "Name", "Cosell Sandbox", "InstanceName", "SBX0", "IsSandbox", false,
                        "OrganizationType", "Developer Edition", "TimeZoneSidKey", "GMT"));
    }

    /** The user whose credentials API clients have. */
    Row integrationUser() {
        return database.table(Schema.USER).get(integrationUser.id());
    }

    /** The person in whose name the controls write. */
    Row seller() {
        return seller;
    }

    private Row user(String name, String first, String last, String email) {
        return insert(Schema.USER,
                Map.of("Username", name, "FirstName", first, "LastName", last, "Name", first + " " + last,
                        "Email", email, "Phone", "+44 20 7946 0100", "IsActive", true));
    }

    private void stages() {
        String[][] stages = {
                {"Prospecting", "10", "Pipeline"}, {"Qualification", "10", "Pipeline"},
                {"Needs Analysis", "20", "Pipeline"},
                {"Value Proposition", "50", "Pipeline"}, {"Id. Decision Makers", "60", "Pipeline"},
                {"Perception Analysis", "70", "Pipeline"},
                {"Proposal/Price Quote", "75", "Pipeline"}, {"Negotiation/Review", "90", "Pipeline"},
                {"On Hold", "10", "Pipeline"},
            {"Closed Won", "100", "Closed"}, {"Closed Lost", "0", "Omitted"}};
        for (int i = 0; i < stages.length; i++) {
            String name = stages[i][0];
            if (database.schema.bare() && name.equals("On Hold")) {
                continue;
            }
            stage(name, stages[i][1], stages[i][2], i + 1);
        }
    }

    private void stage(String name, String probability, String forecast, int order) {
        insert(Schema.STAGE,
                Map.of("ApiName", name, "MasterLabel", name, "IsActive", true, "IsClosed", name.startsWith("Closed"),
                        "IsWon", name.equals("Closed Won"), "DefaultProbability",
                        Values.decimal(new BigDecimal(probability)),
                        "ForecastCategory", forecast, "ForecastCategoryName", forecast, "SortOrder", order));
    }

    /** An open stage that an administrator adds; nothing happens when it is there. */
    void addStage(String name) {
        Table stages = database.table(Schema.STAGE);
        if (stages.all().stream().noneMatch(row -> name.equals(row.get("ApiName")))) {
            stage(name, "10", "Pipeline", stages.all().size() + 1);
            database.commit();
        }
    }

    private Row insert(String object, Map<String, Object> given) {
        ObjectType type = database.schema.find(object);
        Map<String, Object> values = new LinkedHashMap<>();
        type.fields()
                .forEach(field -> values.put(field.name(), given.getOrDefault(field.name(), field.defaultValue())));
        String now = Values.wire(clock.instant());
        values.put("Id", given.containsKey("Id") ? given.get("Id") : database.nextId(type));
        values.put("IsDeleted", false);
        values.put("CreatedDate", now);
        values.put("LastModifiedDate", now);
        values.put("SystemModstamp", now);
        Row row = new Row(type, values, null);
        database.put(row);
        return row;
    }
}
