package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/** A customer whom no CRM knows when the story begins, and the deals that people make with them. */
record Customer(String name, String email) {
    private static final int PEOPLE = 8;

    Customer(String name) {
        this(name, name.replace(' ', '.').toLowerCase(Locale.ROOT) + "@customers.example");
    }

    /** Makes deals in the portal, several people at a time. */
    List<String> dealsInPortal(Api portal, int count) {
        ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        try {
            List<Future<String>> deals = new ArrayList<>();
            for (int deal = 0; deal < count; deal++) {
                Map<String, Object> fields = Map.of("name", name + " " + deal, "customerProfile", profile());
                deals.add(people.submit(() -> (String) portal.post("/sandbox/deals", fields).get("id")));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> deal : deals) {
                ids.add(deal.get());
            }
            return ids;
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        } finally {
            people.shutdownNow();
        }
    }

    /** Inquiries of the customer, accepted as soon as they are there. */
    void acceptedLeads(Api portal, int count) {
        for (int lead = 0; lead < count; lead++) {
            Object id = portal.post("/sandbox/leads", Map.of("customerProfile", profile(), "details",
                    Map.of("dealValue", 15000, "closingDateTime", "2027-02-28T00:00:00Z"))).get("id");
            portal.post("/sandbox/leads/" + id + "/accept", Map.of());
        }
    }

