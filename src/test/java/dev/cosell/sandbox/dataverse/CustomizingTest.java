package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What administrators change in the environment outlives a restart, and a reset takes it back. */
class CustomizingTest {
    private static final String OPPORTUNITY = "EntityDefinitions(LogicalName='opportunity')";

    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient api = dataverse.client();

    private void customize() {
        assertThat(api.post(OPPORTUNITY + "/Attributes",
                Map.of("@odata.type", "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName",
                        "contoso_Code", "MaxLength", 20))
                .status()).isEqualTo(204);
        assertThat(api.post(OPPORTUNITY + "/Keys",
                Map.of("SchemaName", "contoso_CodeKey", "KeyAttributes", List.of("contoso_code"))).status())
                .isEqualTo(204);
        assertThat(api.post("EntityDefinitions",
                Map.of("SchemaName", "contoso_Part", "Attributes", List.of(Map.of("@odata.type",
                        "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName", "contoso_Name", "IsPrimaryName",
                        true))))
                .status()).isEqualTo(204);
        assertThat(api.post("InsertOptionValue",
                Map.of("EntityLogicalName", "opportunity", "AttributeLogicalName", "cosell_referralvisibility",
                        "Label", Map.of("LocalizedLabels", List.of(Map.of("Label", "Third", "LanguageCode", 1033)))))
                .json())
                .containsEntry("NewOptionValue", 727_000_002);
        assertThat(api.call("DELETE", OPPORTUNITY + "/Attributes(LogicalName='cosell_audit')", null).status())
                .isEqualTo(204);
        dataverse.clock().forward(Duration.ofSeconds(1));
    }

    @Test
    void survivesASnapshotWithItsRows() {
        customize();
        assertThat(api
                .post("opportunities",
                        Map.of("name", "Deal", "contoso_code", "c-1", "cosell_referralvisibility", 727_000_002))
                .status())
                .isEqualTo(204);
        api.post("contoso_parts", Map.of("contoso_name", "P"));
        Map<String, Object> saved = Json.copy(dataverse.sandbox().snapshot());
        api.post("/sandbox/reset", null);
        assertThat(api.get("contoso_parts").status()).isEqualTo(404);
        assertThat(api.get(OPPORTUNITY + "/Attributes(LogicalName='contoso_code')").status()).isEqualTo(404);
        assertThat(api.get(OPPORTUNITY + "/Attributes(LogicalName='cosell_audit')").status()).isEqualTo(200);

        dataverse.sandbox().restore(saved);
        assertThat(api.get("opportunities(contoso_code='C-1')").json())
                .containsEntry("cosell_referralvisibility", 727_000_002)
                .doesNotContainKey("cosell_audit");
        assertThat(api.get("contoso_parts").value()).hasSize(1);
        assertThat(Json.copy(dataverse.sandbox().snapshot())).isEqualTo(saved);
    }

