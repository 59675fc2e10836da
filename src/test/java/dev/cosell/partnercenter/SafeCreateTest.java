package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Creates whose answer got lost, while searches show the past; and what a change of an existing deal may and may not
 * hold.
 */
class SafeCreateTest {
    private static final String CRM_ID = "0065g00000ABCDEAA2";
    private static final String LIST = "{\"method\":\"GET\",\"path\":\"referrals$\",\"times\":%d,\"status\":200,"
            + "\"body\":{\"value\":[]}}";
    private static PartnerCenterFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PartnerCenterFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void reset() {
        fixture.reset();
    }

    private static Map<String, Object> create(boolean retry, boolean settled) {
        return fixture.record("create",
                new Writes.NewReferral("salesforce", CRM_ID, DealCompletionTest.coSell(), List.of(), retry, settled));
    }

    private static Map<String, Object> update(Map<String, Object> referral, Map<String, Object> patch) {
        return fixture.record("update",
                new Writes.Update((String) referral.get("id"), (String) referral.get("eTag"), patch, referral));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> deals(boolean microsofts) {
        return fixture.client.control("GET", "deals", null).list().stream().map(deal -> (Map<String, Object>) deal)
                .filter(deal -> "msft".equals(deal.get("organizationId")) == microsofts).toList();
    }

    private static void fault(String rule) {
        fixture.client.control("POST", "faults", rule);
    }

    @Test
    void aDealThatIsClosedWhileItIsBeingMadeIsNotMadeTwice() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"drop\":\"after\"}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Transient.class);
        Map<String, Object> made = deals(false).get(0);
        update(made, Map.of("status", "Closed", "substatus", "Lost"));
        Instant created = Instant.parse((String) made.get("createdDateTime"));
        assertThat(retried(created.plusSeconds(300)).get("id")).as("clocks differ").isEqualTo(made.get("id"));
        assertThat(deals(false)).hasSize(1);
        assertThat(deals(true)).as("nobody is invited into a closed deal").isEmpty();
        assertThat(retried(created.plusSeconds(3600)).get("id")).as("an older deal").isNotEqualTo(made.get("id"));
    }

    private static Map<String, Object> retried(Instant begun) {
        return fixture.record("create", new Writes.NewReferral("salesforce", CRM_ID, DealCompletionTest.coSell(),
                List.of(), true, true, begun, Writes.Sources.UNKNOWN));
    }

