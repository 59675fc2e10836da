package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cosell.sync.decide.Deadline;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Writes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsTest {
    private static final String LIST = "GET /v1.0/engagements/referrals";
    private static final String PATCH = "PATCH /v1.0/engagements/referrals/{id}";
    private PartnerCenterFixture fixture;

    @BeforeEach
    void start() {
        fixture = new PartnerCenterFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Map<String, Object> update(Map<String, Object> referral, Map<String, Object> patch) {
        return fixture.record("update",
                new Writes.Update((String) referral.get("id"), (String) referral.get("eTag"), patch, referral));
    }

    @Test
    void getReadsOneAndKeepsDecimalsAndTheCallersHeaders() {
        Map<String, Object> deal = fixture.client.deal("{\"details\":{\"dealValue\":1234567.89}}");
        Exchange answer = fixture.template.request("direct:partner-center-get", exchange -> {
            exchange.getMessage().setBody(deal.get("id"));
            exchange.getMessage().setHeader("If-Match", "leak");
        });
        assertThat(answer.getException()).isNull();
        assertThat(Paths.get(answer.getMessage().getBody(), "details.dealValue"))
                .isEqualTo(new BigDecimal("1234567.89"));
        assertThat(fixture.verb("get", "00000000-0000-4000-8000-000000000000")).isNull();
    }

    @Test
    void findLooksForTheCrmIdAndHasAWayRound() {
        fixture.client.deal("{}");
        Map<String, Object> deal = fixture.client.deal("{\"externalReferenceId\":\"006'x\"}");
        assertThat((List<?>) fixture.verb("find", "006'x")).extracting(r -> Paths.text(r, "id"))
                .containsExactly((String) deal.get("id"));
        assertThat((List<?>) fixture.verb("find", "none")).isEmpty();
        fixture.client.settings("{\"refuseExternalReferenceFilter\":true}");
        assertThat((List<?>) fixture.verb("find", "006'x")).hasSize(1);
        int calls = fixture.client.calls(LIST);
        assertThat((List<?>) fixture.verb("find", "006'x")).hasSize(1);
        assertThat(fixture.client.calls(LIST)).as("the refusal is remembered").isEqualTo(calls + 1);
    }

    /** Every share was parked: the search was refused, and that was taken for the opportunity's fault. */
    @Test
    void findShowsNothingWhereTheTenantRefusesTheFilterAndEachOrder() {
        fixture.client.deal("{\"externalReferenceId\":\"0068d0000000001AAA\"}");
        fixture.client.settings("{\"refuseExternalReferenceFilter\":true,\"refuseOrder\":true}");
        assertThat((List<?>) fixture.verb("find", "0068d0000000001AAA")).isEmpty();
        assertThat((List<?>) fixture.verb("find-among-all", "0068d0000000001AAA")).hasSize(1);
        int calls = fixture.client.calls(LIST);
        assertThat((List<?>) fixture.verb("find", "0068d0000000001AAA")).isEmpty();
        assertThat(fixture.client.calls(LIST)).as("the refusals are remembered").isEqualTo(calls + 1);
    }

    @Test
    void aTenantThatRefusesTheFilterAndTheOrderOfChangesIsAskedForTheOrderOfCreation() {
        Map<String, Object> deal = fixture.client.deal("{\"externalReferenceId\":\"0068d0000000001AAA\"}");
        fixture.client.settings("{\"refuseExternalReferenceFilter\":true}");
        fixture.client.control("POST", "faults", "{\"method\":\"GET\",\"path\":\"referrals$\",\"skip\":1,"
                + "\"status\":400,\"body\":{\"error\":{\"code\":\"invalidRequest\",\"message\":\"no\"}}}");
        assertThat((List<?>) fixture.verb("find", "0068d0000000001AAA")).extracting(r -> Paths.text(r, "id"))
                .containsExactly((String) deal.get("id"));
        assertThat(fixture.client.calls(LIST)).isEqualTo(3);
    }

    /** With the filter refused, only the last hundred were looked through, and a second one was made. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"refuseExternalReferenceFilter\":true}",
            "{\"refuseExternalReferenceFilter\":true,\"refuseOrder\":true}"})
    void whatAnAttemptHasMadeIsFoundAmongAllReferralsWhereTheTenantRefusesToSearch(String refused) {
        String crmId = "0068d0000000001AAA";
        fixture.client.deal("{\"externalReferenceId\":\"" + crmId + "\"}");
        for (int i = 0; i < 110; i++) {
            fixture.client.deal("{}");
        }
        fixture.client.settings(refused);
        Map<String, Object> found = fixture.record("create",
                new Writes.NewReferral("salesforce", crmId, DealCompletionTest.mapped(), List.of(), true, true));
        assertThat(found).containsEntry("externalReferenceId", crmId);
        assertThat(fixture.client.control("GET", "deals", null).list()).hasSize(111);
    }

    /** Where lists do not say whose a referral is, Microsoft's silence was never told. */
    @Test
    void whatBecameOfARequestForHelpIsToldAlsoWhereListsShowLittle() {
        Map<String, Object> own = fixture.client.deal("{\"type\":\"Shared\"}");
        String id = (String) own.get("id");
        for (String lists : List.of("{\"thinLists\":false}", "{\"thinLists\":true}")) {
            fixture.client.settings(lists);
            Map<String, Object> alone = fixture.client.deal("{\"type\":\"Shared\"}");
            assertThat(fixture.verb("answered", alone.get("id"))).as(lists).isEqualTo(Deadline.State.ABSENT);
        }
        fixture.client.control("POST", "microsoft/" + id + "/invited", "{}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.SILENT);
        fixture.client.settings("{\"thinLists\":true,\"microsoftsOnlyByEngagement\":\"403\"}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.SILENT);
        fixture.client.control("POST", "microsoft/" + id + "/accept", "{}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.ANSWERED);
        fixture.client.settings("{\"thinLists\":true,\"microsoftsOnlyByEngagement\":\"404\"}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.ANSWERED);
        assertThat(fixture.verb("answered", "00000000-0000-4000-8000-000000000000"))
                .isEqualTo(Deadline.State.ANSWERED);
    }

    /** Another partner's referral that came first was read for Microsoft's, which counted as absent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void microsoftsIsFoundBesideAnotherPartnersAlsoWhereListsShowLittle(boolean anotherFirst) {
        String id = (String) fixture.client.deal("{\"type\":\"Shared\"}").get("id");
        fixture.client.settings("{\"thinLists\":true}");
        if (anotherFirst) {
            fixture.client.control("POST", "partners/" + id, "{}");
        }
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.ABSENT);
        fixture.client.control("POST", "microsoft/" + id + "/invited", "{}");
        if (!anotherFirst) {
            fixture.client.control("POST", "partners/" + id, "{}");
        }
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.SILENT);
        fixture.client.control("POST", "microsoft/" + id + "/accept", "{}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.ANSWERED);
        fixture.client.settings("{\"thinLists\":true,\"microsoftsOnlyByEngagement\":\"404\"}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.ANSWERED);
    }

    /** Microsoft's referral that came first was read for our own, which an engagement then did not have. */
    @Test
    void ourOwnIsFoundBehindMicrosoftsWhereListsShowLittle() {
        Map<String, Object> first = fixture.client.deal("{\"type\":\"Shared\"}");
        fixture.client.control("PATCH", "deals/" + first.get("id"), "{\"organizationId\":\"msft\"}");
        Map<String, Object> own = fixture.client.deal("{\"type\":\"Shared\",\"engagementId\":\""
                + first.get("engagementId") + "\"}");
        for (String lists : List.of("{\"thinLists\":false}", "{\"thinLists\":true}")) {
            fixture.client.settings(lists);
            assertThat(fixture.record("open", first.get("engagementId"))).as(lists).containsEntry("id",
                    own.get("id"));
            assertThat(fixture.record("open", first.get("id"))).as(lists).containsEntry("id", own.get("id"));
        }
    }

    /** What a list shows of it names nobody, so Microsoft's counted as another partner's. */
    @Test
    void microsoftsIsKnownFromEarlierReadsWhereListsShowLittleAndItIsHidden() {
        String id = (String) fixture.client.deal("{\"type\":\"Shared\"}").get("id");
        fixture.index().note(List.of(fixture.client.control("POST", "microsoft/" + id + "/invited", "{}").json()));
        fixture.client.settings("{\"thinLists\":true,\"microsoftsOnlyByEngagement\":\"403\"}");
        assertThat(fixture.verb("answered", id)).isEqualTo(Deadline.State.SILENT);
    }

    @Test
    void amongTheNewestTheCrmIdIsFoundInOtherSpellings() {
        fixture.client.settings("{\"refuseExternalReferenceFilter\":true}");
        fixture.client.deal("{\"externalReferenceId\":\"{0A1B2C3D-0000-4ABC-8DEF-00000000C05E}\"}");
        fixture.client.deal("{\"externalReferenceId\":\" 0068d0000000001 \"}");
        fixture.client.deal("{\"externalReferenceId\":\"0068d00000\"}");
        assertThat((List<?>) fixture.verb("find", "0a1b2c3d-0000-4abc-8def-00000000c05e")).hasSize(1);
        assertThat((List<?>) fixture.verb("find", "0068d0000000001AAA")).hasSize(1);
    }

    @Test
    void changesReadsEverythingPageByPageThenOnlyWhatIsNew() {
        for (int i = 0; i < 150; i++) {
            fixture.client.deal("{}");
        }
        Changes first = (Changes) fixture.verb("changes", null);
        assertThat(first.more()).isTrue();
        Changes second = (Changes) fixture.verb("changes", first.position());
        assertThat(second.more()).isFalse();
        assertThat(second.changes()).hasSize(50);
        Map<String, Object> deal = fixture.client.control("PATCH", "deals/latest", "{\"name\":\"Newer\"}").json();
        assertThat(Instant.parse(second.position())).isBefore(Instant.parse((String) deal.get("updatedDateTime")));
        String future = Instant.parse(second.position()).plusSeconds(301).toString();
        assertThat(((Changes) fixture.verb("changes", future)).changes()).isEmpty();
        assertThat(((Changes) fixture.verb("changes", future)).position()).isEqualTo(future);
        Changes third = all(second.position());
        assertThat(third.changes()).contains(new Changes.Change((String) deal.get("id"), (String) deal.get("eTag")));
        assertThat(third.position()).isEqualTo(Instant.parse((String) deal.get("updatedDateTime")).toString());
    }

    private Changes all(String from) {
        List<Changes.Change> changes = new ArrayList<>();
        Changes page = new Changes(List.of(), from, true);
        while (page.more()) {
            page = (Changes) fixture.verb("changes", page.position());
            changes.addAll(page.changes());
        }
        return new Changes(changes, page.position(), false);
    }

    @Test
    void changesSurvivesATenantThatRefusesTheTimeFilter() {
        for (int i = 0; i < 120; i++) {
            fixture.client.deal("{}");
        }
        String newest = (String) fixture.client.control("GET", "deals/latest", null).json().get("updatedDateTime");
        fixture.client.settings("{\"refuseUpdatedFilter\":true}");
        Changes read = all(Instant.parse(newest).minusSeconds(60).toString());
        assertThat(read.changes()).hasSize(120);
        assertThat(read.position()).isEqualTo(Instant.parse(newest).toString());
        int calls = fixture.client.calls(LIST);
        assertThat(all(Instant.parse(newest).plusSeconds(600).toString()).changes()).isEmpty();
        assertThat(fixture.client.calls(LIST)).isEqualTo(calls + 1);
    }

    @Test
    void updateWritesFieldsAndGivesTheNewVersion() {
        Map<String, Object> deal = fixture.client.deal("{}");
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("name", "Renamed");
        patch.put("details.dealValue", new BigDecimal("99.10"));
        patch.put("details.requirements.solutions", List.of(Map.of("id", "SOL-2", "type", "Name")));
        patch.put("details.notes", null);
        patch.put("externalReferenceId", "crm-9");
        Map<String, Object> stored = update(deal, patch);
        assertThat(stored).containsEntry("name", "Renamed").containsEntry("externalReferenceId", "crm-9");
        assertThat(Paths.get(stored, "details.dealValue")).hasToString("99.10");
        assertThat(stored.get("eTag")).isNotEqualTo(deal.get("eTag"));
        assertThat(fixture.client.control("GET", "deals/latest", null).json()).containsEntry("eTag",
                stored.get("eTag"));
    }

    @Test
    void updateOfAMovedReferralIsAVersionConflict() {
        Map<String, Object> deal = fixture.client.deal("{}");
        fixture.client.control("PATCH", "deals/latest", "{\"details\":{\"notes\":\"typed in the portal\"}}");
        assertThatThrownBy(() -> update(deal, Map.of("details.notes", "ours")))
                .isInstanceOf(Fault.VersionConflict.class);
        assertThat(Paths.text(fixture.client.control("GET", "deals/latest", null).json(), "details.notes"))
                .isEqualTo("typed in the portal");
    }

    @Test
    void refusedNameIsRememberedAndTheRestIsWritten() {
        fixture.client.settings("{\"refuseNamePatch\":true}");
        Map<String, Object> deal = fixture.client.deal("{\"name\":\"Old\"}");
        Map<String, Object> stored = update(deal, Map.of("name", "New", "details.notes", "n"));
        assertThat(stored).containsEntry("name", "Old");
        assertThat(Paths.text(stored, "details.notes")).isEqualTo("n");
        int calls = fixture.client.calls(PATCH);
        assertThat(update(stored, Map.of("name", "New"))).containsEntry("name", "Old");
        assertThat(fixture.client.calls(PATCH)).isEqualTo(calls);
    }

    /** One name that was refused for what it is silenced the renames of all deals for a day. */
    @Test
    void aRefusalThatMayBeAboutOneNameIsBelievedOfAllOnceASecondDealMeetsIt() {
        String refusal = "{\"method\":\"PATCH\",\"status\":400,\"body\":{\"error\":{\"code\":\"invalidRequest\","
                + "\"message\":\"The value of name is not valid.\",\"target\":\"name\"}}}";
        Map<String, Object> first = fixture.client.deal("{\"name\":\"Old\"}");
        Map<String, Object> second = fixture.client.deal("{\"name\":\"Old\"}");
        for (int i = 0; i < 2; i++) {
            fixture.client.control("POST", "faults", refusal);
            assertThat(update(first, Map.of("name", "Refused"))).containsEntry("name", "Old");
        }
        first = update(first, Map.of("name", "Taken"));
        assertThat(first).as("one deal proves nothing").containsEntry("name", "Taken");

        fixture.client.control("POST", "faults", refusal);
        assertThat(update(second, Map.of("name", "Refused"))).containsEntry("name", "Old");
        int calls = fixture.client.calls(PATCH);
        assertThat(update(first, Map.of("name", "Another"))).containsEntry("name", "Taken");
        assertThat(fixture.client.calls(PATCH)).isEqualTo(calls);
    }

    @Test
    void wonClosesAfterAllOtherFieldsAndClosedIsRefusedBeforeTheCall() {
        Map<String, Object> deal = fixture.client.deal("{}");
        Map<String, Object> won = update(deal,
                Map.of("status", "Closed", "substatus", "Won", "name", "Last name", "details.notes", "signed"));
        assertThat(won).containsEntry("status", "Closed").containsEntry("substatus", "Won").containsEntry("name",
                "Last name");
        int calls = fixture.client.calls(PATCH);
        assertThatThrownBy(() -> update(won, Map.of("details.notes", "late"))).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("Closed is final");
        assertThat(fixture.client.calls(PATCH)).isEqualTo(calls);
    }

    @Test
    void aDealIsSharedByACallOfItsOwnBeforeItIsWon() {
        Map<String, Object> deal = fixture.client
                .deal("{\"consent\":{\"consentToShareReferralWithMicrosoftSellers\":false}}");
        int calls = fixture.client.calls(PATCH);
        Map<String, Object> won = update(deal, Map.of("status", "Closed", "substatus", "Won",
                DealType.SHARE, true, "name", "Last name"));
        assertThat(won).containsEntry("substatus", "Won").containsEntry("name", "Last name");
        assertThat(Paths.isTrue(won, DealType.SHARE)).isTrue();
        assertThat(fixture.client.calls(PATCH)).as("the visibility, the name, the close").isEqualTo(calls + 3);
    }

    @Test
    void inboundDealIsAcceptedDeclinedOrAcceptedAndWon() {
        Map<String, Object> accepted = update(fixture.client.control("POST", "microsoft/deals", "{}").json(),
                Map.of("status", "Active", "substatus", "Accepted", "name", "Mine"));
        assertThat(accepted).containsEntry("substatus", "Accepted").containsEntry("name", "Mine");
        Map<String, Object> declined = update(fixture.client.control("POST", "microsoft/deals", "{}").json(),
                Map.of("status", "Closed", "substatus", "Lost", "statusReason", "Not a customer", "name", "Mine"));
        assertThat(declined).containsEntry("substatus", "Declined").containsEntry("statusReason", "Not a customer");
        int calls = fixture.client.calls(PATCH);
        Map<String, Object> won = update(fixture.client.control("POST", "microsoft/deals", "{}").json(),
                Map.of("status", "Closed", "substatus", "Won"));
        assertThat(won).containsEntry("substatus", "Won");
        assertThat(fixture.client.calls(PATCH)).isEqualTo(calls + 2);
    }

    @Test
    void refusalsCarryTheServicesWordsAndTheMissingRole() {
        Map<String, Object> deal = fixture.client.deal("{}");
        assertThatThrownBy(() -> update(deal, Map.of("details.currency", "pounds"))).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("The value of details/currency is not valid.")
                .hasMessageContaining((String) deal.get("id"));
        fixture.client.settings("{\"withoutRole\":true}");
        assertThatThrownBy(() -> fixture.verb("get", deal.get("id"))).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("Referrals admin");
    }

    @Test
    void anEmptyAnswerToAChangeIsReadBack() {
        Map<String, Object> deal = fixture.client.deal("{}");
        fixture.client.control("POST", "faults", "{\"method\":\"PATCH\",\"status\":204}");
        assertThat(update(deal, Map.of("details.notes", "n"))).containsEntry("id", deal.get("id"));
    }

    @Test
    void aRefusedTokenIsReplacedOnceAndOutagesAreTransient() {
        Map<String, Object> deal = fixture.client.deal("{}");
        fixture.verb("get", deal.get("id"));
        fixture.client.control("POST", "tokens/revoke", null);
        assertThat(fixture.record("get", deal.get("id"))).containsEntry("id", deal.get("id"));
        fixture.client.control("POST", "faults", "{\"path\":\"referrals\",\"drop\":\"before\"}");
        assertThatThrownBy(() -> fixture.verb("get", deal.get("id"))).isInstanceOf(Fault.Transient.class);
        fixture.client.control("POST", "faults",
                "{\"path\":\"referrals\",\"status\":429,\"headers\":{\"Retry-After\":\"7\"}}");
        assertThatThrownBy(() -> fixture.verb("get", deal.get("id"))).isInstanceOf(Fault.Throttled.class);
    }

    @Test
    void sweepTurnsEveryChangeIntoAHintAndMovesItsPositionLast() {
        for (int i = 0; i < 120; i++) {
            fixture.client.deal("{}");
        }
        fixture.queueFault.set(new IllegalStateException("queue down"));
        assertThatThrownBy(() -> fixture.verb("sweep", null));
        assertThat(fixture.positions.read("partner-center")).isNull();
        fixture.queueFault.set(null);
        fixture.verb("sweep", null);
        assertThat(fixture.hints).hasSize(120)
                .allMatch(hint -> hint.origin() == Hint.Origin.SWEEP && hint.version() != null);
        assertThat(fixture.positions.read("partner-center")).isNotNull();
    }

    @Test
    void sweepFiresByItself() throws Exception {
        fixture.client.deal("{}");
        fixture.context.getRouteController().startRoute("partner-center-first-sweep");
        await().until(() -> fixture.hints.size() == 1 && fixture.positions.read("partner-center") != null);
    }
}
