package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Numbered;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a seller does in the browser: opens, edits and deletes opportunities, under another user than the integration's.
 */
final class SellerControls {
    private static final String ROOT = "/sandbox/opportunities";
    private static final Map<String, Object> DEFAULT_ACCOUNT = Map.of("Name", "Fabrikam Retail", "BillingStreet",
            "1 Finsbury Avenue",
            "BillingCity", "London", "BillingPostalCode", "EC2M 2PF", "BillingCountry", "GB", "NumberOfEmployees", 240);
    private static final Map<String, Object> DEFAULT_CONTACT = Map.of("FirstName", "Robin", "LastName", "Counts",
            "Email", "robin.counts@fabrikam.example", "Phone", "+44 20 7946 0111", "Title", "Head of IT");
    private static final List<Object> DEFAULT_SOLUTIONS = List.of(Map.of("id", "SOL-1001", "name", "Retail Analytics"));

    private final Database database;
    private final Dml dml;
    private final SoqlRunner runner;
    private final Org org;
    private final Clock clock;
    private final Switches everything = new Switches();

    SellerControls(Database database, Dml dml, SoqlRunner runner, Org org, Clock clock) {
        this.database = database;
        this.dml = dml;
        this.runner = runner;
        this.org = org;
        this.clock = clock;
    }

    /** Null when the path is none of these controls. */
    Answer handle(Call call) {
        if (!call.path().startsWith(ROOT)) {
            return null;
        }
        String name = call.path().length() > ROOT.length() ? call.path().substring(ROOT.length() + 1) : "";
        try {
            Answer answer = name.isEmpty() ? all(call) : one(call, name);
            database.commit();
            return answer;
        } catch (RuntimeException e) {
            database.rollBackTo(0);
            if (e instanceof Refusal refusal) {
                return Answer.json(refusal.status, refusal.body());
            }
            throw e;
        }
    }

    private Answer all(Call call) {
        if (call.method().equals("POST")) {
            Map<String, Object> fields = new LinkedHashMap<>(call.json());
            Object count = fields.remove("count");
            return count instanceof Number many ? many(many.intValue(), fields)
                    : Answer.json(201, shown(create(fields)));
        }
        return call.method().equals("GET") ? Answer.json(200, database.table(Schema.OPPORTUNITY).all().stream()
                .filter(row -> !row.deleted()).map(this::shown).toList()) : null;
    }

    /** Alike but for their names and for <code>{n}</code> in texts, which is a number; only their number is told. */
    private Answer many(int count, Map<String, Object> fields) {
        for (int i = 0; i < count; i++) {
            create(Numbered.of(fields, i));
        }
        return Answer.json(201, Map.of("count", count));
    }

    private Answer one(Call call, String name) {
        Row row = find(name);
        return switch (call.method()) {
            case "GET" -> Answer.json(200, shown(row));
            case "PATCH" -> Answer.json(200, shown(edit(row, call.json())));
            case "DELETE" -> {
                dml.delete(row, actor());
                yield Answer.empty(204);
            }
            default -> null;
        };
    }

    private Row find(String name) {
        Table table = database.table(Schema.OPPORTUNITY);
        Row row = name.equals("latest") ? database.latest(Schema.OPPORTUNITY) : table.get(SalesforceIds.complete(name));
        if (row == null && knows("Referral_Identifier__c")) {
            row = table.by("Referral_Identifier__c", name).stream().filter(other -> !other.deleted()).findFirst()
                    .orElse(null);
        }
        if (row == null || row.deleted()) {
            throw new Refusal(404, "NOT_FOUND", "there is no opportunity " + name + " in the sandbox");
        }
        return row;
    }

    private Dml.Actor actor() {
        return new Dml.Actor(org.seller().id(), true);
    }

