package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * One side already names the other, in whatever spelling a person or another program used: the two are joined, and
 * nothing is created.
 */
abstract class KnownDealStories extends Stories {
    /** Spellings of an opportunity's id that stand in an {@code externalReferenceId} somewhere. */
    protected abstract List<String> spellings(String crmId);

    protected abstract Map<String, Object> identifier(String text);

    protected abstract Map<String, Object> link(String address);

    private String hidden(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(crm().shared(false));
        return crm().newOpportunity(all);
    }

    private String shared(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(crm().shared(true));
        return crm().newOpportunity(all);
    }

    private void edit(String crmId, Map<String, Object> fields) {
        crm().api().patch("/sandbox/opportunities/" + crmId, fields);
    }

    private void joined(String crmId, String referralId) {
        world().eventually(() -> assertThat(world().auditTrail(crmId)).as("audit of " + crmId)
                .anySatisfy(line -> assertThat(line).contains("Joined with referral " + referralId)));
    }

    private void parked(String crmId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(crmId).contains(words)));
        world().eventually(
                () -> assertThat(crm().audit(crm().opportunity(crmId))).contains("Not synced").contains(words));
    }

    /** In Salesforce three of three, in Dynamics 365 two of two such opportunities got a second referral. */
    @Test
    void an_opportunity_that_is_switched_on_later_joins_the_referral_that_names_it_however_its_id_is_spelled() {
        int before = world().ownReferrals().size();
        Map<String, String> deals = new LinkedHashMap<>();
        try (Log log = Log.from(Level.WARN)) {
            for (int number = 0; number < spellings(hidden(Map.of())).size(); number++) {
                String crmId = hidden(Map.of());
                String spelled = spellings(crmId).get(number);
                String referralId = world().newDeal(Map.of("name", "Link " + number, "externalReferenceId", spelled));
                deals.put(crmId, referralId);
            }
            world().settle();
            deals.keySet().forEach(crmId -> edit(crmId, crm().shared(true)));
            deals.forEach(this::joined);
            world().settle();
            assertThat(log.lines()).as("warnings").noneMatch(line -> line.contains("as it was before"));
        }
        deals.forEach((crmId, referralId) -> {
            assertThat(crm().referralId(crm().opportunity(crmId))).isEqualTo(referralId);
            assertThat(crm().value(crm().opportunity(crmId)))
                    .isEqualByComparingTo(world().valueOf(world().referral(referralId)));
            crm().changeValue(crmId, 43210);
        });
        deals.forEach((crmId, referralId) ->
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("43210")));
        assertThat(world().ownReferrals()).hasSize(before + deals.size());
        assertThat(world().parked()).noneMatch(line -> deals.keySet().stream().anyMatch(line::contains));
        world().andAgainNothingHappens();
    }

    /** The value in the portal was overwritten; the next look found both sides the same, and told nobody. */
    @Test
    void the_value_that_lost_at_the_first_comparison_is_named_although_the_crm_refused_the_first_write() {
        String crmId = hidden(Map.of());
        String referralId = world().newDeal(Map.of("externalReferenceId", crmId));
        DealField.VALUE.editInPortal(world().partnerCenter(), referralId, "30600");
        DealField.VALUE.editInCrm(crm(), crmId, "30500");
        world().settle();
        crm().failWrites(crmId, 1, "A trigger is busy");
        edit(crmId, crm().shared(true));
        joined(crmId, referralId);
        world().settle();

        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("30500");
        assertThat(crm().audit(crm().opportunity(crmId))).containsOnlyOnce("both sides changed it; 30600")
                .containsOnlyOnce("Joined with referral");
        world().andAgainNothingHappens();
    }

    @Test
    void a_referral_is_joined_with_the_shared_opportunity_that_it_names_in_any_spelling() {
        int before = world().ownReferrals().size();
        String first = hidden(Map.of());
        for (int number = 0; number < spellings(first).size(); number++) {
            String crmId = hidden(Map.of());
            world().pausePolls(crm());
            edit(crmId, crm().shared(true));
            String referralId = world().newDeal(Map.of("externalReferenceId", spellings(crmId).get(number)));
            joined(crmId, referralId);
            world().resumePolls(crm());
            assertThat(world().referral(referralId)).as("what was typed").containsEntry("externalReferenceId",
                    spellings(crmId).get(number));
        }
        world().settle();
        assertThat(world().ownReferrals()).hasSize(before + spellings(first).size());
        world().andAgainNothingHappens();
    }

    /** The poll was quicker than the notification: a second referral was made beside the one that named the record. */
    @Test
    void an_opportunity_joins_the_deal_that_names_it_before_anybody_was_told_of_that_deal() {
        int before = world().ownReferrals().size();
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        Map<String, String> deals = new LinkedHashMap<>();
        for (int number = 0; number < spellings(hidden(Map.of())).size(); number++) {
            String crmId = hidden(Map.of());
            String spelled = spellings(crmId).get(number);
            deals.put(crmId, world().newDeal(Map.of("name", "Unheard " + number, "externalReferenceId", spelled)));
        }
        deals.keySet().forEach(crmId -> edit(crmId, crm().shared(true)));
        deals.forEach(this::joined);
        world().settle();
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
        assertThat(world().ownReferrals()).hasSize(before + deals.size());
        world().andAgainNothingHappens();
    }

    /** A search had listed the deal, its read gave 404 for a moment, and a second referral was made. */
    @Test
    void an_opportunity_joins_the_deal_that_a_search_lists_although_it_cannot_be_read_for_a_moment() {
        int before = world().ownReferrals().size();
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        String crmId = hidden(Map.of());
        String referralId = world().newDeal(Map.of("name", "Listed", "externalReferenceId", crmId));
        world().partnerCenter().post("/sandbox/faults",
                Map.of("method", "GET", "path", "referrals/" + referralId, "status", 404));
        edit(crmId, crm().shared(true));
        joined(crmId, referralId);
        world().settle();
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
        assertThat(world().ownReferrals()).hasSize(before + 1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_referral_identifier_is_read_as_people_type_it_and_stays_as_they_typed_it() {
        for (int number = 0; number < 3; number++) {
            world().pauseSync();
            String referralId = world().newDeal(Map.of());
            String text = List
                    .of("{" + referralId.toUpperCase() + "}", referralId.toUpperCase(), " " + referralId + " ")
                    .get(number);
            String crmId = shared(identifier(text));
            world().resumeSync();
            joined(crmId, referralId);
            world().settle();
            assertThat(crm().referralId(crm().opportunity(crmId)).strip()).isEqualTo(text.strip());
            assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId);
            world().partnerCenter().patch("/sandbox/deals/" + referralId,
                    Map.of("details", Map.of("dealValue", 31000 + number)));
            int value = 31000 + number;
            world().eventually(() -> assertThat(crm().value(crm().opportunity(crmId)))
                    .isEqualByComparingTo(String.valueOf(value)));
        }
        world().andAgainNothingHappens();
    }

    @Test
    void an_opportunity_that_has_nothing_but_the_portals_address_is_joined_from_either_side() {
        String byId = world().newDeal(Map.of("externalReferenceId", "PO-4711"));
        world().settle();
        int opportunities = crm().opportunitiesOf(byId).size();
        world().pauseSync();
        String referralId = world().newDeal(Map.of());
        String other = world().newDeal(Map.of());
        String first = shared(
                link("https://partner.microsoft.com/dashboard/v2/referrals/" + referralId + "?tab=details"));
        String second = hidden(link(
                "https://partner.microsoft.com/referrals/engagements/" + world().referral(other).get("engagementId")));
        world().resumeSync();
        joined(first, referralId);
        world().settle();
        edit(second, crm().shared(true));
        joined(second, other);
        world().settle();
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        assertThat(crm().opportunitiesOf(other)).hasSize(1);
        assertThat(world().referralsNaming(first)).hasSize(1);
        assertThat(world().referral(byId)).as("a text of somebody's own").containsEntry("externalReferenceId",
                "PO-4711");
        assertThat(opportunities).isEqualTo(1);
        world().andAgainNothingHappens();
    }

    /**
     * As in a tenant that answers 403 to any id it does not know: the opportunity was parked, and the advice was to
     * give our user its role.
     */
    @Test
    void an_id_that_partner_center_denies_is_no_referral_and_stops_nothing_but_an_identifier() {
        String denied = "00000000-1111-4222-8333-" + String.format("%012d", System.nanoTime() % 1_000_000_000_000L);
        world().partnerCenter().post("/sandbox/faults", Map.of("path", denied, "status", 403, "times", 100,
                "body", Map.of("error", Map.of("code", "accessDenied", "message", "Access is denied."))));
        String crmId = shared(link("https://partner.microsoft.com/dashboard/v2/referrals/" + denied));
        Map<String, Object> referral = world().referralFor(crmId);
        assertThat(crm().audit(crm().opportunity(crmId)))
                .containsOnlyOnce("the Referral Link led to no deal that could be this one (" + denied + ")");
        assertThat(crm().referralLink(crm().opportunity(crmId))).contains((String) referral.get("id"));
        String named = shared(identifier(denied));
        parked(named, "Partner Center shows no referral " + denied, "Clear the field", "the location of that deal");
        world().andAgainNothingHappens();
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    /** The portal shows both ids, and people take either; the index does not know a deal before its first sweep. */
    @Test
    void the_id_of_an_engagement_is_read_from_either_field_and_from_either_side() {
        int before = world().ownReferrals().size();
        world().pauseSync();
        String first = world().newDeal(Map.of());
        String second = world().newDeal(Map.of());
        String third = world().newDeal(Map.of());
        Object engagement = world().referral(second).get("engagementId");
        String identified = shared(identifier(String.valueOf(engagement)));
        String linked = shared(link(
                "https://partner.microsoft.com/referrals/engagements/" + world().referral(third).get("engagementId")));
        world().resumeSync();
        joined(identified, second);
        joined(linked, third);
        world().settle();
        assertThat(crm().referralId(crm().opportunity(identified))).isEqualTo(second);
        assertThat(crm().audit(crm().opportunity(identified)))
                .containsOnlyOnce(engagement + " → " + second + ", the referral of that engagement");
        assertThat(crm().opportunitiesOf(second)).hasSize(1);
        world().andAgainNothingHappens();
        assertThat(List.of(first, third)).allSatisfy(id -> assertThat(crm().opportunitiesOf(id)).hasSize(1));
        assertThat(world().ownReferrals()).hasSize(before + 3);
    }

    /** Nothing was synced, and no field, list or log said why. */
    @Test
    void microsofts_id_leads_to_our_referral_of_the_deal_and_where_there_is_none_the_seller_is_told() {
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        try {
            String referralId = world().newDeal(Map.of("name", "Shared by Microsoft"));
            world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/invited", Map.of());
            Object microsofts = world().microsoftReferralsOf(world().referral(referralId)).get(0).get("id");
            String crmId = shared(identifier(String.valueOf(microsofts)));
            joined(crmId, referralId);
            world().settle();
            assertThat(crm().referralId(crm().opportunity(crmId))).isEqualTo(referralId);
            byte[] late = world().event(String.valueOf(microsofts));
            world().deliver(late, world().signed(late));
            world().settle();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
        }
        String typed = shared(identifier("REF-4712"));
        parked(typed, "is not a referral's id");
        String alone = (String) world().partnerCenter().post("/sandbox/microsoft/" + world().newDeal(Map.of())
                + "/invited", Map.of("engagementId", UUID.randomUUID().toString())).get("id");
        edit(typed, identifier(alone));
        parked(typed, alone, "which is Microsoft's", "none of ours");
        String lead = world().newDeal(Map.of("qualification", "Direct", "type", "Independent"));
        edit(typed, identifier(lead));
        parked(typed, lead, "a lead, and leads are not synced");
        world().andAgainNothingHappens();

        edit(typed, identifier(null));
        world().referralFor(typed);
        assertThat(world().parked()).noneMatch(line -> line.contains(typed));
        world().andAgainNothingHappens();
    }

    @Test
    void a_text_that_is_no_referrals_id_is_kept_and_named_and_nothing_is_created_until_a_person_clears_it() {
        int before = world().ownReferrals().size();
        String crmId = shared(identifier("REF-123"));
        parked(crmId, "REF-123", "is not a referral's id", "Clear the field");
        String gone = shared(identifier("00000000-1111-4222-8333-444444444444"));
        parked(gone, "Partner Center shows no referral 00000000-1111-4222-8333-444444444444");
        world().andAgainNothingHappens();
        assertThat(crm().referralId(crm().opportunity(crmId))).isEqualTo("REF-123");
        assertThat(world().ownReferrals()).hasSize(before);

        edit(crmId, identifier(null));
        world().referralFor(crmId);
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
        String named = hidden(identifier("REF-124"));
        String referralId = world().newDeal(Map.of("externalReferenceId", named));
        world().settle();
        edit(named, crm().shared(true));
        joined(named, referralId);
        world().settle();
        assertThat(crm().referralId(crm().opportunity(named))).isEqualTo("REF-124");
        assertThat(crm().audit(crm().opportunity(named))).contains("keeps \"REF-124\"");
        world().andAgainNothingHappens();
    }

    @Test
    void several_referrals_that_name_an_opportunity_are_a_persons_choice() {
        String crmId = hidden(Map.of());
        String first = world().newDeal(Map.of("externalReferenceId", crmId));
        String second = world().newDeal(Map.of("externalReferenceId", crmId));
        world().settle();
        edit(crmId, crm().shared(true));
        parked(crmId, "several referrals", first, second);
        world().andAgainNothingHappens();
        assertThat(crm().referralId(crm().opportunity(crmId))).isNull();

        edit(crmId, identifier(second));
        joined(crmId, second);
        world().settle();
        assertThat(world().referralsNaming(crmId)).hasSize(2);
        world().andAgainNothingHappens();
    }

    @Test
    void an_open_opportunity_is_not_closed_by_an_older_deal_that_names_it() {
        String crmId = hidden(Map.of());
        String older = world().newDeal(Map.of("externalReferenceId", crmId, "status", "Closed", "substatus", "Lost"));
        world().settle();
        edit(crmId, crm().shared(true));
        Map<String, Object> referral = world().referralFor(crmId);
        assertThat(referral.get("id")).isNotEqualTo(older);
        assertThat(crm().lost(crm().opportunity(crmId))).isFalse();
        world().andAgainNothingHappens();
    }
}