    private Map<String, Object> profile() {
        return Map.of("name", name, "address",
                Map.of("addressLine1", "1 Quay", "city", "Leith", "postalCode", "EH6 6AA", "country", "GB"),
                "team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "email", email, "phoneNumber",
                        "+44 131 4960000")));
    }

    /** Imports opportunities that ask for Microsoft's help into a CRM that has account and contact. */
    void opportunitiesIn(CrmDriver crm, int count) {
        Map<String, Object> fields = new HashMap<>(crm.askForHelp());
        fields.putAll(Map.of("count", count, "name", name));
        if (crm instanceof SalesforceDriver) {
            fields.putAll(
                    Map.of("account", Map.of("Name", name), "contact", Map.of("Email", email, "LastName", "Kerr")));
        } else {
            fields.putAll(inDynamics((DynamicsDriver) crm));
        }
        crm.api().post("/sandbox/opportunities", fields);
    }

    /** Each opportunity that is made in the sandbox would get a contact of its own. */
    private Map<String, Object> inDynamics(DynamicsDriver crm) {
        DynamicsOddRecords rows = new DynamicsOddRecords(crm);
        String account = accounts(crm).stream().map(row -> (String) row.get("accountid")).findFirst().orElseGet(() -> {
            Map<String, Object> fields = new HashMap<>(rows.account(name, "EH6 6AA", "Leith"));
            fields.putAll(Map.of("address1_line1", "1 Quay", "address1_country", "GB"));
            return rows.newAccount(fields);
        });
        String contact = contacts(crm).stream().map(row -> (String) row.get("contactid")).findFirst().orElseGet(() -> {
            Map<String, Object> fields = new HashMap<>(rows.contact("Moira", "Kerr", email));
            fields.put("telephone1", "+44 131 4960000");
            return rows.newContact(account, fields);
        });
        Map<String, Object> fields = new HashMap<>(Map.of("parentaccountid@odata.bind", "/accounts(" + account + ")",
                "customerid_account@odata.bind", "/accounts(" + account + ")", "parentcontactid@odata.bind",
                "/contacts(" + contact + ")"));
        fields.put("account", null);
        fields.put("contact", null);
        return fields;
    }

    List<Map<String, Object>> accounts(CrmDriver crm) {
        return crm instanceof SalesforceDriver salesforce
                ? rows(salesforce, "SELECT Id, Name FROM Account WHERE Name = '" + name + "'")
                : rows((DynamicsDriver) crm, "accounts", "name", name);
    }

    List<Map<String, Object>> contacts(CrmDriver crm) {
        return crm instanceof SalesforceDriver salesforce
                ? rows(salesforce, "SELECT Id, Email FROM Contact WHERE Email = '" + email + "'")
                : rows((DynamicsDriver) crm, "contacts", "emailaddress1", email);
    }

    /** The opportunities of the customer's accounts. */
    List<Map<String, Object>> opportunities(CrmDriver crm) {
        List<Object> ids = accounts(crm).stream().map(row -> row.getOrDefault("Id", row.get("accountid"))).toList();
        List<Map<String, Object>> all = crm instanceof SalesforceDriver ? crm.api().list("/sandbox/opportunities")
                : Api.list(crm.api().get("/sandbox/opportunities").get("value"));
        return all.stream().filter(row -> ids.contains(crm.accountId(row))).toList();
    }

    /** One account and one contact in this CRM, and one opportunity for each deal. */
    void isThereOnce(CrmDriver crm, int deals) {
        assertThat(accounts(crm)).as("accounts of " + name + " in " + crm.name()).hasSize(1);
        assertThat(contacts(crm)).as("contacts of " + name + " in " + crm.name()).hasSize(1);
        List<Map<String, Object>> opportunities = opportunities(crm);
        assertThat(opportunities).as("opportunities of " + name + " in " + crm.name()).hasSize(deals)
                .allSatisfy(row -> assertThat(crm.referralId(row)).isNotNull());
        assertThat(opportunities).extracting(crm::referralId).doesNotHaveDuplicates();
        assertThat(opportunities).allSatisfy(
                row -> assertThat(Api.list(row.getOrDefault("solutions", row.get("cosell_opportunity_solutions"))))
                        .as("solution rows").hasSizeLessThanOrEqualTo(1));
    }

    /** Of the deals that ask for its help, Microsoft has one referral each, and the partner one. */
    static void microsoftWasAskedOnce(Api portal) {
        Map<Object, List<Object>> organizations = new HashMap<>();
        portal.list("/sandbox/deals")
                .forEach(referral -> organizations
                        .computeIfAbsent(referral.get("engagementId"), engagement -> new ArrayList<>())
                        .add(referral.get("organizationId")));
        assertThat(organizations.values()).allSatisfy(each -> assertThat(each).doesNotHaveDuplicates())
                .anySatisfy(each -> assertThat(each).contains("msft"));
    }

    /** Sellers and operators read which account each opportunity got; one says that it was created with it. */
    void isNamedInTheAudit(World world, CrmDriver crm) {
        Map<String, Object> account = accounts(crm).get(0);
        String id = account.getOrDefault("Id", account.get("accountid")).toString();
        List<Map<String, Object>> opportunities = opportunities(crm);
        assertThat(opportunities).extracting(crm::audit)
                .filteredOn(text -> text.contains("account " + name + ", created; contact, created")).hasSize(1);
        assertThat(opportunities).extracting(crm::audit)
                .filteredOn(text -> text.contains("account " + name + " (" + id + "), found by ")
                        && text.contains("contact ")
                        && text.contains(", found by "))
                .hasSize(opportunities.size() - 1);
        assertThat(opportunities).allSatisfy(row -> assertThat(world.auditTrail(crm.id(row))).anySatisfy(entry ->
        assertThat(entry).containsPattern(
                "account " + Pattern.quote(name + " (" + id + ")") + ", (created|found by .*ame.*); contact .*")));
    }

    private static List<Map<String, Object>> rows(SalesforceDriver crm, String soql) {
        return Api.list(crm.asApplication("GET", "/services/data/v56.0/query?q=" + encoded(soql), null).get("records"));
    }

    private static List<Map<String, Object>> rows(DynamicsDriver crm, String table, String column, String value) {
        return Api.list(crm
                .asApplication("GET",
                        "/api/data/v9.2/" + table + "?$select=" + column + "&$filter="
                                + encoded(column + " eq '" + value + "'"),
                        null)
                .get("value"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
