package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The first start meets the deals of years: ended, shared twice, claimed twice, or with a referral that nobody sees any
 * more. What has ended stays as it ended, and a person is asked only where something is left to decide.
 */
abstract class OldDealStories extends Stories {
    private int nobodys;

    private Map<String, Object> identifier(String text) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(crm().field(CrmField.REFERRAL_IDENTIFIER), text);
        return fields;
    }

    /** The id of a referral that is not there. */
    private String nobody() {
        return "00000000-2222-4222-8333-" + String.format("%012d", ++nobodys);
    }

    private String shared(Map<String, Object> fields) {
        return made(true, fields);
    }

    private String hidden(Map<String, Object> fields) {
        return made(false, fields);
    }

    private String made(boolean shared, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(crm().shared(shared));
        return crm().newOpportunity(all);
    }

    private void edit(String crmId, Map<String, Object> fields) {
        crm().api().patch("/sandbox/opportunities/" + crmId, fields);
    }

    private String closed(String substatus, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(Map.of("status", "Closed", "substatus", substatus));
        fields.putAll(more);
        return world().newDeal(fields);
    }

    private void joined(String crmId, String referralId) {
        world().eventually(() -> assertThat(world().auditTrail(crmId)).as("audit of " + crmId)
                .anySatisfy(line -> assertThat(line).contains("Joined with referral " + referralId)));
    }

    private void leftAlone(String recordId) {
        world().eventually(() -> assertThat(world().auditSituations(recordId)).as(recordId).contains("CLOSED_BEFORE"));
    }

    private void parked(String recordId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
    }

    private void notParked(String... recordIds) {
        assertThat(world().parked()).noneMatch(line -> List.of(recordIds).stream().anyMatch(line::contains));
    }

    private void untold(String crmId) {
        assertThat(crm().audit(crm().opportunity(crmId))).doesNotContain("Not synced");
    }

    /** What a backfill foresees for all records, seen from this side. */
    private Map<String, Object> foreseen(String source) {
        BackfillJob jobs = new BackfillJob(world());
        Object id = jobs.act("/api/backfill", Map.of("source", source, "dryRun", true)).get("id");
        world().eventually(() -> assertThat(jobs.now(id)).containsEntry("phase", "COUNTED"));
        return Api.map(jobs.now(id).get("found"));
    }

    /** In Salesforce a deal that was won became a lost one, with the reason of its expired referral. */
    @Test
    void an_opportunity_and_its_referral_that_have_ended_apart_keep_their_ends() {
        world().pauseSync();
        String expired = closed("Expired", Map.of("statusReason", "Nobody answered"));
        String won = shared(identifier(expired));
        crm().win(won);
        String wonReferral = closed("Won", Map.of());
        String lost = shared(identifier(wonReferral));
        crm().lose(lost);
        List.of(crm().name(), "partner-center")
                .forEach(source -> assertThat(foreseen(source)).as(source).doesNotContainKey("CLOSE"));
        world().resumeSync();

        joined(won, expired);
        joined(lost, wonReferral);
        world().settle();
        assertThat(crm().won(crm().opportunity(won))).isTrue();
        assertThat(crm().opportunity(won).values()).doesNotContain("Nobody answered");
        assertThat(world().referral(expired)).containsEntry("substatus", "Expired");
        assertThat(crm().lost(crm().opportunity(lost))).isTrue();
        assertThat(world().referral(wonReferral)).containsEntry("substatus", "Won");
        for (String each : List.of(won, lost)) {
            assertThat(world().auditTrail(each))
                    .anySatisfy(line -> assertThat(line).containsOnlyOnce("each with another end; neither is changed"));
        }
        notParked(won, lost, expired, wonReferral);
        world().andAgainNothingHappens();
    }

    /** The expired referral was parked for ever, and the advice would have closed the deal. */
    @Test
    void the_closed_referral_of_a_deal_that_was_shared_anew_is_left_alone_whenever_it_is_read() {
        world().pauseSync();
        String crmId = shared(Map.of());
        String before = closed("Expired", Map.of("externalReferenceId", crmId));
        String live = world().newDeal(Map.of("externalReferenceId", crmId));
        edit(crmId, identifier(live));
        world().resumeSync();
        joined(crmId, live);
        leftAlone(before);
        String after = closed("Won", Map.of("externalReferenceId", crmId));
        leftAlone(after);
        world().settle();

        notParked(crmId, before, live, after);
        untold(crmId);
        crm().changeValue(crmId, 41000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(live))).isEqualByComparingTo("41000"));
        assertThat(crm().lost(crm().opportunity(crmId)) || crm().won(crm().opportunity(crmId))).isFalse();
        world().andAgainNothingHappens();
    }

    /** It was no longer parked, and nobody was asked for its referral any more. */
    @Test
    void an_opportunity_that_is_parked_stays_so_when_an_older_deal_that_names_it_is_read() {
        String crmId = shared(identifier("REF-77"));
        parked(crmId, "REF-77");
        leftAlone(closed("Lost", Map.of("externalReferenceId", crmId)));
        world().settle();
        parked(crmId, "REF-77");
        world().andAgainNothingHappens();
    }

    /** A referral that names one opportunity and whose id stands in another. */
    private record Claims(String referralId, String identified, String named) {}

    private Claims claims(boolean identifiedIsShared) {
        String named = hidden(Map.of());
        String referralId = world().newDeal(Map.of("externalReferenceId", named));
        return new Claims(referralId, made(identifiedIsShared, identifier(referralId)), named);
    }

    /** The named one was joined, and the other one parked as if it came too late. */
    @Test
    void the_id_of_the_engagement_outweighs_what_the_referral_names_though_the_named_one_reports_first() {
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        try {
            String named = hidden(Map.of());
            String referralId = world().newDeal(Map.of("externalReferenceId", named));
            String identified = made(false, identifier((String) world().referral(referralId).get("engagementId")));
            edit(named, crm().shared(true));
            parked(named, identified, "correct the CRM id of referral " + referralId);
            edit(identified, crm().shared(true));
            oneIsJoinedAndTheOtherTold(new Claims(referralId, identified, named));
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
        }
    }

    /** The named one was told to clear a Referral Identifier that is empty; the other one was parked, or joined. */
    private void oneIsJoinedAndTheOtherTold(Claims of) {
        joined(of.identified, of.referralId);
        edit(of.named, crm().shared(true));
        String[] words = {of.referralId, of.identified, "correct the CRM id of referral " + of.referralId,
                "switch the sync off here if it is the same deal"};
        parked(of.named, words);
        world().eventually(
                () -> assertThat(crm().audit(crm().opportunity(of.named))).contains("Not synced").contains(words));
        world().settle();
        notParked(" " + of.identified + ":");
        untold(of.identified);
        assertThat(world().referral(of.referralId)).containsEntry("externalReferenceId", of.named);
        world().andAgainNothingHappens();
    }

    @Test
    void an_opportunity_whose_identifier_is_the_referrals_is_joined_though_the_referral_names_another() {
        world().pausePolls(crm());
        world().pauseSync();
        Claims byPartnerCenter = claims(true);
        world().resumeSync();
        joined(byPartnerCenter.identified, byPartnerCenter.referralId);
        world().resumePolls(crm());
        oneIsJoinedAndTheOtherTold(byPartnerCenter);

        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        try {
            oneIsJoinedAndTheOtherTold(claims(true));
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
        }
    }

    @Test
    void an_opportunity_that_the_referral_alone_names_becomes_a_deal_of_its_own_when_the_referral_is_corrected() {
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        Claims of = claims(false);
        try {
            edit(of.named, crm().shared(true));
            parked(of.named, of.identified, "correct the CRM id of referral " + of.referralId,
                    "enter " + of.referralId + " as the Referral Identifier of the right one");
            edit(of.identified, crm().shared(true));
            oneIsJoinedAndTheOtherTold(of);
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
        }
        world().partnerCenter().patch("/sandbox/deals/" + of.referralId, Map.of("externalReferenceId", of.identified));
        world().operations().retryParked(of.named);
        assertThat(world().referralFor(of.named).get("id")).isNotEqualTo(of.referralId);
        notParked(of.named);
        world().andAgainNothingHappens();
    }

    /** Each was told that it is not synced; in Dynamics 365, where a closed one takes no change, nothing helped. */
    @Test
    void a_lost_opportunity_whose_referral_is_not_shown_any_more_is_left_alone_and_a_won_one_is_not() {
        world().pauseSync();
        String lost = shared(identifier(nobody()));
        crm().lose(lost);
        String won = shared(identifier(nobody()));
        crm().win(won);
        world().resumeSync();
        leftAlone(lost);
        parked(won, "Partner Center shows no referral");

        String open = shared(identifier(nobody()));
        parked(open, "Partner Center shows no referral");
        world().settle();
        crm().lose(open);
        leftAlone(open);
        world().settle();
        notParked(lost, open);
        untold(lost);
        parked(won, "Partner Center shows no referral");
        world().andAgainNothingHappens();
    }
}
