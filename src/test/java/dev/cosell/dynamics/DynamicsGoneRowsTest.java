package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.NewOpportunity;
import dev.cosell.verbs.Writes.Outcome;
import dev.cosell.verbs.Writes.Update;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Writes that name a row which is gone, or a person who may not: which one it is decides what happens. */
class DynamicsGoneRowsTest extends DynamicsVerbStories {
    private Map<String, Object> deal() {
        return dynamics.verb("get", people.post("/sandbox/opportunities", Map.of()).json().get("opportunityid"));
    }

    private static Update update(Map<String, Object> record, Map<String, Object> patch) {
        return new Update((String) record.get("opportunityid"), (String) record.get("@odata.etag"), patch, record);
    }

    private static NewOpportunity order(String referralId, String currency, String... team) {
        return new NewOpportunity(referralId, Map.of("name", "New", "transactioncurrencyid", currency),
                Map.of("name", "Fabrikam GmbH"), Map.of(), List.of(), List.of(team));
    }

    /** Deletes a currency and adds it anew: the same code, another row. */
    private String addedAnew(String code) {
        Object old = people.get("transactioncurrencies?$filter=isocurrencycode eq '" + code + "'").value().get(0)
                .get("transactioncurrencyid");
        people.delete("transactioncurrencies(" + old + ")");
        return people.post("transactioncurrencies?$select=isocurrencycode",
                Map.of("isocurrencycode", code, "currencyname", code, "currencyprecision", 2, "exchangerate", 1.2),
                "Prefer", "return=representation").json().get("transactioncurrencyid").toString();
    }

    @Test
    void aCurrencyThatWasDeletedAndAddedAnewIsLookedUpAgain() {
        Map<String, Object> record = deal();
        String dollars = addedAnew("USD");
        Update change = update(record, Map.of("transactioncurrencyid", "USD"));
        assertThatThrownBy(() -> dynamics.verb("update", change)).isInstanceOf(Fault.VersionConflict.class)
                .hasMessageContaining("currency");
        assertThat((Map<?, ?>) dynamics.verb("update", change)).extracting(r -> r.get("transactioncurrencyid"))
                .isEqualTo("USD");
        assertThat(people.get("/sandbox/opportunities/latest").json()).containsEntry("_transactioncurrencyid_value",
                dollars);

        addedAnew("EUR");
        assertThatThrownBy(() -> dynamics.verb("create", order("r-1", "EUR")))
                .isInstanceOf(Fault.VersionConflict.class);
        assertThat((Map<?, ?>) dynamics.verb("create", order("r-1", "EUR"))).as("with a new account")
                .extracting(r -> r.get("transactioncurrencyid")).isEqualTo("EUR");
        addedAnew("EUR");
        assertThatThrownBy(() -> dynamics.verb("create", order("r-2", "EUR"))).as("alone")
                .isInstanceOf(Fault.VersionConflict.class);
        assertThat((Map<?, ?>) dynamics.verb("create", order("r-2", "EUR")))
                .extracting(r -> r.get("transactioncurrencyid")).isEqualTo("EUR");
    }

    @Test
    void currenciesAreReadAgainAfterAnHour() {
        Map<String, Object> record = deal();
        people.post("/sandbox/stats/reset", null);
        dynamics.verb("get", record.get("opportunityid"));
        dataverse.clock().forward(Duration.ofMinutes(61));
        dynamics.verb("get", record.get("opportunityid"));
        dynamics.verb("get", record.get("opportunityid"));
        assertThat((Map<?, ?>) people.get("/sandbox/stats").json().get("calls")).isEqualTo(
                Map.of("GET /api/data/v9.2/opportunities({id})", 3, "GET /api/data/v9.2/transactioncurrencies", 1));
    }

    @Test
    void aRowThatIsGoneAndIsNotTheOpportunityIsNoConflict() {
        Map<String, Object> record = deal();
        String nobody = UUID.randomUUID().toString();
        Update change = update(record, Map.of("parentcontactid@odata.bind", "/contacts(" + nobody + ")"));
        assertThatThrownBy(() -> dynamics.verb("update", change)).as("it would be tried for ever")
                .isInstanceOf(Fault.Data.class).hasMessageContainingAll(nobody, "0x80040217");
        assertThatThrownBy(() -> dynamics.verb("close", new Close(change, Outcome.WON, null)))
                .isInstanceOf(Fault.Data.class).hasMessageContaining(nobody);

        people.delete("/sandbox/opportunities/latest");
        assertThatThrownBy(() -> dynamics.verb("update", update(record, Map.of("name", "x"))))
                .isInstanceOf(Fault.VersionConflict.class).hasMessageContaining("was deleted");
    }

