package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Owners in Dynamics 365: teams, people who have left, and programs. */
@InWorld("dynamics")
class DynamicsOwnerTest extends OwnerStories {
    private static final String SELLER = "/sandbox/seller/";
    private static World world;

    private static void assign(String path, String owner) {
        Api api = world.crm().api();
        assertThat(api.raw("PATCH", SELLER + path, Api.bytes(Map.of("ownerid@odata.bind", "/" + owner)),
                Map.of("Content-Type", "application/json")).statusCode())
                .isEqualTo(204);
    }

    private String newRow(String set, String id, Map<String, Object> fields) {
        return (String) ((DynamicsDriver) crm()).created("/api/data/v9.2/" + set, fields).get(id);
    }

    private String team() {
        return newRow("teams", "teamid", Map.of("name", "Team " + UUID.randomUUID()));
    }

    private String user(Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(
                Map.of("firstname", "Una", "lastname", "User", "fullname", "Una User",
                        "internalemailaddress", UUID.randomUUID() + "@contoso.example", "address1_telephone1",
                        "+44 118 496 0102"));
        fields.putAll(more);
        fields.values().removeIf(""::equals);
        return newRow("systemusers", "systemuserid", fields);
    }

    private Runnable handedTo(String crmId, Map<String, Object> user) {
        return () -> assign("opportunities(" + crmId + ")", "systemusers(" + user(user) + ")");
    }

    @Override
    protected Map<String, Runnable> ownersThatAreNobody(String crmId) {
        Map<String, Runnable> owners = new LinkedHashMap<>();
        owners.put("it is a team", () -> assign("opportunities(" + crmId + ")", "teams(" + team() + ")"));
        owners.put("it is a disabled user", handedTo(crmId, Map.of("isdisabled", true)));
        owners.put("it is an application user", handedTo(crmId, Map.of("applicationid", UUID.randomUUID().toString())));
        owners.put("the user has no phone number and no e-mail address",
                handedTo(crmId, Map.of("internalemailaddress", "", "address1_telephone1", "")));
        return owners;
    }

    @Override
    protected String handToTeam(String leadId) {
        String team = team();
        assign("leads(" + leadId + ")", "teams(" + team + ")");
        return team;
    }

    @Override
    protected Object ownerOfLead(String leadId) {
        return crm().api().get(SELLER + "leads(" + leadId + ")?$select=_ownerid_value").get("_ownerid_value");
    }

    @Override
    protected Object owner(String crmId) {
        return crm().opportunity(crmId).get("_ownerid_value");
    }

    /** The other direction: a deal from Partner Center that is handed to a team afterwards. */
    @Test
    void an_opportunity_from_partner_center_that_is_handed_to_a_team_stays_with_it() {
        String referralId = world.newDeal(
                Map.of("team", List.of(Map.of("firstName", "Sam", "lastName", "Seller", "email", crm().sellerEmail(),
                        "phoneNumber", "+44 118 496 0100"))));
        String crmId = crm().id(world.opportunityFor(referralId));
        world.settle();
        String team = team();
        assign("opportunities(" + crmId + ")", "teams(" + team + ")");
        travelsBothWays(Map.of(crmId, referralId));
        assertThat(owner(crmId)).isEqualTo(team);
        assertThat(team(world.referral(referralId))).singleElement()
                .satisfies(member -> assertThat(member).containsEntry("email", crm().sellerEmail()));
        assertThat(crm().audit(crm().opportunity(crmId))).doesNotContain("The owner is not");
    }
}
