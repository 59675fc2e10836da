package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.dataverse.DataverseClient.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that a team owns instead of a user. */
class TeamsTest {
    private static final String ANNOTATED = "odata.include-annotations=\"*\"";

    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient api = dataverse.client();

    private String created(String set, Map<String, Object> body, String id) {
        Reply reply = api.post(set, body, "Prefer", "return=representation");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return (String) reply.json().get(id);
    }

    @Test
    void aTeamTakesOverARowAndGivesItBack() {
        String team = created("teams", Map.of("name", "Partner desk"), "teamid");
        String lead = created("leads", Map.of("subject", "Crane", "lastname", "Kerr"), "leadid");
        Object user = api.get("leads(" + lead + ")").json().get("_ownerid_value");
        assertThat(api.patch("leads(" + lead + ")", Map.of("ownerid@odata.bind", "/teams(" + team + ")")).status())
                .isEqualTo(204);

        Map<String, Object> row = api.get("leads(" + lead
                + ")?$select=_ownerid_value,_owninguser_value,_owningteam_value&$expand=owninguser($select=fullname),owningteam($select=name)",
                "Prefer", ANNOTATED).json();
        assertThat(row).containsEntry("_ownerid_value", team).containsEntry("_owningteam_value", team)
                .containsEntry("_owninguser_value", null)
                .containsEntry("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname", "team")
                .containsEntry("owninguser", null)
                .containsEntry("_ownerid_value@OData.Community.Display.V1.FormattedValue", "Partner desk");
        assertThat(api.get("leads?$filter=_owningteam_value eq " + team).value()).hasSize(1);

        assertThat(
                api.patch("leads(" + lead + ")", Map.of("ownerid@odata.bind", "/systemusers(" + user + ")")).status())
                .isEqualTo(204);
        assertThat(api.get("leads(" + lead + ")").json()).containsEntry("_owninguser_value", user)
                .containsEntry("_owningteam_value", null);
    }

    @Test
    void nothingButAUserOrATeamOwnsARow() {
        String account = created("accounts", Map.of("name", "Contoso"), "accountid");
        Reply reply = api.patch("accounts(" + account + ")",
                Map.of("ownerid@odata.bind", "/accounts(" + account + ")"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("cannot be bound to the entity set 'accounts'");
    }
}