    /** The close was parked as refused for a reason that nobody knew. */
    @Test
    void aSolutionRowThatIsGoneBesideACloseIsDecidedAfresh() {
        Map<String, Object> record = deal();
        Close close = new Close(update(record, Map.of("solutions", List.of())), Outcome.WON, null);
        people.post("/sandbox/faults", Map.of("method", "DELETE", "path", "partnercentersolutions", "status", 404,
                "body", Map.of("error", Map.of("code", "0x80040217", "message",
                        "cosell_partnercentersolution With Id = " + UUID.randomUUID() + " Does Not Exist"))));
        assertThatThrownBy(() -> dynamics.verb("close", close)).isInstanceOf(Fault.VersionConflict.class)
                .hasMessageContaining("solution row");
        assertThat((Map<?, ?>) dynamics.verb("close", close)).extracting(r -> r.get("statecode")).isEqualTo(1);
    }

    @Test
    void aCloseThatMissesAnotherRowIsNoConflict() {
        Map<String, Object> record = deal();
        Close close = new Close(update(record, Map.of("solutions", List.of())), Outcome.WON, null);
        people.post("/sandbox/faults", Map.of("path", "WinOpportunity", "status", 404, "body",
                Map.of("error", Map.of("code", "0x80040217", "message",
                        "competitor With Id = " + UUID.randomUUID() + " Does Not Exist"))));
        assertThatThrownBy(() -> dynamics.verb("close", close)).as("the close itself is the last write")
                .isInstanceOf(Fault.Data.class);
    }

    @Test
    void aTableThatIsGoneIsNoConflict() {
        Map<String, Object> record = deal();
        people.post("/sandbox/faults", Map.of("method", "POST", "path", "cosell_partnercentersolutions", "status", 404,
                "body", Map.of("error", Map.of("code", "0x8006088a", "message",
                        "Resource not found for the segment 'cosell_partnercentersolutions'."))));
        Fault.Data fault = catchThrowableOfType(Fault.Data.class, () -> dynamics.verb("update", update(record,
                Map.of("solutions", List.of(Map.of("id", "S-9", "name", "Nine"))))));
        assertThat(fault.faults().get(0).cause().code()).isEqualTo("CS-606");
    }

    private void denied(String message) {
        people.post("/sandbox/faults", Map.of("method", "PATCH", "path", "/opportunities", "status", 403, "body",
                Map.of("error", Map.of("code", "0x80040220", "message", message))));
    }

    /** The texts are in the user's language, so that a secured column may look like anything. */
    @Test
    void aDenialThatNamesNoPrivilegeMayBeASecuredColumn() {
        Map<String, Object> record = deal();
        denied("Der Aufrufer hat keine Berechtigung zum Aktualisieren der Spalte.");
        assertThatThrownBy(() -> dynamics.verb("update", update(record, Map.of("name", "x"))))
                .isInstanceOf(Fault.Denied.class)
                .hasMessageContainingAll("security role of the sync", "column security profile", "Der Aufrufer");
    }

    @Test
    void anOwnerOfTheTeamWithoutARoleIsNamedAndNotTheApplicationUser() {
        Object seller = people.get("systemusers?$filter=internalemailaddress eq 'sam.seller@contoso.example'").value()
                .get(0).get("systemuserid");
        String words = "Principal user (Id=" + seller.toString().toUpperCase() + ", type=8, roleCount=0) is missing "
                + "prvReadOpportunity privilege";
        for (boolean withNewAccount : new boolean[] {true, false}) {
            denied(words);
            Fault.Data fault = catchThrowableOfType(Fault.Data.class,
                    () -> dynamics.verb("create", order("r-1", "GBP", "sam.seller@contoso.example")));
            assertThat(fault.faults().get(0).cause().code()).isEqualTo("CS-616");
            assertThat(fault).hasMessageContainingAll(seller.toString(), "prvReadOpportunity", "security role")
                    .hasMessageNotContaining("application user");
            if (withNewAccount) {
                people.post("accounts", Map.of("name", "Fabrikam GmbH"));
            }
        }
        denied("Principal user (Id=" + UUID.randomUUID() + ", type=8) is missing prvCreateOpportunity privilege");
        assertThatThrownBy(() -> dynamics.verb("create", order("r-1", "GBP", "sam.seller@contoso.example")))
                .isInstanceOf(Fault.Denied.class).hasMessageContaining("application user");
    }
}
