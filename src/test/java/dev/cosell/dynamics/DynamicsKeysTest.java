package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes.NewOpportunity;
import dev.cosell.verbs.Writes.Update;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dynamics 365 refuses that nobody's other write is to blame for, and what it refuses for now. */
class DynamicsKeysTest extends DynamicsVerbStories {
    /** An alternate key of the customer's own, with its index built. */
    private void key(String table, String name, String... columns) {
        assertThat(people.post("EntityDefinitions(LogicalName='" + table + "')/Keys",
                Map.of("SchemaName", name, "KeyAttributes", List.of(columns))).status()).isEqualTo(204);
        dataverse.clock().forward(Duration.ofSeconds(1));
        assertThat(people.get("EntityDefinitions(LogicalName='" + table + "')/Keys?$select=LogicalName,"
                + "EntityKeyIndexStatus").value()).allSatisfy(key ->
                        assertThat(key).containsEntry("EntityKeyIndexStatus", "Active"));
    }

    private static NewOpportunity order(String referralId, String name, Map<String, Object> contact) {
        return new NewOpportunity(referralId, new HashMap<>(Map.of("name", name)), Map.of("name", "Fabrikam",
                "address1_postalcode", "10115"), contact, List.of());
    }

    private Reason refused(Runnable write) {
        Fault.Data fault = catchThrowableOfType(Fault.Data.class, write::run);
        assertThat(fault).as("parked, not tried again for ever").isNotNull();
        return fault.faults().get(0);
    }

    @Test
    void anAccountThatAnInactiveOneTakesTheKeyOfIsNoConflict() {
        key("account", "contoso_AccountName", "name");
        String old = people.post("accounts?$select=name", Map.of("name", "Fabrikam"), "Prefer",
                "return=representation").json().get("accountid").toString();
        people.patch("accounts(" + old + ")", Map.of("statecode", 1));
        Reason reason = refused(() -> dynamics.verb("create", order("r-1", "First", Map.of())));
        assertThat(reason.key()).isEqualTo("CS-615 contoso_AccountName (name)");
        assertThat(reason.words()).contains("new account or contact for referral r-1", "0x80060892",
                "Entity Key contoso_AccountName violated", "columns of the key");
        assertThat(people.get("opportunities/$count").text()).isEqualTo("0");
    }

    @Test
    void aContactWhoseKeyIsHeldIsNoConflict() {
        key("contact", "contoso_Mail", "emailaddress1");
        people.post("contacts", Map.of("lastname", "Elsewhere", "emailaddress1", "fred@fabrikam.example"));
        Reason reason = refused(() -> dynamics.verb("create", order("r-1", "First", Map.of("firstname", "Fred",
                "lastname", "O'Neill", "emailaddress1", "fred@fabrikam.example"))));
        assertThat(reason.key()).isEqualTo("CS-615 contoso_Mail (emailaddress1)");
        assertThat(people.get("accounts/$count").text()).isEqualTo("0");
    }

    @Test
    void aNewOpportunityThatMeetsAnotherKeyThanItsReferralIsNoConflict() {
        key("opportunity", "contoso_DealName", "name", "estimatedclosedate");
        people.post("/sandbox/opportunities", Map.of("name", "First", "estimatedclosedate", "2027-03-31"));
        NewOpportunity wanted = order("r-1", "First", Map.of());
        wanted.fields().put("estimatedclosedate", "2027-03-31");
        Reason together = refused(() -> dynamics.verb("create", wanted));
        assertThat(together.key()).isEqualTo("CS-615 contoso_DealName (name, estimatedclosedate)");
        assertThat(together.words()).contains("new opportunity for referral r-1");

        people.post("accounts", Map.of("name", "Fabrikam", "address1_postalcode", "10115"));
        Reason alone = refused(() -> dynamics.verb("create", wanted));
        assertThat(alone.key()).isEqualTo(together.key());
    }

    @Test
    void anOpportunityOfTheReferralThatIsThereIsStillFound() {
        key("opportunity", "contoso_DealName", "name");
        Map<String, Object> first = dynamics.verb("create", order("r-1", "First", Map.of()));
        Map<String, Object> second = dynamics.verb("create", order("r-1", "First", Map.of()));
        assertThat(second).containsEntry("opportunityid", first.get("opportunityid"));
    }

    @Test
    void anUpdateThatMeetsAKeyIsNoConflictAndAnotherVersionStillIs() {
        key("opportunity", "contoso_DealName", "name");
        people.post("/sandbox/opportunities", Map.of("name", "Taken"));
        Object id = people.post("/sandbox/opportunities", Map.of("name", "Free")).json().get("opportunityid");
        Map<String, Object> record = dynamics.verb("get", id);
        Update rename = new Update((String) id, (String) record.get("@odata.etag"), Map.of("name", "Taken"), record);
        assertThat(refused(() -> dynamics.verb("update", rename)).key()).isEqualTo("CS-615 contoso_DealName (name)");

        people.patch("/sandbox/opportunities/" + id, Map.of("name", "By a person"));
        assertThat(catchThrowableOfType(Fault.VersionConflict.class, () -> dynamics.verb("update", rename)))
                .hasMessageContaining("changed after it was read");
    }

    /** The service writes some of its codes with small letters. */
    @ParameterizedTest
    @ValueSource(strings = {"0x8006088d", "0x8006088D"})
    void aCodeIsKnownInSmallAndInCapitalLetters(String code) {
        Object id = people.post("/sandbox/opportunities", Map.of()).json().get("opportunityid");
        Map<String, Object> record = dynamics.verb("get", id);
        people.post("/sandbox/faults", Map.of("method", "PATCH", "status", 400, "body",
                Map.of("error", Map.of("code", code, "message", "Optimistic concurrency isn't enabled"))));
        Reason reason = refused(() -> dynamics.verb("update",
                new Update((String) id, (String) record.get("@odata.etag"), Map.of("name", "x"), record)));
        assertThat(reason.cause().code()).isEqualTo("CS-605");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x8004f061", "0x8004F067"})
    void whileTheEnvironmentIsCustomizedChangesWait(String code) {
        Object id = people.post("/sandbox/opportunities", Map.of()).json().get("opportunityid");
        Map<String, Object> record = dynamics.verb("get", id);
        Map<String, Object> locked = Map.of("error", Map.of("code", code, "message", "Another operation is running"));
        people.post("/sandbox/faults", Map.of("method", "PATCH", "status", 400, "body", locked));
        Update rename = new Update((String) id, (String) record.get("@odata.etag"), Map.of("name", "New"), record);
        Fault.Transient fault = catchThrowableOfType(Fault.Transient.class, () -> dynamics.verb("update", rename));
        assertThat(fault).hasMessageContaining("customized");
        assertThat(fault.mayHaveArrived()).isFalse();
        assertThat((Map<?, ?>) dynamics.verb("update", rename)).extracting(r -> r.get("name")).isEqualTo("New");

        people.post("/sandbox/faults", Map.of("path", "cosell_partnercentersolutions", "times", 2, "status", 400,
                "body", locked));
        assertThat(catchThrowableOfType(Fault.Transient.class, () -> dynamics.verb("changes", null)))
                .as("not a table without change tracking").isNotNull();
    }
}