    @Test
    void aSearchThatIsBehindMakesNoSecondReferral() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"drop\":\"after\"}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Transient.class);
        fault(String.format(LIST, 2));
        assertThatThrownBy(() -> create(true, false)).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("recent");
        Map<String, Object> stored = create(true, false);
        assertThat(deals(false)).singleElement()
                .satisfies(own -> assertThat(own).containsEntry("id", stored.get("id")));
        assertThat(deals(true)).hasSize(1);
    }

    /** A list had just shown the referral, its read gave nothing for a moment, and a second one was made. */
    @Test
    void aListedReferralThatCannotBeReadForAMomentIsNotMadeTwice() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"drop\":\"after\"}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Transient.class);
        fault("{\"method\":\"GET\",\"path\":\"referrals/\",\"status\":404}");
        assertThatThrownBy(() -> create(true, true)).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining(CRM_ID);
        Map<String, Object> stored = create(true, true);
        assertThat(deals(false)).singleElement()
                .satisfies(own -> assertThat(own).containsEntry("id", stored.get("id")));
        assertThat(deals(true)).hasSize(1);
    }

    /** The second step went without a version, and would have overwritten what somebody else had just written. */
    @Test
    void aStepAfterOneThatToldNoVersionIsSentForTheVersionThatIsThere() {
        Map<String, Object> deal = fixture.client.deal("{}");
        fixture.client.settings("{\"silentPatch\":true,\"demandIfMatch\":true}");
        Map<String, Object> stored = update(deal, Map.of("details.notes", "new", "name", "Harbour cranes"));
        fixture.client.settings("{\"silentPatch\":false,\"demandIfMatch\":false}");
        assertThat(stored).containsEntry("name", "Harbour cranes");
        assertThat(Paths.text(stored, "details.notes")).isEqualTo("new");
    }

    /** An item of a list without its CRM id and its organisation was taken for another deal, or for ours. */
    @Test
    void nothingIsMadeTwiceWhereListsShowLittleOfAReferral() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"skip\":1,\"drop\":\"after\"}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Transient.class);
        fixture.client.settings("{\"thinLists\":true}");
        create(true, true);
        fixture.verb("invite-microsoft", deals(false).get(0));
        fixture.client.settings("{\"thinLists\":false}");
        assertThat(deals(false)).hasSize(1);
        assertThat(deals(true)).hasSize(1);
    }

    @Test
    void theNewestReferralsAreLookedAtWhereTheFilterShowsNothing() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"drop\":\"after\"}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Transient.class);
        fault(String.format(LIST, 1));
        create(true, true);
        assertThat(deals(false)).hasSize(1);
    }

    @Test
    void anEngagementThatIsBehindMakesNoSecondReferralOfMicrosoft() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"skip\":1,\"drop\":\"after\"}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Transient.class);
        assertThat(deals(true)).hasSize(1);
        fixture.attempts.settled = false;
        Map<String, Object> own = deals(false).get(0);
        fault(String.format(LIST, 1));
        assertThatThrownBy(() -> fixture.verb("invite-microsoft", own)).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("recent");
        create(true, true);
        assertThat(deals(true)).hasSize(1);
    }

    @Test
    void aRefusedCreateOrInvitationLeavesNoDoubt() {
        fault("{\"method\":\"POST\",\"path\":\"referrals$\",\"skip\":1,\"status\":400,"
                + "\"body\":{\"error\":{\"code\":\"invalidRequest\",\"message\":\"no\"}}}");
        assertThatThrownBy(() -> create(false, true)).isInstanceOf(Fault.Data.class);
        fixture.attempts.settled = false;
        create(true, true);
        assertThat(deals(false)).hasSize(1);
        assertThat(deals(true)).hasSize(1);
    }

    @Test
    void helpForADealThatLacksSomethingIsRefusedBeforeAnythingIsWritten() {
        Map<String, Object> deal = fixture.client.deal(
                "{\"customerProfile\":{\"team\":[]},\"consent\":{\"consentToShareReferralWithMicrosoftSellers\":false}}");
        fixture.client.control("POST", "stats/reset", null);
        assertThatThrownBy(() -> update(deal, Map.of(DealType.HELP, "GeneralOrOther", "details.notes", "new")))
                .isInstanceOf(Fault.Data.class).hasMessageContaining("no contact");
        assertThat(fixture.client.control("GET", "stats", null).json()).containsEntry("writes", 0);

        Map<String, Object> patch = new LinkedHashMap<>(
                Map.of(DealType.HELP, "GeneralOrOther", DealCompletion.NOTES, "please help"));
        patch.put(PatchRules.CONTACTS,
                List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "phoneNumber", "1", "email", "m@n.example")));
        Map<String, Object> shared = update(deal, patch);
        assertThat(Paths.list(shared, PatchRules.CONTACTS)).hasSize(1);
        assertThat(Paths.isTrue(shared, DealType.SHARE)).isTrue();
        assertThat(deals(true)).singleElement().satisfies(microsofts ->
                assertThat(Paths.text(microsofts, DealCompletion.NOTES)).isEqualTo("please help"));
    }

    private static Map<String, Object> askForHelp(String deal) {
        return update(fixture.client.deal(deal), new LinkedHashMap<>(Map.of(DealType.HELP, "GeneralOrOther")));
    }

    private static List<String> team(Map<String, Object> referral) {
        return Paths.list(referral, PatchRules.TEAM).stream().map(member -> Paths.text(member, "email")).toList();
    }

    /** It was parked for ever with the advice to set what was set. */
    @Test
    void helpForADealThatNobodyOfOursIsOnGoesWithThePersonOfTheSettings() {
        assertThat(team(askForHelp("{\"team\":[]}"))).containsExactly("ana.reyes@tidewater.example");
        assertThat(deals(true)).hasSize(1);
    }

    @Test
    void helpForADealWhoseFirstMemberCannotBeCalledGoesWithTheOneWhoCan() {
        Map<String, Object> own = askForHelp("""
                {"consent":{"consentToShareReferralWithMicrosoftSellers":false},"team":[
                 {"firstName":"Jo","lastName":"Hale","email":"jo@tidewater.example"},
                 {"firstName":"Kim","lastName":"Oyelaran","email":"kim@tidewater.example","phoneNumber":"1",
                  "title":"CTO"}]}
                """);
        assertThat(team(own)).containsExactly("kim@tidewater.example", "jo@tidewater.example");
        assertThat(Paths.text(Paths.list(own, PatchRules.TEAM).get(0), "title")).isEqualTo("CTO");
        assertThat(Paths.isTrue(own, DealType.SHARE)).isTrue();
        assertThat(deals(true)).hasSize(1);
    }

    private static List<String> names(List<?> people) {
        return people.stream().map(each -> Paths.text(each, "firstName")).toList();
    }

    /** One of the two fell off the team, and the other got the title of that one. */
    @Test
    void twoWhoShareAMailboxBothStayOnTheTeamOfADealThatNeedsHelp() {
        List<?> team = Paths.list(askForHelp("""
                {"team":[{"firstName":"Jo","lastName":"Hale","email":"sales@tidewater.example","title":"CTO"},
                 {"firstName":"Kim","lastName":"Oyelaran","email":"Sales@tidewater.example","phoneNumber":"1"}]}
                """), PatchRules.TEAM);
        assertThat(names(team)).containsExactly("Kim", "Jo");
        assertThat(Paths.text(team.get(0), "title")).isNull();
        assertThat(Paths.text(team.get(1), "title")).isEqualTo("CTO");
    }

    @Test
    void aContactWhoSharesAMailboxTakesNobodysPlace() {
        Map<String, Object> deal = Map.of("customerProfile", Map.of("team", List.of(
                Map.of("firstName", "Moira", "lastName", "Kerr", "email", "it@n.example"),
                Map.of("firstName", "Ada", "email", "it@n.example", "title", "CIO"))));
        Map<String, Object> ada = Map.of("firstName", "Ada", "lastName", "Boyd", "phoneNumber", "1", "email",
                "it@n.example");
        List<?> led = new PartnerCenterRules("https://portal.example/{id}", "", Duration.ZERO, "Other", null)
                .contactsLedBy(ada, deal);
        assertThat(names(led)).containsExactly("Ada", "Moira");
        List<?> stored = (List<?>) new PatchValues(false).of(PatchRules.CONTACTS, led, deal);
        assertThat(Paths.text(stored.get(0), "title")).as("who had no last name before").isEqualTo("CIO");
        assertThat(Paths.text(stored.get(1), "title")).isNull();
    }

    @Test
    void whoIsAloneWithAnAddressKeepsWhatPartnerCenterKnowsUnderAnotherName() {
        Map<String, Object> deal = Map.of("team", List.of(Map.of("firstName", "Jo", "lastName", "Hale", "email",
                "jo@tidewater.example", "title", "CTO")));
        Map<String, Object> renamed = Map.of("firstName", "Jo", "lastName", "Hale-Boyd", "email",
                "JO@tidewater.example");
        List<?> stored = (List<?>) new PatchValues(false).of(PatchRules.TEAM, List.of(renamed), deal);
        assertThat(Paths.text(stored.get(0), "title")).isEqualTo("CTO");
        Map<String, Object> kim = Map.of("firstName", "Kim", "lastName", "Oyelaran", "email", "jo@tidewater.example");
        List<?> both = (List<?>) new PatchValues(false).of(PatchRules.TEAM, List.of(kim, renamed), deal);
        assertThat(both).allSatisfy(each -> assertThat(Paths.text(each, "title")).isNull());
    }

    @Test
    void thePersonOfTheSettingsTakesTheirOwnPlaceAndStandsBeforeTheOthers() {
        Map<String, Object> own = askForHelp("""
                {"team":[{"firstName":"Jo","lastName":"Hale","email":"jo@tidewater.example"},
                 {"firstName":"Ana","email":"Ana.Reyes@tidewater.example","title":"CTO"}]}
                """);
        assertThat(team(own)).containsExactly("ana.reyes@tidewater.example", "jo@tidewater.example");
        assertThat(Paths.text(Paths.list(own, PatchRules.TEAM).get(0), "title")).isEqualTo("CTO");
    }

    @Test
    void theTeamOfADealInWhichMicrosoftIsAlreadyStaysAsItIs() {
        Map<String, Object> deal = fixture.client.deal("{\"team\":[]}");
        fixture.client.control("POST", "microsoft/" + deal.get("id") + "/invited", "{}");
        Map<String, Object> stored = update(deal, Map.of(DealType.HELP, "GeneralOrOther", "details.notes", "new"));
        assertThat(stored).containsEntry("team", List.of());
        assertThat(Paths.text(stored, "details.notes")).isEqualTo("new");
        assertThat(deals(true)).hasSize(1);
    }

    @Test
    void aContactForADealThatMicrosoftAlreadySeesGoesToMicrosoftOnly() {
        Map<String, Object> deal = fixture.client.deal("{\"customerProfile\":{\"team\":[]}}");
        Map<String, Object> patch = new LinkedHashMap<>(Map.of(DealType.HELP, "GeneralOrOther"));
        patch.put(PatchRules.CONTACTS,
                List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "phoneNumber", "1", "email", "m@n.example")));
        assertThat(Paths.list(update(deal, patch), PatchRules.CONTACTS)).isEmpty();
        assertThat(Paths.list(deals(true).get(0), PatchRules.CONTACTS)).hasSize(1);
    }

    @Test
    void aListIsReplacedAsAWholeAndKeepsWhatTheServiceAddedToItsItems() {
        Map<String, Object> deal = fixture.client.deal(
                "{\"details\":{\"requirements\":{\"solutions\":[{\"type\":\"Name\",\"id\":\"SOL-1\","
                        + "\"solutionType\":\"1P\","
                        + "\"price\":10,\"futureMember\":{\"a\":1}},{\"type\":\"Name\",\"id\":\"SOL-2\"},"
                        + "{\"type\":\"Category\",\"id\":\"AdvancedAnalytics\"}]}}}");
        Map<String, Object> stored = update(deal, Map.of(DealCompletion.SOLUTIONS,
                List.of(Map.of("id", "sol-1", "type", "Name"), Map.of("id", "SOL-3", "type", "Name"),
                        Map.of("id", "AdvancedAnalytics", "type", "Name"))));
        List<?> solutions = Paths.list(stored, DealCompletion.SOLUTIONS);
        assertThat(solutions).extracting(s -> Paths.text(s, "id"))
                .containsExactly("sol-1", "SOL-3", "AdvancedAnalytics");
        assertThat(solutions.get(2)).as("it became a solution of the catalogue")
                .isEqualTo(Map.of("type", "Category", "id", "AdvancedAnalytics"));
        assertThat(Paths.text(solutions.get(0), "solutionType")).isEqualTo("1P");
        assertThat(Paths.get(solutions.get(0), "futureMember.a")).isEqualTo(1);
        assertThat(Paths.text(solutions.get(1), "solutionType")).isEqualTo("3P");
        assertThat(Paths.get(stored, "insights.scoreBand")).isEqualTo("Tentative");
    }

    @Test
    void whatCannotChangeIsRefusedBeforeTheCallInOneSentenceEach() {
        Map<String, Object> deal = fixture.client.deal("{}");
        fixture.client.control("POST", "stats/reset", null);
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("mpnId", "1");
        patch.put("customerProfile.name", "Other Ltd");
        patch.put(PatchRules.CONTACTS, List.of());
        patch.put(DealCompletion.NOTES, "late");
        patch.put(DealType.SHARE, false);
        assertThatThrownBy(() -> update(deal, patch)).isInstanceOfSatisfying(Fault.Data.class,
                refused -> assertThat(refused.faults()).hasSize(5)
                        .allSatisfy(sentence -> assertThat(sentence.text()).contains((String) deal.get("id"))));
        Map<String, Object> inbound = fixture.client.control("POST", "microsoft/deals", "{}").json();
        assertThatThrownBy(() -> update(inbound, Map.of("details.notes", "early"))).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("accept it first");
        assertThat(fixture.client.control("GET", "stats", null).json()).containsEntry("total", 0);
    }

    @Test
    void aDealValueMayTravelAsText() {
        PatchValues text = new PatchValues(true);
        assertThat(text.of("details.dealValue", new BigDecimal("1E+4"), Map.of())).isEqualTo("10000");
        assertThat(new PatchValues(false).of("details.dealValue", new BigDecimal("18500"), Map.of()))
                .isEqualTo(new BigDecimal("18500"));
    }

    @Test
    void theCrmIdOfADealNobodyHasAcceptedYetMayBeRefused() {
        fixture.client.settings("{\"refuseCrmIdWhileNew\":true}");
        Map<String, Object> inbound = fixture.client.control("POST", "microsoft/deals", "{}").json();
        assertThat(update(inbound, Map.of("externalReferenceId", CRM_ID))).containsEntry("externalReferenceId", null);
        assertThat(update(inbound, Map.of("externalReferenceId", CRM_ID, "status", "Active", "substatus", "Accepted")))
                .containsEntry("externalReferenceId", CRM_ID);
        fixture.client.settings("{\"refuseCrmIdWhileNew\":false}");
    }

    /** The id went with every decline, which a tenant that refuses it then answered with 400 for good. */
    @Test
    void aDeclineDoesNotCarryTheCrmId() {
        fixture.client.settings("{\"refuseCrmIdWhileNew\":true}");
        Map<String, Object> inbound = fixture.client.control("POST", "microsoft/deals", "{}").json();
        assertThat(update(inbound, Map.of("externalReferenceId", CRM_ID, "status", "Closed", "substatus", "Declined",
                "statusReason", "Not a customer")))
                .containsEntry("substatus", "Declined").containsEntry("statusReason", "Not a customer")
                .containsEntry("externalReferenceId", null);
        fixture.client.settings("{\"refuseCrmIdWhileNew\":false}");
    }
}
