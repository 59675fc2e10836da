package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Microsoft answers in a tenant that shows Microsoft's referral in the list of its engagement alone, and answers
 * 404 or 403 when it is read by its id. Nobody saw such an answer unless we had made the request ourselves and a
 * notification came. Its sellers are on no list, so nobody sees them there.
 */
@WithSettings({"partner-center.sweep-interval=1s", "partner-center.full-sweep-interval=3s"})
abstract class HiddenAnswerStories extends Stories {
    /** The CRM's own words. */
    protected record Words(String status, String msxId) {}

    protected abstract Words words();

    @AfterEach
    void notified() {
        notifications(true);
    }

    private void hides(String answer) {
        world().partnerCenter().post("/sandbox/settings", Map.of("microsoftsOnlyByEngagement", answer));
    }

    private void notifications(boolean on) {
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", on));
    }

    private String microsoft(String referralId, String what, Map<String, Object> with) {
        return (String) world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/" + what, with).get("id");
    }

    private void accepted(String referralId) {
        microsoft(referralId, "accept", Map.of("msxId", "7-HIDDEN", "on", "microsoft"));
    }

    private void shows(String crmId, String field, String value) {
        world().eventually(() -> assertThat(crm().opportunity(crmId)).containsEntry(field, value));
    }

    private void showsTheAnswer(String crmId) {
        shows(crmId, words().status, "Active");
        shows(crmId, words().msxId, "7-HIDDEN");
    }

    /** A deal with a request for help, as the portal makes it: our own referral first. */
    private String portalDeal() {
        return world().newDeal(
                Map.of("type", "Shared", "inviteContext", Map.of("assistanceRequestCode", "ProofOfConceptOrDemo")));
    }

    private void nothingIsAmiss(String microsofts) {
        assertThat(world().parked()).noneMatch(line -> line.contains(microsofts));
        assertThat(world().auditSituations(microsofts)).doesNotContain("REFERRAL_GONE");
        world().andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "403"})
    void an_answer_is_found_by_polling_alone_though_no_list_of_changes_shows_it(String answer) {
        hides(answer);
        notifications(false);
        String crmId = crm().newOpportunity(crm().askForHelp());
        String referralId = (String) world().referralFor(crmId).get("id");
        shows(crmId, words().status, "Pending");
        accepted(referralId);

        showsTheAnswer(crmId);
        world().settle();
        nothingIsAmiss((String) world().microsoftReferralsOf(world().referral(referralId)).get(0).get("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "403"})
    void the_answer_to_a_deal_of_the_portal_is_found_by_polling_alone(String answer) {
        hides(answer);
        notifications(false);
        String referralId = portalDeal();
        String microsofts = microsoft(referralId, "invited", Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        shows(crmId, words().status, "Pending");
        accepted(referralId);

        showsTheAnswer(crmId);
        world().settle();
        nothingIsAmiss(microsofts);
    }

    /** With 404 it counted as gone; with 403 each was parked with advice about a role. */
    @ParameterizedTest
    @ValueSource(strings = {"404", "403"})
    void a_notification_that_names_a_referral_of_microsoft_which_nobody_knows_is_no_alarm(String answer) {
        hides(answer);
        String referralId = portalDeal();
        String crmId = crm().id(world().opportunityFor(referralId));
        world().settle();
        String microsofts = microsoft(referralId, "invited", Map.of());
        shows(crmId, words().status, "Pending");
        accepted(referralId);

        showsTheAnswer(crmId);
        world().settle();
        nothingIsAmiss(microsofts);
    }

    /** Each turn ended at the first one that failed, so that no deal behind it was looked through ever again. */
    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void a_deal_that_cannot_be_looked_through_holds_up_no_other(int status) {
        hides("404");
        notifications(false);
        String first = portalDeal();
        microsoft(first, "invited", Map.of());
        world().opportunityFor(first);
        world().settle();
        world().partnerCenter().post("/sandbox/faults", Map.of("path", "/referrals$", "query",
                (String) world().referral(first).get("engagementId"), "status", status, "times", 1_000_000));
        String second = portalDeal();
        microsoft(second, "invited", Map.of());
        String crmId = crm().id(world().opportunityFor(second));
        accepted(second);

        showsTheAnswer(crmId);
        world().partnerCenter().delete("/sandbox/faults");
        accepted(first);
        showsTheAnswer(crm().id(world().opportunityFor(first)));
        world().settle();
        assertThat(world().parked()).isEmpty();
        world().andAgainNothingHappens();
    }
}
