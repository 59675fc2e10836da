package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Owners who are no people, or whom nobody can reach: told once and lived through with each CRM. */
@WithSettings({"leads=leads", "partner-center.team.first-name=Stella", "partner-center.team.last-name=Stand-In",
        "partner-center.team.email=stella@partner.example", "partner-center.team.phone=+44 118 496 0199"})
abstract class OwnerStories extends Stories {
    private static final String LEFT_OUT = "The owner is not on the deal's team in Partner Center: ";
    private static final String STANDS_IN = "the person of the settings partner-center.team is used";

    /**
     * Owners of opportunities whom no deal can name as a person, and the reason that people read. Each call gives the
     * opportunity to another one.
     */
    protected abstract Map<String, Runnable> ownersThatAreNobody(String crmId);

    /** Gives a lead to a team or a queue. @return the id of the new owner */
    protected abstract String handToTeam(String leadId);

    protected abstract Object ownerOfLead(String leadId);

    protected abstract Object owner(String crmId);

    protected static List<Map<String, Object>> team(Map<String, Object> referral) {
        return Api.list(referral.get("team"));
    }

    private String shared(Runnable handing, String crmId) {
        handing.run();
        crm().api().patch("/sandbox/opportunities/" + crmId, crm().shared(true));
        return crmId;
    }

    /** Changes on either side travel, and the owners stay who they are. @param referrals by id of their opportunity */
    protected void travelsBothWays(Map<String, String> referrals) {
        Map<String, Object> owners = new HashMap<>();
        referrals.forEach((crmId, referralId) -> {
            owners.put(crmId, owner(crmId));
            world().partnerCenter().patch("/sandbox/deals/" + referralId,
                    Map.of("details", Map.of("dealValue", 41000)));
        });
        world().eventually(() -> referrals.keySet()
                .forEach(crmId -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("41000")));
        referrals.keySet().forEach(crmId -> crm().changeValue(crmId, 42000));
        world().eventually(() -> referrals.values()
                .forEach(id -> assertThat(world().valueOf(world().referral(id))).isEqualByComparingTo("42000")));
        world().andAgainNothingHappens();
        referrals.keySet().forEach(crmId -> {
            assertThat(owner(crmId)).isEqualTo(owners.get(crmId));
            assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
        });
    }

    @Test
    void an_owner_who_is_nobody_to_be_called_is_left_out_said_once_and_keeps_the_opportunity() {
        Map<String, String> reasons = new LinkedHashMap<>();
        ownersThatAreNobody("").keySet().forEach(reason -> {
            String crmId = crm().newOpportunity(crm().shared(false));
            reasons.put(shared(ownersThatAreNobody(crmId).get(reason), crmId), reason);
        });
        Map<String, String> referrals = new LinkedHashMap<>();
        world().eventually(() -> reasons.keySet().forEach(crmId -> {
            assertThat(crm().referralId(crm().opportunity(crmId))).isNotNull();
            referrals.put(crmId, crm().referralId(crm().opportunity(crmId)));
        }));
        world().settle();
        travelsBothWays(referrals);
        reasons.forEach((crmId, reason) -> {
            assertThat(crm().audit(crm().opportunity(crmId))).containsOnlyOnce(LEFT_OUT + reason)
                    .containsOnlyOnce(STANDS_IN);
            assertThat(team(world().referral(referrals.get(crmId)))).as(reason).singleElement()
                    .satisfies(member -> assertThat(member).containsEntry("email", "stella@partner.example"));
        });
    }

    @Test
    void a_lead_that_a_team_or_a_queue_has_taken_stays_with_it_and_becomes_an_opportunity_of_a_person() {
        String referralId = (String) world().partnerCenter()
                .post("/sandbox/leads", Map.of("details", Map.of("dealValue", 15000,
                        "closingDateTime", "2027-02-28T00:00:00Z")))
                .get("id");
        LeadDriver leads = crm().leads();
        world().eventually(() -> assertThat(leads.of(referralId)).hasSize(1));
        world().settle();
        String leadId = leads.id(leads.of(referralId).get(0));
        String team = handToTeam(leadId);
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "For the whole team.")));
        world().eventually(() -> assertThat(leads.notes(leads.of(referralId).get(0))).isEqualTo("For the whole team."));
        assertThat(ownerOfLead(leadId)).isEqualTo(team);

        world().partnerCenter().post("/sandbox/leads/" + referralId + "/accept", Map.of());
        world().opportunityFor(referralId);
        world().eventually(() -> assertThat(leads.accepted(leads.of(referralId).get(0))).isTrue());
        assertThat(ownerOfLead(leadId)).isEqualTo(team);
        assertThat(world().parked()).noneMatch(line -> line.contains(referralId));
        world().andAgainNothingHappens();
    }

    /** Marketplace leads have no team. Help for their deals was parked with the advice to set what was set. */
    @Test
    void help_for_an_accepted_lead_that_nobody_of_ours_is_on_goes_with_the_person_of_the_settings() {
        String referralId = (String) world().partnerCenter()
                .post("/sandbox/leads", Map.of("details", Map.of("dealValue", 15000,
                        "closingDateTime", "2027-02-28T00:00:00Z")))
                .get("id");
        world().eventually(() -> assertThat(crm().leads().of(referralId)).hasSize(1));
        world().settle();
        world().partnerCenter().post("/sandbox/leads/" + referralId + "/accept", Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        world().settle();
        assertThat(team(world().referral(referralId))).isEmpty();

        asksForHelp(crmId, referralId);
        assertThat(team(world().referral(referralId))).singleElement()
                .satisfies(member -> assertThat(member).containsEntry("email", "stella@partner.example"));
        world().andAgainNothingHappens();
    }

    @Test
    void help_for_a_deal_whose_first_person_nobody_can_call_goes_with_the_one_whom_somebody_can() {
        String referralId = world().newDeal(Map.of("team", List.of(
                Map.of("firstName", "Jo", "lastName", "Hale", "email", "jo@partner.example"),
                Map.of("firstName", "Kim", "lastName", "Oyelaran", "email", "kim@partner.example", "phoneNumber",
                        "+44 118 496 0198"))));
        String crmId = crm().id(world().opportunityFor(referralId));
        world().settle();

        asksForHelp(crmId, referralId);
        assertThat(team(world().referral(referralId))).extracting(member -> member.get("email"))
                .containsExactly("kim@partner.example", "jo@partner.example");
        world().andAgainNothingHappens();
    }

    private void asksForHelp(String crmId, String referralId) {
        crm().api().patch("/sandbox/opportunities/" + crmId, crm().askForHelp());
        world().eventually(
                () -> assertThat(world().microsoftReferralsOf(world().referral(referralId))).hasSize(1));
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId) || line.contains(referralId));
    }
}