    private Row create(Map<String, Object> given) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Name", "Retail rollout " + (database.table(Schema.OPPORTUNITY).all().size() + 1));
        body.put("StageName", "Prospecting");
        body.put("Amount", 72000);
        body.put("CloseDate", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(60).toString());
        body.put("CurrencyIsoCode", "GBP");
        body.put("Description", "Point-of-sale analytics for 40 shops");
        if (knows("Sync_with_Partner_Center__c")) {
            body.put("Sync_with_Partner_Center__c", true);
        }
        body.put("account", DEFAULT_ACCOUNT);
        body.put("contact", DEFAULT_CONTACT);
        body.put("solutions", hasSolutions() ? DEFAULT_SOLUTIONS : null);
        body.putAll(given);
        body.put("account", merged(DEFAULT_ACCOUNT, body.get("account")));
        body.put("contact", merged(DEFAULT_CONTACT, body.get("contact")));
        Row account = body.get("account") == null ? null : accountFor(Database.object(body.get("account")));
        if (account != null) {
            body.put("AccountId", account.id());
        }
        Row row = dml.insert(type(Schema.OPPORTUNITY), fieldsOf(body), actor());
        parts(row, body);
        return row;
    }

    private static Object merged(Map<String, Object> defaults, Object given) {
        if (given == null) {
            return null;
        }
        Map<String, Object> all = new LinkedHashMap<>(defaults);
        all.putAll(Database.object(given));
        return all;
    }

    private Row edit(Row row, Map<String, Object> body) {
        Map<String, Object> fields = fieldsOf(body);
        if (body.containsKey("account")) {
            Row account = body.get("account") == null ? null : editedAccount(row, Database.object(body.get("account")));
            fields.put("AccountId", account == null ? null : account.id());
        }
        Row edited = dml.update(row, fields, actor());
        parts(edited, body);
        return edited;
    }

    private Row editedAccount(Row row, Map<String, Object> fields) {
        Row account = row.get("AccountId") == null ? null : database.table(Schema.ACCOUNT).get(row.text("AccountId"));
        return account == null ? accountFor(fields) : dml.update(account, fields, actor());
    }

    private static Map<String, Object> fieldsOf(Map<String, Object> body) {
        Map<String, Object> fields = new LinkedHashMap<>(body);
        fields.keySet().removeAll(List.of("account", "contact", "solutions"));
        return fields;
    }

    private void parts(Row row, Map<String, Object> body) {
        if (body.containsKey("contact")) {
            contact(row, body.get("contact"));
        }
        if (body.containsKey("solutions")) {
            solutions(row, body.get("solutions"));
        }
    }

    private Row accountFor(Map<String, Object> fields) {
        for (Row row : database.table(Schema.ACCOUNT).by("Name", String.valueOf(fields.get("Name")))) {
            if (!row.deleted() && String.valueOf(fields.get("BillingPostalCode"))
                    .equals(String.valueOf(row.get("BillingPostalCode")))) {
                return row;
            }
        }
        return dml.insert(type(Schema.ACCOUNT), fields, actor());
    }

    private void contact(Row opportunity, Object given) {
        List<Row> roles = database.table(Schema.CONTACT_ROLE).by("OpportunityId", opportunity.id());
        Row primary = roles.stream().filter(role -> role.flag("IsPrimary")).findFirst().orElse(null);
        if (given == null) {
            roles.forEach(role -> dml.delete(role, actor()));
        } else if (primary != null) {
            dml.update(database.table(Schema.CONTACT).get(primary.text("ContactId")), Database.object(given), actor());
        } else {
            Map<String, Object> fields = new LinkedHashMap<>(Database.object(given));
            fields.putIfAbsent("AccountId", opportunity.get("AccountId"));
            Row contact = contactFor(fields);
            dml.insert(type(Schema.CONTACT_ROLE),
                    Map.of("OpportunityId", opportunity.id(), "ContactId", contact.id(), "IsPrimary", true,
                            "Role", "Decision Maker"),
                    actor());
        }
    }

    private Row contactFor(Map<String, Object> fields) {
        for (Row row : database.table(Schema.CONTACT).by("Email", String.valueOf(fields.get("Email")))) {
            if (!row.deleted()
                    && String.valueOf(fields.get("AccountId")).equals(String.valueOf(row.get("AccountId")))) {
                return row;
            }
        }
        return dml.insert(type(Schema.CONTACT), fields, actor());
    }

    /** In an org that nobody has customized the connector's fields and its object are missing. */
    private boolean knows(String field) {
        return type(Schema.OPPORTUNITY).field(field) != null;
    }

    private boolean hasSolutions() {
        return type(Schema.SOLUTION) != null && type(Schema.SOLUTION).field("Opportunity__c") != null;
    }

    private List<Row> solutionsOf(Row opportunity) {
        return !hasSolutions() ? List.of()
                : database.table(Schema.SOLUTION).by("Opportunity__c", opportunity.id()).stream()
                        .filter(row -> !row.deleted()).toList();
    }

    private void solutions(Row opportunity, Object given) {
        solutionsOf(opportunity).forEach(row -> dml.delete(row, actor()));
        for (Object each : given == null ? List.of() : (List<?>) given) {
            Map<String, Object> solution = Database.object(each);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Solution_Id__c", solution.get("id"));
            fields.put("Name", solution.get("name"));
            fields.put("Opportunity__c", opportunity.id());
            dml.insert(type(Schema.SOLUTION), fields, actor());
        }
    }

    private ObjectType type(String name) {
        return database.schema.find(name);
    }

    private Map<String, Object> shown(Row row) {
        Map<String, Object> json = runner.renderAll(row, everything, "56.0");
        Row account = row.get("AccountId") == null ? null : database.table(Schema.ACCOUNT).get(row.text("AccountId"));
        json.put("account", account == null ? null : runner.renderAll(account, everything, "56.0"));
        json.put("contact",
                database.table(Schema.CONTACT_ROLE).by("OpportunityId", row.id()).stream()
                        .filter(role -> role.flag("IsPrimary"))
                        .findFirst().map(role -> database.table(Schema.CONTACT).get(role.text("ContactId")))
                        .map(contact -> runner.renderAll(contact, everything, "56.0")).orElse(null));
        json.put("solutions", solutionsOf(row).stream().map(SellerControls::solution).toList());
        return json;
    }

    private static Map<String, Object> solution(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.get("Solution_Id__c"));
        json.put("name", row.get("Name"));
        return json;
    }
}
