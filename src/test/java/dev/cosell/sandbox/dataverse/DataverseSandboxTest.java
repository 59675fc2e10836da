package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.dataverse.DataverseClient.Reply;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DataverseSandboxTest {
    private static final String REPRESENTATION = "return=representation";

    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient api = dataverse.client();

    private String account(String name, String postalCode) {
        Reply reply = api.post("accounts", Map.of("name", name, "address1_postalcode", postalCode));
        assertThat(reply.status()).isEqualTo(204);
        String entity = reply.header("OData-EntityId");
        assertThat(entity).matches("http://localhost:\\d+/api/data/v9\\.2/accounts\\([0-9a-f-]{36}\\)");
        return entity.substring(entity.indexOf('(') + 1, entity.length() - 1);
    }

    private Map<String, Object> opportunity(Map<String, Object> body) {
        Reply reply = api.post("opportunities", body, "Prefer", REPRESENTATION);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    @Test
    void refusesCallsWithoutAToken() {
        Reply reply = api.get("WhoAmI", "Authorization", "Bearer nonsense");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("authorization_uri=", RunningDataverse.AUDIENCE);
    }

    @Test
    void tellsWhoTheCallerIs() {
        Reply reply = api.get("WhoAmI()");
        assertThat(reply.json()).containsKeys("UserId", "BusinessUnitId", "OrganizationId");
        assertThat(reply.header("OData-Version")).isEqualTo("4.0");
        assertThat(reply.header("x-ms-ratelimit-burst-remaining-xrm-requests")).isNotNull();
    }

    @Test
    void createsWithDefaultsBindingsAndComputedColumns() {
        String account = account("Contoso", "RG1 1AA");
        Map<String, Object> row = opportunity(Map.of("name", "Deal", "estimatedvalue", new BigDecimal("1000.50"),
                "customerid_account@odata.bind", "accounts(" + account + ")",
                "transactioncurrencyid@odata.bind",
                dataverse.baseAddress() + "/transactioncurrencies(5c1b0000-0000-4000-8000-000000000002)"));
        assertThat(row).containsEntry("statecode", 0).containsEntry("statuscode", 1)
                .containsEntry("isrevenuesystemcalculated", false).containsEntry("cosell_syncwithpartnercenter", false)
                .containsEntry("_customerid_value", account).containsEntry("description", null);
        assertThat((BigDecimal) row.get("estimatedvalue_base")).isEqualByComparingTo("800.40");
        assertThat(row.get("@odata.etag")).isEqualTo("W/\"" + row.get("versionnumber") + "\"");
    }

    @Test
    void readsWithSelectExpandAndAnnotationsOnRequest() {
        Reply created = api.post("/sandbox/opportunities", Map.of("estimatedvalue", 5));
        Object id = created.json().get("opportunityid");
        String uri = "opportunities(" + id + ")?$select=name,estimatedvalue,statecode,_customerid_value"
                + "&$expand=parentaccountid($select=name),cosell_opportunity_solutions($select=cosell_solutionid;$filter=cosell_solutionid eq 'SOL-10001')";
        Map<String, Object> row = api.get(uri).json();
        assertThat(row).containsKey("_transactioncurrencyid_value").containsKey("opportunityid")
                .doesNotContainKey("description");
        assertThat((Map<?, ?>) row.get("parentaccountid")).extracting(map -> map.get("name")).isEqualTo("Contoso Ltd");
        assertThat((List<?>) row.get("cosell_opportunity_solutions")).hasSize(1);
        assertThat(row.keySet()).noneMatch(name -> name.contains("FormattedValue"));

        Map<String, Object> annotated = api.get(uri, "Prefer", "odata.include-annotations=\"*\"").json();
        assertThat(annotated).containsEntry("statecode@OData.Community.Display.V1.FormattedValue", "Open")
                .containsEntry("_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname", "account")
                .containsEntry("_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty",
                        "customerid_account");
        Map<String, Object> someAnnotated = api.get(uri, "Prefer", "odata.include-annotations=\"*.FormattedValue\"")
                .json();
        assertThat(someAnnotated).containsKey("statecode@OData.Community.Display.V1.FormattedValue")
                .doesNotContainKey("_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname");
    }

    @Test
    void answersConditionalReads() {
        String etag = (String) opportunity(Map.of("name", "Deal", "cosell_referralidentifier", "r-1"))
                .get("@odata.etag");
        Reply same = api.get("opportunities(cosell_referralidentifier='r-1')?$select=name", "If-None-Match", etag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(api.get("opportunities(cosell_referralidentifier='r-1')", "If-None-Match", "null").status())
                .isEqualTo(200);
    }

    @Test
    void refusesWhatDataverseRefuses() {
        assertCode(api.post("opportunities", Map.of("nme", "x")), 400, "0x80048d19");
        assertCode(api.post("opportunities", Map.of("name", "x".repeat(301))), 400, "0x80044331");
        assertCode(api.post("opportunities", Map.of("name", "x", "estimatedclosedate", "0001-01-01")), 400,
                "0x80040239");
        assertCode(api.post("opportunities", Map.of("name", "x", "estimatedclosedate", "1752-12-31")), 400,
                "0x80040239");
        assertCode(api.post("opportunities", Map.of("opportunityratingcode", 9)), 400, "0x8004431a");
        assertCode(api.post("opportunities", Map.of("closeprobability", 101)), 400, "0x8004431a");
        assertCode(api.post("opportunities", Map.of("estimatedvalue", "much")), 400, "0x80048d19");
        assertCode(api.post("opportunities", Map.of("_parentaccountid_value", UUID.randomUUID().toString())), 400,
                "0x80048d19");
        assertCode(
                api.post("opportunities", Map.of("ParentAccountId@odata.bind", "/accounts(" + UUID.randomUUID() + ")")),
                400,
                "0x80048d19");
        assertCode(
                api.post("opportunities", Map.of("parentaccountid@odata.bind", "/accounts(" + UUID.randomUUID() + ")")),
                404,
                "0x80040217");
        assertCode(api.get("opportunities(" + UUID.randomUUID() + ")"), 404, "0x80040217");
        assertCode(api.get("opportunities(cosell_referralidentifier='none')"), 404, "0x80060891");
        assertCode(api.get("opportunities(name='x')"), 400, "0x80041140");
        assertCode(api.get("opportunities?$select=nme"), 400, "0x80060888");
        assertCode(api.get("opportunities?$skip=5"), 501, "0x80060888");
        assertCode(api.get("oportunities"), 404, "0x8006088a");
        assertThat(api.call("PUT", "opportunities", Map.of()).status()).isEqualTo(405);
    }

    private static void assertCode(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.errorCode()).isEqualTo(code);
    }

    @Test
    void bindsCustomLookupsByTheirSchemaName() {
        Object id = opportunity(Map.of("name", "Deal", "cosell_referralidentifier", "a'b")).get("opportunityid");
        Map<String, Object> wrongCase = Map.of("cosell_solutionid", "S", "cosell_opportunityid@odata.bind",
                "/opportunities(" + id + ")");
        assertCode(api.post("cosell_partnercentersolutions", wrongCase), 400, "0x80048d19");
        Map<String, Object> byKey = Map.of("cosell_solutionid", "S",
                "cosell_OpportunityId@odata.bind", "/opportunities(cosell_referralidentifier='a''b')");
        assertThat(api.post("cosell_partnercentersolutions", byKey).status()).isEqualTo(204);
        Reply found = api.get("cosell_partnercentersolutions?$filter=_cosell_opportunityid_value eq " + id);
        assertThat(found.value()).hasSize(1);
        Map<String, Object> encoded = Map.of("cosell_solutionid", "S", "cosell_OpportunityId@odata.bind",
                "/opportunities(cosell_referralidentifier=%27a%27%27b%27)");
        assertCode(api.post("cosell_partnercentersolutions", encoded), 404, "0x80060891");
    }

    @Test
    void refusesCallsThatDoNotSayWhichODataTheySpeakWhereThatCounts() {
        assertThat(api.get("WhoAmI", "OData-Version", "3.0").status()).isEqualTo(200);
        api.post("/sandbox/settings", Map.of("requireODataVersion", true));
        assertThat(api.get("WhoAmI").status()).isEqualTo(200);
        assertCode(api.get("WhoAmI", "OData-Version", "3.0"), 400, "0x80060888");
        assertCode(api.get("WhoAmI", "OData-MaxVersion", "3.0"), 400, "0x80060888");
    }

    @Test
    void deepInsertsInOneTransaction() {
        Map<String, Object> good = Map.of("name", "Deal", "cosell_opportunity_solutions",
                List.of(Map.of("cosell_solutionid", "A"),
                        Map.of("cosell_solutionid", "B")));
        Object id = opportunity(good).get("opportunityid");
        assertThat(api.get("cosell_partnercentersolutions?$filter=_cosell_opportunityid_value eq " + id).value())
                .hasSize(2);
        Map<String, Object> bad = Map.of("name", "Deal", "cosell_opportunity_solutions",
                List.of(Map.of("cosell_solutionid", "A"),
                        Map.of("cosell_solutionid", "B".repeat(101))));
        assertCode(api.post("opportunities", bad), 400, "0x80044331");
        assertThat(api.get("opportunities/$count").text()).isEqualTo("1");

        Reply contact = api.post("contacts?$select=_parentcustomerid_value",
                Map.of("lastname", "Doe", "parentcustomerid_account",
                        Map.of("name", "New")),
                "Prefer", REPRESENTATION);
        assertThat(api.get("accounts(" + contact.json().get("_parentcustomerid_value") + ")").json())
                .containsEntry("name", "New");
        assertThat(api.delete("opportunities(" + id + ")").status()).isEqualTo(204);
        assertThat(api.get("cosell_partnercentersolutions/$count").text()).isEqualTo("0");
    }

    @Test
    void upsertsByAlternateKey() {
        String uri = "opportunities(cosell_referralidentifier='r-1')";
        assertCode(api.patch(uri, Map.of("name", "x"), "If-Match", "*"), 404, "0x80060891");
        Reply created = api.patch(uri, Map.of("name", "One"));
        assertThat(created.status()).isEqualTo(204);
        assertThat(created.header("OData-EntityId")).endsWith("/opportunities(cosell_referralidentifier='r-1')");
        Reply updated = api.patch(uri + "?$select=name", Map.of("name", "Two", "cosell_referralidentifier", "ignored"),
                "Prefer", REPRESENTATION);
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.header("Preference-Applied")).isEqualTo(REPRESENTATION);
        assertThat(updated.json()).containsEntry("name", "Two").doesNotContainKey("description");
        assertCode(api.patch(uri, Map.of("name", "x"), "If-None-Match", "*"), 412, "0x80040237");
        assertCode(api.post("opportunities", Map.of("cosell_referralidentifier", "R-1")), 412, "0x80060892");
        Reply byGuid = api.patch("accounts(" + UUID.randomUUID() + ")", Map.of("name", "New"), "Prefer",
                REPRESENTATION);
        assertThat(byGuid.status()).isEqualTo(201);
    }

    @Test
    void comparesVersionsAndBumpsThemOnEveryWrite() {
        Map<String, Object> row = opportunity(Map.of("name", "Deal"));
        String uri = "opportunities(" + row.get("opportunityid") + ")";
        String etag = (String) row.get("@odata.etag");
        Reply same = api.patch(uri, Map.of("name", "Deal"), "If-Match", etag, "Prefer", REPRESENTATION);
        assertThat(same.json().get("@odata.etag")).isNotEqualTo(etag);
        assertCode(api.patch(uri, Map.of("name", "x"), "If-Match", etag), 412, "0x80060882");
        assertCode(api.delete(uri, "If-Match", etag), 412, "0x80060882");
    }

    @Test
    void filtersOrdersCountsAndPages() {
        for (int i = 1; i <= 5; i++) {
            opportunity(
                    Map.of("name", "Deal " + i, "estimatedvalue", i * 100, "description", i % 2 == 0 ? "even" : "odd"));
        }
        assertThat(names("$filter=estimatedvalue ge 300 and not (description eq 'even')")).containsExactly("Deal 3",
                "Deal 5");
        assertThat(names("$filter=contains(name,'deal 2') or startswith(name,'Deal 4')")).containsExactly("Deal 2",
                "Deal 4");
        assertThat(names("$filter=_parentaccountid_value eq null and modifiedon ge 2020-01-01T00:00:00Z")).hasSize(5);
        assertThat(names("$orderby=estimatedvalue desc&$top=2")).containsExactly("Deal 5", "Deal 4");
        assertThat(names("$filter=name eq @p1&@p1='Deal 1'")).containsExactly("Deal 1");
        assertCode(api.get("opportunities?$filter=name eq"), 400, "0x80060888");

        Reply page = api.get("opportunities?$select=name&$count=true&$filter=estimatedvalue gt 100", "Prefer",
                "odata.maxpagesize=3");
        assertThat(page.json()).containsEntry("@odata.count", 4);
        assertThat(page.value()).hasSize(3);
        Reply rest = api.get((String) page.json().get("@odata.nextLink"), "Prefer", "odata.maxpagesize=3");
        assertThat(rest.value()).extracting(row -> row.get("name")).containsExactly("Deal 5");
        assertThat(rest.json()).doesNotContainKey("@odata.nextLink");
        Reply sorted = api.get("opportunities?$orderby=name desc", "Prefer", "odata.maxpagesize=4");
        assertThat(api.get((String) sorted.json().get("@odata.nextLink")).value()).hasSize(1);
    }

    private List<Object> names(String query) {
        Reply reply = api.get("opportunities?$select=name&" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.value().stream().map(row -> row.get("name")).toList();
    }

    @Test
    void closesByActionsOnlyAndReopensByUpdate() {
        Object id = opportunity(Map.of("name", "Deal")).get("opportunityid");
        String uri = "opportunities(" + id + ")";
        assertCode(api.patch(uri, Map.of("statecode", 1, "statuscode", 3)), 400, "0x80100005");
        assertCode(api.post("WinOpportunity", closing(id, 4)), 400, "0x80048408");
        assertThat(api.post("WinOpportunity", closing(id, -1)).status()).isEqualTo(204);
        assertThat(api.get(uri).json()).containsEntry("statecode", 1).containsEntry("statuscode", 3)
                .containsEntry("actualclosedate", "2026-09-15");
        assertThat(api.get("opportunitycloses?$filter=_opportunityid_value eq " + id).value()).hasSize(1);
        assertCode(api.post("LoseOpportunity", closing(id, 4)), 400, "0x80040515");
        assertCode(api.patch(uri, Map.of("name", "x")), 400, "0x80040203");
        assertThat(api.patch(uri, Map.of("statecode", 0, "statuscode", 1)).status()).isEqualTo(204);
        assertThat(api.patch(uri, Map.of("statuscode", 2)).status()).isEqualTo(204);
        assertThat(api.post("LoseOpportunity", closing(id, 5)).status()).isEqualTo(204);
        assertThat(api.get(uri).json()).containsEntry("statecode", 2).containsEntry("statuscode", 5);
        api.post("/sandbox/settings", Map.of("allowClosedWrites", true));
        assertThat(api.patch(uri, Map.of("name", "x")).status()).isEqualTo(204);
        assertCode(api.post("WinOpportunity", Map.of("Status", 3, "OpportunityClose", Map.of(), "Extra", 1)), 400,
                "0x80048d19");
    }

    private static Map<String, Object> closing(Object id, int status) {
        return Map.of("Status", status, "OpportunityClose",
                Map.of("@odata.type", "Microsoft.Dynamics.CRM.opportunityclose",
                        "subject", "Done", "actualrevenue", 5, "actualend", "2026-09-15T00:00:00Z",
                        "opportunityid@odata.bind", "/opportunities(" + id + ")"));
    }

    @Test
    void answersMetadataQuestions() {
        Reply table = api.get(
                "EntityDefinitions(LogicalName='opportunity')?$select=LogicalName,EntitySetName,ChangeTrackingEnabled");
        assertThat(table.json()).containsEntry("EntitySetName", "opportunities")
                .containsEntry("ChangeTrackingEnabled", true)
                .doesNotContainKey("SchemaName");
        String attributes = "EntityDefinitions(LogicalName='opportunity')/Attributes";
        assertThat(api.get(attributes + "(LogicalName='cosell_audit')").json()).containsEntry("MaxLength", 100_000);
        assertThat(api.get(attributes + "(LogicalName='nothing')").status()).isEqualTo(404);
        assertThat(api.get(attributes + "?$select=LogicalName&$filter=LogicalName eq 'name'").value()).hasSize(1);
        assertThat(api
                .get(attributes
                        + "(LogicalName='statuscode')/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$expand=OptionSet")
                .json())
                .containsKey("OptionSet");
        assertThat(api.get("EntityDefinitions?$filter=ChangeTrackingEnabled eq true&$select=LogicalName").value())
                .extracting(row -> row.get("LogicalName")).contains("opportunity").doesNotContain("systemuser");
    }

    @Test
    void survivesASnapshot() {
        Map<String, Object> before = api.post("/sandbox/opportunities", Map.of()).json();
        api.delete("opportunities(" + opportunity(Map.of("name", "gone")).get("opportunityid") + ")");
        Map<String, Object> saved = dev.cosell.sandbox.Json.copy(dataverse.sandbox().snapshot());
        api.post("/sandbox/reset", null);
        assertThat(api.get("opportunities/$count").text()).isEqualTo("0");
        dataverse.sandbox().restore(saved);
        assertThat(api.get("/sandbox/opportunities/latest").json()).isEqualTo(before);
        assertThat(dev.cosell.sandbox.Json.copy(dataverse.sandbox().snapshot())).isEqualTo(saved);
    }

    @Test
    void letsPeopleActAsASeller() {
        Map<String, Object> deal = api
                .post("/sandbox/opportunities", Map.of("name", "Mine", "transactioncurrencyid", "USD",
                        "cosell_referralidentifier", "r-9"), "Content-Type", "application/x-www-form-urlencoded")
                .json();
        assertThat(deal).containsEntry("name", "Mine").containsEntry("cosell_syncwithpartnercenter", true);
        assertThat(deal.get("_modifiedby_value")).isNotEqualTo(api.get("WhoAmI").json().get("UserId"));
        assertThat((Map<?, ?>) deal.get("parentaccountid")).extracting(map -> map.get("address1_country"))
                .isEqualTo("GB");
        api.patch("/sandbox/opportunities/r-9", Map.of("estimatedvalue", 7, "solutions", List.of()));
        Map<String, Object> changed = api.get("/sandbox/opportunities/latest").json();
        assertThat((BigDecimal) changed.get("estimatedvalue")).isEqualByComparingTo("7");
        assertThat((List<?>) changed.get("cosell_opportunity_solutions")).isEmpty();
        assertThat(api.post("/sandbox/opportunities/latest/lose", Map.of("statuscode", 5)).json())
                .containsEntry("statuscode", 5);
        java.util.HashMap<String, Object> bare = new java.util.HashMap<>();
        bare.put("account", null);
        bare.put("contact", null);
        bare.put("solutions", null);
        assertThat(api.post("/sandbox/opportunities", bare).json()).containsEntry("parentaccountid", null)
                .containsEntry("parentcontactid", null);
        assertThat(api.get("/sandbox/opportunities").value()).hasSize(2);
        assertThat(api.delete("/sandbox/opportunities/r-9").status()).isEqualTo(204);
        assertThat(api.get("/sandbox/opportunities/r-9").status()).isEqualTo(404);
    }
}
