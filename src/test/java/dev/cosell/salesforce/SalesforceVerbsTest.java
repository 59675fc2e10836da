package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.NewOpportunity;
import dev.cosell.verbs.Writes.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceVerbsTest {
    private static RunningVerbs verbs;

    @BeforeAll
    static void start() throws Exception {
        verbs = new RunningVerbs(null, false);
    }

    @AfterAll
    static void stop() {
        verbs.close();
    }

    @BeforeEach
    void fresh() {
        verbs.salesforce.fresh();
        verbs.leasesExpire();
        verbs.salesforce.clock.advance(Duration.ofMinutes(10));
        verbs.get("none, but it opens a session");
        verbs.salesforce.control("POST", "stats/reset", null);
    }

    private static String opportunity() {
        return verbs.salesforce.opportunity("{\"Referral_Identifier__c\":\"R-1\"}");
    }

    private static NewOpportunity referral(String id) {
        Map<String, Object> fields = new LinkedHashMap<>(
                Map.of("Name", "Tom's \"deal\" \\ & 100%", "StageName", "On Hold", "CloseDate", "2026-09-30",
                        "Amount", new BigDecimal("125000.50"), "CurrencyIsoCode", "EUR", "Referral_Identifier__c", id,
                        "Sync_with_Partner_Center__c", true));
        fields.put("Description", null);
        return new NewOpportunity(id, fields,
                Map.of("Name", "O'Neill & Söhne + Co", "BillingPostalCode", "10115", "BillingCity", "Berlin",
                        "BillingCountry", "DE"),
                Map.of("FirstName", "Ada", "LastName", "Berg", "Email", "ada+crm@oneill.example"),
                List.of(Map.of("id", "SOL-1", "name", "One")));
    }

    private static int total(String soql) {
        return verbs.salesforce.query(soql).body().get("totalSize").asInt();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> create(NewOpportunity wanted) {
        return (Map<String, Object>) verbs.call("create", wanted);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> update(Map<String, Object> current, Map<String, Object> patch) {
        return (Map<String, Object>) verbs.call("update", verbs.update(current, patch));
    }

    @Test
    @SuppressWarnings("unchecked")
    void getsARecordWithItsParts() {
        String id = opportunity();
        Map<String, Object> record = verbs.get(id);

        assertThat(record).containsEntry("Id", id).containsEntry("StageName", "Prospecting")
                .containsEntry("Audit__c", null)
                .doesNotContainKeys("attributes", "Account", "OpportunityContactRoles", "Microsoft_Solutions__r");
        assertThat((BigDecimal) record.get("Amount")).isEqualByComparingTo("72000");
        assertThat((Map<String, Object>) record.get("account")).containsEntry("BillingCountry", "GB")
                .containsEntry("Name", "Fabrikam Retail");
        assertThat((Map<String, Object>) record.get("contact")).containsEntry("Email", "robin.counts@fabrikam.example");
        assertThat(record.get("solutions")).isEqualTo(List.of(Map.of("id", "SOL-1001", "name", "Retail Analytics")));
        assertThat(verbs.view.referralId(record)).isEqualTo("R-1");
        assertThat(verbs.view.syncWanted(record)).isTrue();
        assertThat(verbs.view.modifiedAt(record))
                .isEqualTo(Instant.ofEpochSecond(verbs.salesforce.clock.instant().getEpochSecond()));
        assertThat(verbs.salesforce.count("GET /services/data/query")).isEqualTo(1);
    }

    private static String owner(String referralId, String... team) {
        NewOpportunity plain = referral(referralId);
        create(new NewOpportunity(referralId, plain.fields(), plain.account(), plain.contact(), plain.solutions(),
                List.of(team)));
        return verbs.salesforce
                .query("SELECT Owner.Email FROM Opportunity WHERE Referral_Identifier__c = '" + referralId + "'").body()
                .get("records").get(0).get("Owner").get("Email").asText();
    }

    private static void user(String email, boolean active, String type) {
        verbs.salesforce.control("POST", "seller/sobjects/User",
                "{\"Username\":\"" + System.nanoTime() + "@cosell.example\",\"LastName\":\"Case\",\"Email\":\"" + email
                        + "\",\"IsActive\":" + active + ",\"UserType\":\"" + type + "\"}");
    }

    @Test
    void theFirstOfTheTeamWhoIsExactlyOneActiveUserOwnsANewOpportunity() {
        user("twice@cosell.example", true, "Standard");
        user("twice@cosell.example", true, "Standard");
        user("left@cosell.example", false, "Standard");
        String integration = "integration@cosell.example";

        assertThat(owner("R-20", "nobody@cosell.example", "twice@cosell.example", "left@cosell.example",
                "SELLER@cosell.example")).isEqualTo("seller@cosell.example");
        assertThat(owner("R-21", "nobody@cosell.example", "twice@cosell.example", "o'neill@cosell.example"))
                .isEqualTo(integration);
        assertThat(owner("R-22")).isEqualTo(integration);
        assertThat(verbs.salesforce.count("POST /services/data/composite")).as("two calls for each").isEqualTo(6);
    }

    /** Chatter Free and community users may own no opportunity, so the whole deal was refused. */
    @Test
    void whoMayOwnNoOpportunityOwnsNoneAndStandsInNobodysWay() {
        user("chatter@cosell.example", true, "CsnOnly");
        user("seller@cosell.example", true, "CSPLitePortal");

        assertThat(owner("R-23", "chatter@cosell.example")).isEqualTo("integration@cosell.example");
        assertThat(owner("R-24", "chatter@cosell.example", "seller@cosell.example"))
                .isEqualTo("seller@cosell.example");
        assertThat(verbs.salesforce.count("POST /services/data/composite")).as("two calls for each").isEqualTo(4);
    }

    @Test
    void whereTheTypeOfAUserIsHiddenTheIntegrationUserOwnsANewOpportunity() {
        verbs.salesforce.control("POST", "settings", "{\"hiddenFields\":[\"User.UserType\"]}");

        assertThat(owner("R-25", "seller@cosell.example")).isEqualTo("integration@cosell.example");
    }

    @Test
    void getsARecordWithoutParts() {
        Map<String, Object> record = verbs
                .get(verbs.salesforce.opportunity("{\"account\":null,\"contact\":null,\"solutions\":null}"));

        assertThat(record).doesNotContainKeys("account", "contact").containsEntry("solutions", List.of());
    }

    @Test
    void getsNullForWhatIsNotThere() {
        String id = opportunity();
        verbs.salesforce.control("DELETE", "opportunities/latest", null);

        assertThat(verbs.get(id)).isNull();
        assertThat(verbs.get("006000000000000AAA")).isNull();
        assertThat(verbs.get("not an id")).isNull();
    }

    private static List<Map<String, Object>> solutions(int count) {
        return IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", "SOL-" + i, "name", "Number " + i)).toList();
    }

    private static NewOpportunity withSolutions(String id, int count) {
        NewOpportunity like = referral(id);
        return new NewOpportunity(id, like.fields(), like.account(), like.contact(), solutions(count));
    }

    /** Those that came with a later page counted as removed, in Partner Center too. */
    @Test
    void solutionsThatDoNotFitIntoOneAnswerAreReadToTheLast() {
        verbs.salesforce.control("POST", "settings", "{\"childPage\":2}");
        Map<String, Object> created = create(withSolutions("R-7", 7));
        assertThat(created.get("solutions")).isEqualTo(solutions(7));
        verbs.salesforce.control("POST", "stats/reset", null);

        Map<String, Object> read = verbs.get(verbs.view.id(created));
        assertThat(read.get("solutions")).isEqualTo(solutions(7));
        assertThat(verbs.salesforce.count("GET /services/data/query/{id}")).as("pages after the first").isEqualTo(3);
        assertThat(verbs.call("find", "R-7")).isEqualTo(List.of(read));
        Map<String, Object> stored = update(read, Map.of("Amount", 5, "solutions", solutions(5)));
        assertThat(stored.get("solutions")).isEqualTo(solutions(5));
        assertThat(total("SELECT Id FROM Microsoft_Solution__c")).isEqualTo(5);
    }

    /** The outcome of the write is known then, but not what it has left behind. */
    @ParameterizedTest
    @ValueSource(strings = {"503,\"body\":[{\"errorCode\":\"SERVER_UNAVAILABLE\",\"message\":\"later\"}]",
            "400,\"body\":[{\"errorCode\":\"INVALID_QUERY_LOCATOR\",\"message\":\"invalid query locator\"}]",
            "403,\"body\":[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"TotalRequests\"}]"})
    void solutionsThatCannotBeReadToTheLastAreNoneThatWereRemoved(String status) {
        Map<String, Object> current = create(withSolutions("R-7", 7));
        verbs.salesforce.control("POST", "settings", "{\"childPage\":2}");
        String rule = "{\"path\":\"/query/01g\",\"status\":" + status + "}";

        verbs.salesforce.control("POST", "faults", rule);
        assertThatThrownBy(() -> verbs.get(verbs.view.id(current))).isInstanceOf(Fault.class)
                .isNotInstanceOf(Fault.Data.class);
        verbs.salesforce.control("POST", "faults", rule);
        Fault.Transient fault = catchThrowableOfType(Fault.Transient.class,
                () -> update(current, Map.of("Amount", 5)));
        assertThat(fault.mayHaveArrived()).isTrue();
        assertThat((BigDecimal) verbs.get(verbs.view.id(current)).get("Amount")).isEqualByComparingTo("5");
    }

    /** People of a sales team beyond the first page did not get onto the deal's team. */
    @Test
    @SuppressWarnings("unchecked")
    void rowsOfAQueryThatDoNotFitIntoOneAnswerAreReadToTheLast() {
        bulk(2 * RunningVerbs.PAGE + 1, "many-");
        verbs.salesforce.control("POST", "settings", "{\"queryPage\":2}");
        Map<String, Object> answer = (Map<String, Object>) verbs.call("query", "SELECT Id FROM Opportunity");

        assertThat(OpportunityRecords.rows(answer)).hasSize(2 * RunningVerbs.PAGE + 1).doesNotHaveDuplicates();
    }

    @Test
    void moreSolutionsAreRemovedAtOnceThanOneCallOfACollectionTakes() {
        String solutions = IntStream.range(0, 250)
                .mapToObj(i -> "{\"id\":\"SOL-" + i + "\",\"name\":\"Number " + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        String id = verbs.salesforce.opportunity("{\"solutions\":" + solutions + "}");
        Map<String, Object> stored = update(verbs.get(id), Map.of("solutions", solutions(1)));

        assertThat(stored.get("solutions")).isEqualTo(solutions(1));
    }

    @Test
    void findsByReferral() {
        String id = opportunity();

        assertThat((List<?>) verbs.call("find", "R-1")).singleElement().isEqualTo(verbs.get(id));
        assertThat((List<?>) verbs.call("find", "it's \\ nobody")).isEmpty();
    }

    @Test
    void leavesTheCallersHeadersAlone() {
        String id = opportunity();
        Map<String, Object> headers = new HashMap<>(
                Map.of("mine", "1", "sObjectQuery", "SELECT Id FROM Account", "Sforce-Call-Options", "client=x"));
        Exchange result = verbs.template.request("direct:salesforce-get", exchange -> {
            exchange.getMessage().setBody(id);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getHeaders()).isEqualTo(headers);
        assertThat(result.getMessage().getBody()).isEqualTo(verbs.get(id));
        assertThat(result.getProperties().keySet()).noneMatch(name -> name.startsWith("cosell"));
    }

    @Test
    void createsEverythingInTwoCalls() {
        Map<String, Object> record = create(referral("R-7"));

        assertThat(record).containsEntry("Name", "Tom's \"deal\" \\ & 100%")
                .containsEntry("Referral_Identifier__c", "R-7")
                .containsEntry("CurrencyIsoCode", "EUR")
                .containsEntry("solutions", List.of(Map.of("id", "SOL-1", "name", "One")));
        assertThat(record.get("account")).hasFieldOrPropertyWithValue("BillingCountry", "DE");
        assertThat(record.get("contact")).hasFieldOrPropertyWithValue("Email", "ada+crm@oneill.example");
        assertThat(verbs.salesforce.count("POST /services/data/composite")).isEqualTo(2);
        assertThat(verbs.view.version(record)).isEqualTo(verbs.view.version(verbs.get(verbs.view.id(record))));
    }

    @Test
    void createsOnceHoweverOftenItIsAsked() {
        Map<String, Object> first = create(referral("R-7"));
        verbs.salesforce.control("PATCH", "opportunities/R-7", "{\"Amount\":1}");
        Map<String, Object> again = create(referral("R-7"));

        assertThat(again.get("Id")).isEqualTo(first.get("Id"));
        assertThat((BigDecimal) again.get("Amount")).isEqualByComparingTo("1");
        assertThat(total("SELECT Id FROM Opportunity")).isEqualTo(1);
        assertThat(total("SELECT Id FROM Microsoft_Solution__c")).isEqualTo(1);
        assertThat(total("SELECT Id FROM OpportunityContactRole")).isEqualTo(1);
    }

    @Test
    void createsOnceWhenTheAnswerIsLost() {
        verbs.salesforce.control("POST", "faults",
                "{\"method\":\"POST\",\"path\":\"composite\",\"skip\":1,\"drop\":\"after\"}");

        assertThatThrownBy(() -> create(referral("R-7"))).isInstanceOf(Fault.Transient.class);
        assertThat(create(referral("R-7"))).containsEntry("Referral_Identifier__c", "R-7");
        assertThat(total("SELECT Id FROM Opportunity")).isEqualTo(1);
        assertThat(total("SELECT Id FROM Account")).isEqualTo(1);
        assertThat(total("SELECT Id FROM Microsoft_Solution__c")).isEqualTo(1);
    }

    @Test
    void removesDoubledRowsWhenAnotherWriterCameFirst() {
        verbs.salesforce.opportunity(
                "{\"Referral_Identifier__c\":\"R-7\",\"solutions\":[{\"id\":\"SOL-1\",\"name\":\"One\"}]}");
        verbs.salesforce.control("POST", "faults", """
                {"method":"POST","path":"composite","status":200,"body":{"compositeResponse":[
                 {"referenceId":"opportunity","httpStatusCode":200,"httpHeaders":{},"body":{"totalSize":0,"done":true,"records":[]}},
                 {"referenceId":"account","httpStatusCode":200,"httpHeaders":{},"body":{"totalSize":0,"done":true,"records":[]}},
                 {"referenceId":"contact","httpStatusCode":200,"httpHeaders":{},"body":{"totalSize":0,"done":true,"records":[]}}]}}""");

        Map<String, Object> record = create(referral("R-7"));

        assertThat(record.get("solutions")).isEqualTo(List.of(Map.of("id", "SOL-1", "name", "One")));
        assertThat(total("SELECT Id FROM Opportunity")).isEqualTo(1);
        assertThat(total("SELECT Id FROM OpportunityContactRole")).isEqualTo(1);
        assertThat(verbs.salesforce.count("POST /services/data/composite")).isEqualTo(3);
    }

    /** Where the key is not unique: the search finds both, or the upsert behind an outdated search is answered 300. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesTheChoiceBetweenTwoOpportunitiesToAPerson(boolean found) {
        verbs.salesforce.control("POST", "settings", "{\"duplicates\":true}");
        List<String> ids = List.of(verbs.salesforce.opportunity("{\"Referral_Identifier__c\":\"R-7\"}"),
                verbs.salesforce.opportunity("{\"Referral_Identifier__c\":\"R-7\"}"));
        if (!found) {
            verbs.salesforce.control("POST", "faults", """
                    {"method":"POST","path":"composite","status":200,"body":{"compositeResponse":[
                     {"referenceId":"opportunity","httpStatusCode":200,"httpHeaders":{},"body":{"totalSize":0,"done":true,"records":[]}},
                     {"referenceId":"account","httpStatusCode":200,"httpHeaders":{},"body":{"totalSize":0,"done":true,"records":[]}},
                     {"referenceId":"contact","httpStatusCode":200,"httpHeaders":{},"body":{"totalSize":0,"done":true,"records":[]}}]}}""");
        }

        assertThatThrownBy(() -> create(referral("R-7"))).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("make the field unique")
                .satisfies(thrown -> assertThat(ids).allSatisfy(id -> assertThat(thrown).hasMessageContaining(id)));
        assertThat(total("SELECT Id FROM Account WHERE Name LIKE 'O%'")).as("nothing of the transaction stays")
                .isZero();
    }

    @Test
    void takesTheAccountAndContactThatAreThere() {
        create(referral("R-7"));
        create(referral("R-8"));

        assertThat(total("SELECT Id FROM Opportunity")).isEqualTo(2);
        assertThat(total("SELECT Id FROM Account")).isEqualTo(1);
        assertThat(total("SELECT Id FROM Contact")).isEqualTo(1);
    }

    @Test
    void leavesTheChoiceBetweenTwoAccountsToAPerson() {
        for (String city : List.of("Berlin", "Potsdam")) {
            verbs.salesforce.api("POST", "sobjects/Account",
                    "{\"Name\":\"O'Neill & Söhne + Co\",\"BillingPostalCode\":\"10115\",\"BillingCity\":\"" + city
                            + "\"}");
        }
        Fault.Data fault = catchThrowableOfType(Fault.Data.class, () -> create(referral("R-7")));

        assertThat(fault.faults()).singleElement().asString().contains("Berlin (001", "Potsdam (001",
                "Merge or deactivate the extra ones");
        assertThat(total("SELECT Id FROM Opportunity")).isZero();
    }

    @Test
    void findsTheAccountByNameAloneWithoutPostalCode() {
        create(referral("R-7"));
        NewOpportunity like = referral("R-8");
        create(new NewOpportunity("R-8", like.fields(), Map.of("Name", "O'Neill & Söhne + Co"), Map.of(), List.of()));

        assertThat(total("SELECT Id FROM Account")).isEqualTo(1);
        assertThat(total("SELECT Id FROM OpportunityContactRole")).isEqualTo(1);
    }

    @Test
    void createsNothingWhenOnePartIsRefused() {
        NewOpportunity wanted = referral("R-7");
        wanted.fields().put("Name", "x".repeat(121));
        Fault.Data fault = catchThrowableOfType(Fault.Data.class, () -> create(wanted));

        assertThat(fault.faults()).singleElement().asString().contains("max length=120", "Field: Name", "Shorten");
        assertThat(total("SELECT Id FROM Account")).isZero();
    }

    @Test
    void updatesInOneCall() {
        String id = opportunity();
        Map<String, Object> current = verbs.get(id);
        verbs.salesforce.clock.advance(Duration.ofSeconds(3));
        verbs.salesforce.control("POST", "stats/reset", null);
        Map<String, Object> patch = new HashMap<>(Map.of("Amount", new BigDecimal("99.90"), "Audit__c",
                "line\n".repeat(19_000),
                "solutions", List.of(Map.of("id", "SOL-2", "name", "Two"), Map.of("id", "SOL-3", "name", "Three"))));
        patch.put("Description", null);
        Map<String, Object> stored = update(current, patch);

        assertThat((BigDecimal) stored.get("Amount")).isEqualByComparingTo("99.9");
        assertThat(stored).containsEntry("Description", null);
        assertThat(verbs.view.audit(stored)).hasSize(94_999);
        assertThat(stored.get("solutions")).isEqualTo(patch.get("solutions"));
        assertThat(verbs.view.version(stored)).isEqualTo(verbs.view.version(verbs.get(id)))
                .isNotEqualTo(verbs.view.version(current));
        assertThat(verbs.salesforce.count("POST /services/data/composite")).isEqualTo(1);
    }

    /** Any change of the list deleted the rows that spell an id otherwise, and made them anew. */
    @Test
    void solutionRowsThatSpellAnIdOtherwiseOrTwiceStay() {
        String id = verbs.salesforce.opportunity("{\"solutions\":[{\"id\":\"A\",\"name\":\"a\"},"
                + "{\"id\":\"A\",\"name\":\"again\"},{\"id\":\"b\",\"name\":\"b\"}]}");
        update(verbs.get(id), Map.of("solutions", List.of(Map.of("id", "A", "name", "a"),
                Map.of("id", "B", "name", "b"), Map.of("id", "C", "name", "c"))));
        assertThat((List<?>) verbs.get(id).get("solutions")).extracting(row -> (String) ((Map<?, ?>) row).get("id"))
                .containsExactlyInAnyOrder("A", "A", "b", "C");
    }

    @Test
    void refusesAStaleVersion() {
        String id = opportunity();
        Map<String, Object> current = verbs.get(id);
        verbs.salesforce.clock.advance(Duration.ofSeconds(1));
        verbs.salesforce.control("PATCH", "opportunities/latest", "{\"NextStep\":\"call\"}");

        assertThatThrownBy(() -> update(current, Map.of("Amount", 5))).isInstanceOf(Fault.VersionConflict.class);
        assertThat((BigDecimal) verbs.get(id).get("Amount")).isEqualByComparingTo("72000");
    }

    @Test
    void tellsEditsWithinOneSecondApart() {
        Map<String, Object> current = verbs.get(opportunity());
        verbs.salesforce.control("PATCH", "opportunities/latest", "{\"Amount\":73000}");
        Map<String, Object> edited = verbs.get(verbs.view.id(current));

        assertThat(edited.get("SystemModstamp")).isEqualTo(current.get("SystemModstamp"));
        assertThat(verbs.view.version(edited)).isNotEqualTo(verbs.view.version(current));
        assertThatThrownBy(() -> update(current, Map.of("Amount", 5))).isInstanceOf(Fault.VersionConflict.class);
    }

    /** Within one second the later of two writes took the earlier one's Audit entry back. */
    @Test
    void one_read_serves_one_write_although_the_second_is_the_same() {
        String id = opportunity();
        Map<String, Object> current = verbs.get(id);
        update(current, Map.of("Description", "7-1", "Audit__c", "The number is 7-1"));

        assertThatThrownBy(() -> update(current, Map.of("NextStep", "call", "Audit__c", "Accepted")))
                .isInstanceOf(Fault.VersionConflict.class);
        Map<String, Object> present = verbs.get(id);
        assertThat(present.get("SystemModstamp")).isEqualTo(current.get("SystemModstamp"));
        assertThat(verbs.view.audit(update(present, Map.of("Audit__c", "Accepted\nThe number is 7-1"))))
                .contains("The number is 7-1");
    }

    @Test
    void a_write_that_failed_or_changed_nothing_leaves_what_was_read_to_the_next_one() {
        Map<String, Object> current = verbs.get(opportunity());
        assertThatThrownBy(() -> update(current, Map.of("StageName", ""))).isInstanceOf(Fault.Data.class);
        Map<String, Object> same = update(current, Map.of("Amount", current.get("Amount")));
        assertThat(verbs.view.version(same)).isEqualTo(verbs.view.version(current));
        assertThat((BigDecimal) update(current, Map.of("Amount", 5)).get("Amount")).isEqualByComparingTo("5");
    }

    @Test
    void refusesADeletedRecord() {
        Map<String, Object> current = verbs.get(opportunity());
        verbs.salesforce.control("DELETE", "opportunities/latest", null);

        assertThatThrownBy(() -> update(current, Map.of("Amount", 5))).isInstanceOf(Fault.VersionConflict.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = "WON, Closed Won, true\nLOST, Closed Lost, false")
    @SuppressWarnings("unchecked")
    void closes(Outcome outcome, String stage, boolean won) {
        Map<String, Object> current = verbs.get(opportunity());
        Map<String, Object> stored = (Map<String, Object>) verbs.call("close",
                new Close(verbs.update(current, Map.of("Amount", 5)), outcome, "budget"));

        assertThat(stored).containsEntry("StageName", stage).containsEntry("IsClosed", true).containsEntry("IsWon",
                won);
        assertThat((BigDecimal) stored.get("Amount")).isEqualByComparingTo("5");
        assertThat(verbs.view.readOnly(stored)).isFalse();
    }

    @Test
    void loginsAgainWhenTheSessionEnds() {
        String id = opportunity();
        verbs.get(id);
        verbs.salesforce.control("POST", "sessions/expire", null);
        assertThat(verbs.get(id)).isNotNull();
        verbs.salesforce.control("POST", "sessions/expire", null);
        assertThat(update(verbs.get(id), Map.of("Amount", 5))).isNotNull();
        verbs.salesforce.control("POST", "sessions/expire", null);
        assertThat(create(referral("R-7"))).isNotNull();
    }

    /** Such a refusal counted as a write that may have arrived. */
    @ParameterizedTest
    @ValueSource(strings = {"UNABLE_TO_LOCK_ROW", "UNKNOWN_EXCEPTION", "SERVER_UNAVAILABLE", "QUERY_TIMEOUT"})
    void aPartOfATransactionThatFailedSaysThatNothingWasWritten(String code) {
        Map<String, Object> current = verbs.get(opportunity());
        for (String verb : List.of("update", "create")) {
            verbs.salesforce.control("POST", "settings",
                    "{\"failWrites\":{\"errorCode\":\"" + code + "\",\"message\":\"the reason\"}}");
            Fault.Transient fault = catchThrowableOfType(Fault.Transient.class, () -> verbs.call(verb,
                    verb.equals("update") ? verbs.update(current, Map.of("Amount", 5)) : referral("R-7")));
            assertThat(fault.mayHaveArrived()).as(verb).isFalse();
            assertThat(fault).hasMessageContaining("the reason").hasMessageContaining(code);
        }
        assertThat(verbs.get(verbs.view.id(current))).isEqualTo(current);
        assertThat(total("SELECT Id FROM Opportunity")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UNABLE_TO_LOCK_ROW                | Transient
            UNKNOWN_EXCEPTION                 | ServerError
            QUERY_TIMEOUT                     | ServerError
            REQUEST_LIMIT_EXCEEDED            | Throttled
            INSUFFICIENT_ACCESS_OR_READONLY   | Denied
            DUPLICATE_VALUE                   | Data
            FIELD_CUSTOM_VALIDATION_EXCEPTION | Data
            """)
    void givesEachErrorItsClass(String code, String fault) {
        Map<String, Object> current = verbs.get(opportunity());
        verbs.salesforce.control("POST", "settings",
                "{\"failWrites\":{\"errorCode\":\"" + code + "\",\"message\":\"the reason\"}}");

        assertThatThrownBy(() -> update(current, Map.of("Amount", 5))).isInstanceOf(Fault.class)
                .hasMessageContaining("the reason")
                .satisfies(thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo(fault));
    }

    /** A lock that a trigger or a flow of the org had met parked the deal. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | UNABLE_TO_LOCK_ROW     | Transient
            CANNOT_EXECUTE_FLOW_TRIGGER          | UNABLE_TO_LOCK_ROW     | Transient
            CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | REQUIRED_FIELD_MISSING | Data
            CANNOT_EXECUTE_FLOW_TRIGGER          | REQUIRED_FIELD_MISSING | Data
            FIELD_CUSTOM_VALIDATION_EXCEPTION    | UNABLE_TO_LOCK_ROW     | Data
            """)
    void aTriggerOrFlowThatMeetsALockedRowFailsForAMoment(String code, String within, String fault) {
        Map<String, Object> current = verbs.get(opportunity());
        verbs.salesforce.control("POST", "settings", "{\"failWrites\":{\"errorCode\":\"" + code + "\",\"message\":"
                + "\"Totals: execution of AfterUpdate caused by: System.DmlException: Update failed. First exception on"
                + " row 0 with id 0018d00000000Xy; first error: " + within + ", unable to obtain exclusive access\"}}");

        assertThatThrownBy(() -> update(current, Map.of("Amount", 5))).isInstanceOf(Fault.class)
                .hasMessageContaining("exclusive access").satisfies(thrown -> {
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(fault);
            assertThat(((Fault) thrown).mayHaveArrived()).isFalse();
        });
    }

    /** Of a user with another language the missing key counted as a row that had moved, for ten minutes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Provided external ID field does not exist or is not accessible: Referral_Identifier__c | Data
            Das externe ID-Feld ist nicht vorhanden oder kein Zugriff: Referral_Identifier__c       | Data
            Die angeforderte Ressource ist nicht vorhanden                                          | VersionConflict
            """)
    void aReferralFieldThatIsNoExternalIdIsNamedInWhateverLanguage(String words, String fault) {
        verbs.salesforce.control("POST", "settings",
                "{\"failWrites\":{\"errorCode\":\"NOT_FOUND\",\"message\":\"" + words + "\"}}");
        NewOpportunity plain = referral("R-26");

        assertThatThrownBy(() -> create(new NewOpportunity("R-26", plain.fields(), Map.of(), Map.of(), List.of())))
                .isInstanceOf(Fault.class).hasMessageContaining(words)
                .satisfies(thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo(fault));
    }

    /**
     * Any unique field was taken for the one with the referral's id, so the write was tried for ever. That no field is
     * named, because the other row is just being written, parked the deal.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Referral_Identifier__c     | VersionConflict
            referral_identifier__c     | VersionConflict
            Old_Referral_Identifier__c | Data
            Deal_Code__c               | Data
            <unknown>                  | VersionConflict
            """)
    void onlyTheReferralsIdOnAnotherRecordSaysThatSomebodyElseWasFirst(String field, String fault) {
        Map<String, Object> current = verbs.get(opportunity());
        verbs.salesforce.control("POST", "settings", "{\"failWrites\":{\"errorCode\":\"DUPLICATE_VALUE\",\"message\":"
                + "\"duplicate value found: " + field + " duplicates value on record with id: 0068d00000000Xy\"}}");

        assertThatThrownBy(() -> update(current, Map.of("Amount", 5))).isInstanceOf(Fault.class)
                .hasMessageContaining("duplicates value on record")
                .satisfies(thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"path":"data","status":503,"body":[{"errorCode":"SERVER_UNAVAILABLE","message":"later"}]}                    | Transient
            {"path":"data","status":500,"body":"<html>sorry</html>"}                                                      | ServerError
            {"path":"data","status":403,"body":[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]} | Throttled
            {"path":"data","status":403,"body":[{"errorCode":"API_DISABLED_FOR_ORG","message":"no API"}]}                  | Auth
            {"path":"data","status":400,"body":[{"errorCode":"INVALID_FIELD","message":"No such column 'X__c'"}]}          | Data
            {"path":"data","status":200,"body":"<html>a proxy</html>"}                                                    | ServerError
            {"path":"data","status":200,"body":{}}                                                                        | ServerError
            {"path":"data","status":302,"headers":{"Location":"http://127.0.0.1:1/"},"body":""}                           | ServerError
            {"path":"data","drop":"before"}                                                                               | Transient
            """)
    void givesEachAnswerItsClass(String rule, String fault) {
        Map<String, Object> current = verbs.get(opportunity());
        for (String verb : List.of("get", "update")) {
            verbs.salesforce.control("POST", "faults", rule);
            assertThatThrownBy(() -> verbs.call(verb,
                    verb.equals("get") ? verbs.view.id(current) : verbs.update(current, Map.of("Amount", 5))))
                    .isInstanceOf(Fault.class)
                    .satisfies(thrown -> assertThat(thrown.getClass().getSimpleName()).as(verb).isEqualTo(fault));
        }
    }

    @Test
    void namesAMissingFieldAndTheRemedy() {
        String id = opportunity();
        verbs.salesforce.control("POST", "settings", "{\"hiddenFields\":[\"Opportunity.Referral_Identifier__c\"]}");

        assertThatThrownBy(() -> verbs.get(id)).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("Referral_Identifier__c")
                .hasMessageContaining("give the integration user access");
    }

    @Test
    void pagesThroughChangesWithTheVersionsOfGet() {
        for (int i = 0; i < 2 * RunningVerbs.PAGE + 1; i++) {
            verbs.salesforce.opportunity("{}");
        }
        verbs.salesforce.opportunity("{\"Sync_with_Partner_Center__c\":false}");
        Changes first = verbs.changes(null);
        Changes second = verbs.changes(first.position());
        Changes third = verbs.changes(second.position());

        assertThat(List.of(first.more(), second.more(), third.more())).containsExactly(true, true, false);
        assertThat(first.changes()).hasSize(RunningVerbs.PAGE).doesNotContainAnyElementsOf(second.changes());
        assertThat(third.changes()).hasSize(1);
        assertThat(third.changes().get(0).version())
                .isEqualTo(verbs.view.version(verbs.get(third.changes().get(0).id())));
        assertThat(third.position()).doesNotContain("page");
    }

    @Test
    void followsNextPagesThatSalesforceMakesShorter() {
        verbs.salesforce.control("POST", "settings", "{\"queryPage\":2}");
        for (int i = 0; i < RunningVerbs.PAGE; i++) {
            verbs.salesforce.opportunity("{}");
        }
        Changes first = verbs.changes(null);

        assertThat(first.more()).isTrue();
        assertThat(verbs.changes(first.position()).changes()).hasSize(1);
    }

    @Test
    void reportsADeletionOnce() {
        String id = opportunity();
        String watermark = verbs.changes(null).position();
        verbs.salesforce.control("DELETE", "opportunities/latest", null);
        Changes deleted = verbs.changes(watermark);
        Changes after = verbs.changes(deleted.position());

        assertThat(deleted.changes()).containsExactly(new Changes.Change(id, null));
        assertThat(after.changes()).isEmpty();
        assertThat(after.position()).isEqualTo(deleted.position());
        assertThat(verbs.changes(watermark).changes()).hasSize(1);
    }

    /** The read that began anew left all deleted ones out, so that the deal stayed as it was. */
    @Test
    void aDeletionOfAJoinedOpportunityIsToldThoughThePositionWasLost() {
        String id = opportunity();
        verbs.salesforce.control("DELETE", "opportunities/latest", null);
        assertThat(verbs.changes(null).changes()).as("nobody's").isEmpty();
        verbs.joined.add(id);
        Changes all = verbs.changes(null);
        assertThat(all.changes()).containsExactly(new Changes.Change(id, null));
        assertThat(verbs.changes(all.position()).changes()).as("told once").isEmpty();
    }

    @Test
    void reportsTheSecondDeletionOfARowThatCameBack() {
        String id = opportunity();
        String position = verbs.changes(null).position();
        for (int time = 1; time <= 2; time++) {
            verbs.salesforce.control("DELETE", "opportunities/" + id, null);
            Changes deleted = verbs.changes(position);
            assertThat(deleted.changes()).as("deletion " + time).contains(new Changes.Change(id, null));
            position = deleted.position();
            verbs.salesforce.clock.advance(Duration.ofSeconds(1));
            verbs.salesforce.control("POST", "opportunities/" + id + "/undelete", "{}");
        }
        assertThat(verbs.changes(position).changes()).doesNotContain(new Changes.Change(id, null));
    }

    /** With so many remembered, whatever was stamped up to the watermark was taken for reported. */
    @Test
    void aDeletionAndASolutionThatWereCommittedLateAreToldAlsoWhenMoreWereReportedThanAreRemembered() {
        String gone = opportunity();
        verbs.salesforce.control("DELETE", "opportunities/latest", null);
        String solved = opportunity("R-2");
        verbs.salesforce.control("PATCH", "opportunities/R-2",
                "{\"solutions\":[{\"id\":\"SOL-9\",\"name\":\"Nine\"}]}");
        String full = verbs.salesforce.clock.instant().plusSeconds(30) + ";at=" + verbs.salesforce.clock.instant()
                + ";gone=" + IntStream.range(0, PollPosition.MOST_GONE).mapToObj(i -> "remembered-" + i)
                        .collect(Collectors.joining(","));
        Changes late = catchUp(full + "|" + full);

        assertThat(late.changes()).contains(new Changes.Change(gone, null));
        assertThat(late.changes()).filteredOn(change -> change.id().equals(solved))
                .anyMatch(change -> change.hint("salesforce").origin() == Hint.Origin.PARTS);
        verbs.salesforce.clock.advance(Duration.ofSeconds(61));
        Changes old = catchUp(late.position());
        assertThat(old.changes()).as("told once").doesNotContain(new Changes.Change(gone, null));
        assertThat(catchUp(old.position()).changes()).as("nothing changes").isEmpty();
    }

    @Test
    void readsAgainWhatWasStampedBeforeTheWatermark() {
        String first = opportunity();
        verbs.salesforce.clock.advance(Duration.ofSeconds(59));
        verbs.salesforce.opportunity("{}");
        String watermark = verbs.changes(null).position();

        assertThat(verbs.changes(watermark).changes()).extracting(Changes.Change::id).contains(first);
    }

    /** All pages from a position on. */
    private static Changes catchUp(String position) {
        List<Changes.Change> all = new ArrayList<>();
        Changes page = verbs.changes(position);
        while (page.more()) {
            all.addAll(page.changes());
            page = verbs.changes(page.position());
        }
        all.addAll(page.changes());
        return new Changes(all, page.position(), false);
    }

    /** After a bulk change each poll read all of it again, until something else was changed. */
    @Test
    void manyChangesAreNotReadAgainForEver() {
        for (int i = 0; i < 2 * RunningVerbs.PAGE + 1; i++) {
            opportunity("bulk-" + i);
        }
        Changes seen = catchUp(catchUp(null).position());
        assertThat(seen.changes()).as("rows of the same time may still come, so all are read again")
                .hasSize(2 * RunningVerbs.PAGE + 1);
        verbs.salesforce.clock.advance(Duration.ofSeconds(61));
        Changes old = catchUp(seen.position());
        assertThat(old.changes()).as("once more, now that all transactions of that time have ended")
                .hasSize(2 * RunningVerbs.PAGE + 1);

        verbs.salesforce.control("POST", "stats/reset", null);
        Changes quiet = catchUp(old.position());
        assertThat(quiet.changes()).isEmpty();
        assertThat(catchUp(quiet.position()).changes()).isEmpty();
        assertThat(verbs.salesforce.count("POST /services/data/composite"))
                .as("one call for each poll that finds nothing").isEqualTo(2);

        String late = opportunity("late");
        Changes found = catchUp(quiet.position());
        assertThat(found.changes()).extracting(Changes.Change::id).containsExactly(late);
        verbs.salesforce.control("DELETE", "opportunities/latest", null);
        Changes gone = catchUp(found.position());
        assertThat(gone.changes()).as("the deletion").contains(new Changes.Change(late, null));
        assertThat(catchUp(gone.position()).changes()).as("told once").doesNotContain(new Changes.Change(late, null));
    }

    @Test
    void aRowThatIsCommittedLateIsFoundWhileThatCanHappen() {
        opportunity("first");
        Changes seen = catchUp(null);
        verbs.salesforce.clock.advance(Duration.ofSeconds(59));
        Changes early = catchUp(seen.position());
        verbs.salesforce.clock.advance(Duration.ofSeconds(30));
        assertThat(catchUp(early.position()).changes()).as("the last look came too early to be the last").isNotEmpty();
    }

    /**
     * A read of a bulk that came near the present, the rest of which followed so much later: the next read went back
     * from its end, and what was committed behind one of its first pages had been passed for good.
     */
    @ParameterizedTest
    @ValueSource(strings = {"PT4M", "PT5H"})
    void whatIsCommittedBehindThePagesOfALongReadIsFound(String restLater) {
        String solved = opportunity("solved");
        String quiet = settled(catchUp(null).position());
        passing(Duration.ofSeconds(20));
        bulk(RunningVerbs.PAGE + 1, "early-");
        passing(Duration.ofSeconds(20));
        bulk(2 * RunningVerbs.PAGE, "bulk-");
        Changes page = verbs.changes(verbs.changes(quiet).position());
        verbs.salesforce.control("POST", "settings", "{\"commitSeconds\":10}");
        String late = opportunity("late");
        verbs.salesforce.control("PATCH", "opportunities/solved",
                "{\"solutions\":[{\"id\":\"SOL-9\",\"name\":\"Nine\"}]}");
        verbs.salesforce.control("POST", "settings", "{\"commitSeconds\":0}");
        passing(Duration.parse(restLater));
        opportunity("newest");
        Changes rest = catchUp(page.position());
        assertThat(rest.changes()).extracting(Changes.Change::id).as("passed").doesNotContain(late);

        Changes next = catchUp(rest.position());
        assertThat(next.changes()).extracting(Changes.Change::id).contains(late, solved);
        assertThat(catchUp(settled(next.position())).changes()).as("and again: nothing").isEmpty();
    }

    /** Each page takes half the overlap, so that a read of some pages takes longer than the overlap that is read again. */
    @Test
    void readsThatTakeLongerThanTheOverlapComeToAnEnd() {
        String quiet = settled(catchUp(null).position());
        bulk(4 * RunningVerbs.PAGE, "bulk-");
        Changes page = verbs.changes(quiet);
        int pages = 1;
        while (page.more() || !page.position().matches(".*;settled.*[|].*;settled.*")) {
            assertThat(++pages).as("pages of a bulk of four").isLessThan(20);
            passing(Duration.ofSeconds(30));
            page = verbs.changes(page.position());
        }
        assertThat(verbs.changes(page.position()).changes()).isEmpty();
    }

    /** While solution rows have further pages, the opportunities began their overlap again at each of them. */
    @Test
    void opportunitiesThatAreReadToTheEndAreNotReadAgainWithEachPageOfSolutionRows() {
        bulk(RunningVerbs.PAGE + 1, "bulk-");
        String quiet = settled(catchUp(null).position());
        for (int i = 0; i <= RunningVerbs.PAGE; i++) {
            verbs.salesforce.control("PATCH", "opportunities/bulk-" + i, "{\"solutions\":["
                    + "{\"id\":\"SOL-8\",\"name\":\"Eight\"},{\"id\":\"SOL-9\",\"name\":\"Nine\"}]}");
        }
        String own = opportunity("own");
        Changes seen = catchUp(quiet);

        assertThat(seen.changes()).extracting(Changes.Change::id).as("told once, maybe with its own solutions")
                .filteredOn(own::equals).hasSizeBetween(1, 2);
    }

    private static void bulk(int count, String name) {
        for (int i = 0; i < count; i++) {
            opportunity(name + i);
        }
    }

    private static void passing(Duration time) {
        verbs.salesforce.clock.advance(time);
    }

    /** The position when nothing stamped before it can come any more. */
    private static String settled(String position) {
        passing(Duration.ofSeconds(61));
        return catchUp(position).position();
    }

    @Test
    void positionsOfAnEarlierVersionGoOn() {
        String id = opportunity("first");
        String stamp = Instant.ofEpochSecond(verbs.salesforce.clock.instant().getEpochSecond()).toString();
        Changes seen = catchUp(stamp + "|" + stamp);
        assertThat(seen.changes()).extracting(Changes.Change::id).contains(id);
        assertThat(seen.position()).startsWith(stamp + ";at=");
    }

    private static String opportunity(String referral) {
        return verbs.salesforce.opportunity("{\"Referral_Identifier__c\":\"" + referral + "\"}");
    }

    @Test
    void answersStayReadableWhenTheyAreLarge() {
        String text = "x".repeat(30_000);
        for (int i = 0; i < RunningVerbs.PAGE; i++) {
            verbs.salesforce.opportunity("{\"Description\":\"" + text + "\"}");
        }
        JsonNode row = verbs.salesforce.control("GET", "opportunities/latest", null).body();

        assertThat(verbs.changes(null).changes()).extracting(Changes.Change::id).contains(row.get("Id").asText());
    }
}
