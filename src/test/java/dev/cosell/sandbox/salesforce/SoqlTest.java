package dev.cosell.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoqlTest {
    private static RunningSalesforce salesforce;

    @BeforeAll
    static void someOpportunities() {
        salesforce = new RunningSalesforce();
        salesforce.opportunity("""
                {"Name":"O'Hara \\\\ Sons","Amount":72000,"Referral_Identifier__c":"R-1","CloseDate":"2026-06-01"}""");
        salesforce.clock.advance(Duration.ofSeconds(10));
        salesforce.opportunity("""
                {"Name":"100% cotton","Amount":500.5,"Referral_Identifier__c":"R-2","CloseDate":"2026-04-07","contact":null,"solutions":null,
                 "StageName":"Closed Won"}""");
        salesforce.clock.advance(Duration.ofSeconds(10));
        salesforce.opportunity("""
                {"Name":"Nothing known","Amount":null,"account":null,"contact":null,"Sync_with_Partner_Center__c":false,"CloseDate":"2026-03-20",
                 "solutions":[{"id":"S1","name":"One"},{"id":"S2","name":"Two"}]}""");
    }

    @AfterAll
    static void stop() {
        salesforce.close();
    }

    private static List<String> names(String where) {
        RunningSalesforce.Reply reply = salesforce
                .query("SELECT Name FROM Opportunity WHERE " + where + " ORDER BY Name");
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        List<String> names = new ArrayList<>();
        reply.body().get("records").forEach(row -> names.add(row.get("Name").asText().substring(0, 3)));
        return names;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Name = 'O\\'Hara \\\\ Sons'                                   | O'H
            Name = 'o\\'hara \\\\ sons'                                   | O'H
            Name LIKE '100\\%%'                                           | 100
            Name LIKE '%o%'                                               | 100 Not O'H
            Name LIKE '_othing%'                                          | Not
            Amount > 500                                                  | 100 O'H
            Amount = 72000.0                                              | O'H
            Amount != 72000                                               | 100 Not
            Amount = null                                                 | Not
            Amount != null AND Amount <= 500.5                            | 100
            Sync_with_Partner_Center__c = true                            | 100 O'H
            NOT (Sync_with_Partner_Center__c = true)                      | Not
            sync_with_partner_center__c = FALSE                           | Not
            CloseDate >= 2026-04-07 AND (Amount = 72000 OR IsWon = true)  | 100 O'H
            CloseDate = TODAY                                             | 100
            CloseDate = LAST_N_DAYS:30                                    | 100 Not
            SystemModstamp > 2026-04-07T21:59:01Z                         | 100 Not
            SystemModstamp = 2026-04-07T23:59:11+02:00                    | 100
            SystemModstamp >= 2026-04-07T21:59:11.000Z AND Id > '006'     | 100 Not
            StageName IN ('Closed Won','Closed Lost')                     | 100
            StageName NOT IN ('Closed Won')                               | Not O'H
            Account.Name = 'Fabrikam Retail' AND Owner.Name LIKE 'Sam%'   | 100 O'H
            Account.BillingCountry = null                                 | Not
            Referral_Identifier__c = 'r-1'                                | O'H
            Referral_Identifier__c IN ('R-1','R-2')                       | 100 O'H
            (Amount < 1000 OR Amount > 10000) AND NOT Name LIKE '1%'      | O'H
            """)
    void finds(String where, String expected) {
        if (where.contains("Id > '006'")) {
            where = where.replace("'006'", "'006000000000000AAA'");
        }
        assertThat(names(where)).containsExactlyInAnyOrder(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            SELECT Name FROM Opportunity WHERE                                        | MALFORMED_QUERY
            SELECT Name FROM Opportunity WHERE Name = 'open                           | MALFORMED_QUERY
            SELECT Name Opportunity                                                   | MALFORMED_QUERY
            SELECT Name FROM Opportunity WHERE Amount = 1 AND Name = 'x' OR Id = null | MALFORMED_QUERY
            SELECT Nome FROM Opportunity                                              | INVALID_FIELD
            SELECT Acount.Name FROM Opportunity                                       | INVALID_FIELD
            SELECT Name FROM Opportunities                                            | INVALID_TYPE
            SELECT Name, (SELECT Id FROM Roles) FROM Opportunity                      | INVALID_TYPE
            SELECT Name FROM Opportunity WHERE Description = 'long'                   | INVALID_FIELD
            SELECT Name FROM Opportunity WHERE SystemModstamp > '2026-04-07'          | INVALID_FIELD
            SELECT Name FROM Opportunity WHERE SystemModstamp > 2026-04-07            | INVALID_FIELD
            SELECT Name FROM Opportunity WHERE Name = 5                               | INVALID_FIELD
            SELECT Name FROM Opportunity WHERE Id = 'abc'                             | INVALID_QUERY_FILTER_OPERATOR
            SELECT Name FROM Opportunity OFFSET 2001                                  | NUMBER_OUTSIDE_VALID_RANGE
            """)
    void refuses(String soql, String code) {
        RunningSalesforce.Reply reply = salesforce.query(soql);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get(0).get("errorCode").asText()).isEqualTo(code);
    }

    @Test
    void givesParentsAndChildren() {
        JsonNode row = salesforce
                .query("SELECT Id, Account.Name, Account.Owner.Name, Amount, (SELECT Id, ContactId, Contact.Email FROM"
                        + " OpportunityContactRoles WHERE IsPrimary = true), (SELECT Solution_Id__c, Name FROM "
                        + "Microsoft_Solutions__r ORDER BY Solution_Id__c DESC) FROM Opportunity WHERE Name LIKE 'O%'")
                .body().get("records").get(0);

        assertThat(row.get("attributes").get("type").asText()).isEqualTo("Opportunity");
        assertThat(row.get("Account").get("Name").asText()).isEqualTo("Fabrikam Retail");
        assertThat(row.get("Account").get("Owner").get("Name").asText()).isEqualTo("Sam Seller");
        assertThat(row.get("Amount").decimalValue()).isEqualByComparingTo("72000.0");
        assertThat(row.get("OpportunityContactRoles").get("records").get(0).get("Contact").get("Email").asText())
                .isEqualTo("robin.counts@fabrikam.example");
        assertThat(row.get("Microsoft_Solutions__r").get("totalSize").asInt()).isEqualTo(1);
    }

    @Test
    void givesNullForMissingParentsAndChildren() {
        JsonNode row = salesforce
                .query("SELECT Account.Name, (SELECT Id FROM OpportunityContactRoles), (SELECT Solution_Id__c FROM"
                        + " Microsoft_Solutions__r ORDER BY Solution_Id__c DESC LIMIT 1) FROM Opportunity WHERE Amount "
                        + "= null")
                .body().get("records").get(0);

        assertThat(row.get("Account").isNull()).isTrue();
        assertThat(row.get("OpportunityContactRoles").isNull()).isTrue();
        assertThat(row.get("Microsoft_Solutions__r").get("records").get(0).get("Solution_Id__c").asText())
                .isEqualTo("S2");
    }

    @Test
    void countsOrdersAndCutsOut() {
        assertThat(salesforce.query("SELECT COUNT() FROM Opportunity WHERE IsClosed = false").body().get("totalSize")
                .asInt()).isEqualTo(2);
        JsonNode rows = salesforce
                .query("SELECT Name FROM Opportunity ORDER BY Amount DESC NULLS LAST LIMIT 1 OFFSET 1").body()
                .get("records");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("Name").asText()).isEqualTo("100% cotton");
        rows = salesforce.query("SELECT Name FROM Opportunity ORDER BY SystemModstamp DESC, Id").body().get("records");
        assertThat(rows.get(0).get("Name").asText()).isEqualTo("Nothing known");
    }

    @Test
    void pagesWithALocator() {
        salesforce.control("POST", "settings", "{\"queryPage\":2}");
        JsonNode first = salesforce.query("SELECT Name FROM Opportunity ORDER BY Id").body();
        assertThat(first.get("totalSize").asInt()).isEqualTo(3);
        assertThat(first.get("done").asBoolean()).isFalse();
        assertThat(first.get("records")).hasSize(2);

        String next = first.get("nextRecordsUrl").asText().substring(RunningSalesforce.DATA.length());
        JsonNode second = salesforce.api("GET", next, null).body();
        assertThat(second.get("done").asBoolean()).isTrue();
        assertThat(second.get("records")).hasSize(1);

        RunningSalesforce.Reply wrong = salesforce.api("GET", "query/01gXX0000000000AAA-2000", null);
        assertThat(wrong.body().get(0).get("errorCode").asText()).isEqualTo("INVALID_QUERY_LOCATOR");
        salesforce.control("POST", "settings", "{\"queryPage\":2000}");
    }
}