    private void dateColumn(String name, String behaviour) {
        assertThat(
                api.post(OPPORTUNITY + "/Attributes",
                        Map.of("@odata.type", "Microsoft.Dynamics.CRM.DateTimeAttributeMetadata", "SchemaName", name,
                                "Format", "DateOnly", "DateTimeBehavior", Map.of("Value", behaviour)))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aDateColumnKeepsWhatItsBehaviourSays() {
        List.of("DateOnly", "UserLocal", "TimeZoneIndependent")
                .forEach(behaviour -> dateColumn("contoso_" + behaviour, behaviour));
        assertThat(api.get(OPPORTUNITY
                + "/Attributes(LogicalName='contoso_timezoneindependent')/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata"
                + "?$select=Format,DateTimeBehavior").json()).containsEntry("Format", "DateOnly")
                .containsEntry("DateTimeBehavior", Map.of("Value", "TimeZoneIndependent"));
        api.post("opportunities", Map.of("name", "Deal", "contoso_dateonly", "2026-09-30", "contoso_userlocal",
                "2026-09-30T00:00:00+02:00"));
        assertThat(api.get("opportunities").value().get(0)).containsEntry("contoso_dateonly", "2026-09-30")
                .containsEntry("contoso_userlocal", "2026-09-29T22:00:00Z");
        assertThat(api.post("opportunities", Map.of("name", "Deal", "contoso_userlocal", "2026-09-30")).status())
                .as("no moment").isEqualTo(400);
        api.post("/sandbox/reset", null);
    }

    @Test
    void usersHaveATimeZoneAlsoInAStateThatWasSavedWithoutIt() {
        Map<String, Object> saved = Json.copy(dataverse.sandbox().snapshot());
        ((Map<?, ?>) saved.get("tables")).remove("usersettings");
        ((Map<?, ?>) saved.get("tables")).remove("timezonedefinition");
        dataverse.sandbox().restore(saved);
        Object user = api.get("WhoAmI").json().get("UserId");
        assertThat(api.call("PATCH", "usersettingscollection(" + user + ")", Map.of("timezonecode", 110)).status())
                .isEqualTo(204);
        Object code = api.get("usersettingscollection?$select=timezonecode&$filter=systemuserid%20eq%20" + user).value()
                .get(0).get("timezonecode");
        assertThat(
                api.get("timezonedefinitions?$select=standardname&$filter=timezonecode%20eq%20" + code).value().get(0))
                .containsEntry("standardname", "W. Europe Standard Time");
        api.post("/sandbox/reset", null);
    }

    @Test
    void aDeletedColumnTakesItsValuesAlong() {
        api.post("opportunities", Map.of("name", "Deal", "cosell_audit", "text"));
        assertThat(api.call("DELETE", OPPORTUNITY + "/Attributes(LogicalName='cosell_audit')", null).status())
                .isEqualTo(204);
        Map<String, Object> saved = Json.copy(dataverse.sandbox().snapshot());
        dataverse.sandbox().restore(saved);
        assertThat(api.get("opportunities").value()).singleElement()
                .satisfies(row -> assertThat(row).doesNotContainKey("cosell_audit"));
    }

    @Test
    void aBareEnvironmentHasNothingOfTheSyncAlsoAfterARestart() {
        api.post("/sandbox/bare", null);
        assertThat(api.get(OPPORTUNITY).json()).containsEntry("ChangeTrackingEnabled", false);
        assertThat(api.get(OPPORTUNITY + "/Attributes(LogicalName='cosell_audit')").status()).isEqualTo(404);
        assertThat(api.get("cosell_partnercentersolutions").status()).isEqualTo(404);
        assertThat(api.post("/sandbox/opportunities", Map.of()).status()).isEqualTo(201);
        assertThat(api.get("/sandbox/opportunities/latest").json()).doesNotContainKey("cosell_audit");
        Map<String, Object> saved = Json.copy(dataverse.sandbox().snapshot());

        api.post("/sandbox/reset", null);
        assertThat(api.get(OPPORTUNITY).json()).containsEntry("ChangeTrackingEnabled", true);
        dataverse.sandbox().restore(saved);
        assertThat(api.get(OPPORTUNITY + "/Attributes(LogicalName='cosell_audit')").status()).isEqualTo(404);
        api.post("/sandbox/reset", null);
    }

    @Test
    void aSolutionTakesWhatHasThePrefixOfItsPublisher() {
        Map<String, Object> column = Map.of("@odata.type", "Microsoft.Dynamics.CRM.StringAttributeMetadata",
                "SchemaName", "contoso_Code", "MaxLength", 20);
        String[] solution = {"MSCRM.SolutionUniqueName", "Deals"};
        assertThat(api.call("POST", OPPORTUNITY + "/Attributes", column, solution).status()).as("no such solution")
                .isEqualTo(400);
        api.post("publishers", Map.of("uniquename", "other", "friendlyname", "Other", "customizationprefix", "other"));
        String publisher = (String) api.get("publishers").value().get(0).get("publisherid");
        api.post("solutions",
                Map.of("uniquename", "Deals", "friendlyname", "Deals", "version", "1.0.0.0", "publisherid@odata.bind",
                        "/publishers(" + publisher + ")"));
        assertThat(api.call("POST", OPPORTUNITY + "/Attributes", column, solution).status()).as("another prefix")
                .isEqualTo(400);
        Map<String, Object> fitting = new HashMap<>(column);
        fitting.put("SchemaName", "other_Code");
        assertThat(api.call("POST", OPPORTUNITY + "/Attributes", fitting, solution).status()).isEqualTo(204);
        api.post("/sandbox/reset", null);
    }
}
