package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreateTest {
    private static final String CRM_ID = "0065g00000ABCDEAA2";
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

    private static Map<String, Object> create(Map<String, Object> document, boolean retry) {
        return fixture.record("create", new Writes.NewReferral("salesforce", CRM_ID, document, List.of(), retry));
    }

    private static List<Map<String, Object>> deals(boolean microsofts) {
        return fixture.client.control("GET", "deals", null).list().stream().map(CreateTest::object)
                .filter(deal -> "msft".equals(deal.get("organizationId")) == microsofts).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @Test
    void privateDealTakesOneCall() {
        Map<String, Object> stored = create(DealCompletionTest.mapped(), false);
        assertThat(stored).containsEntry("externalReferenceId", CRM_ID).containsEntry("status", "Active")
                .containsEntry("type", "Independent");
        assertThat(deals(true)).isEmpty();
        assertThat(fixture.client.control("GET", "stats", null).json()).containsEntry("writes", 1);
    }

    @Test
    void coSellDealIsTwoReferralsInOneEngagement() {
        Map<String, Object> stored = create(DealCompletionTest.coSell(), false);
        assertThat(deals(false)).hasSize(1);
        assertThat(deals(true)).singleElement().satisfies(microsofts -> {
            assertThat(microsofts).containsEntry("engagementId", stored.get("engagementId"))
                    .containsEntry("externalReferenceId", null);
            assertThat(Paths.text(microsofts, DealType.HELP)).isEqualTo("ProofOfConceptOrDemo");
        });
        assertThat(stored.get("eTag")).isEqualTo(deals(false).get(0).get("eTag"));
    }

    @Test
    void aRetryAfterAnUnknownOutcomeResumes() {
        for (String fault : List.of("\"skip\":0,\"drop\":\"after\"", "\"skip\":1,\"drop\":\"after\"",
                "\"skip\":1,\"drop\":\"before\"",
                "\"skip\":0,\"drop\":\"before\"")) {
            fixture.reset();
            fixture.client.control("POST", "faults", "{\"method\":\"POST\",\"path\":\"referrals$\"," + fault + "}");
            assertThatThrownBy(() -> create(DealCompletionTest.coSell(), false)).as(fault)
                    .isInstanceOf(Fault.Transient.class);
            Map<String, Object> stored = create(DealCompletionTest.coSell(), true);
            assertThat(deals(false)).as(fault).hasSize(1);
            assertThat(deals(true)).as(fault).hasSize(1);
            assertThat(stored).containsEntry("id", deals(false).get(0).get("id")).containsKey("team");
        }
    }

    @Test
    void aRetryDoesNotTakeAnOlderClosedDealForItsOwn() {
        fixture.client
                .deal("{\"externalReferenceId\":\"" + CRM_ID + "\",\"status\":\"Closed\",\"substatus\":\"Lost\"}");
        create(DealCompletionTest.mapped(), true);
        assertThat(deals(false)).hasSize(2);
        create(DealCompletionTest.mapped(), true);
        assertThat(deals(false)).hasSize(2);
    }

    @Test
    void faultsAreNamedWithoutACall() {
        Map<String, Object> document = DealCompletionTest.coSell();
        Paths.put(document, "customerProfile.team", List.of());
        Paths.put(document, "customerProfile.address.country", "GBR");
        assertThatThrownBy(() -> create(document, false)).isInstanceOfSatisfying(Fault.Data.class,
                fault -> assertThat(fault.faults()).hasSize(2));
        assertThat(fixture.client.control("GET", "stats", null).json()).containsEntry("total", 0);
    }

    @Test
    void helpChosenLaterBringsMicrosoftIn() {
        Map<String, Object> document = DealCompletionTest.coSell();
        Paths.put(document, DealType.HELP, null);
        Map<String, Object> own = create(document, false);
        assertThatThrownBy(() -> fixture.verb("invite-microsoft", own)).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("which help");
        Map<String, Object> wanted = new LinkedHashMap<>(Paths.copy(own));
        Paths.put(wanted, DealType.HELP, "QuotesOrLicensing");
        Map<String, Object> shared = fixture.record("invite-microsoft", wanted);
        assertThat(deals(true)).hasSize(1);
        assertThat(shared).containsEntry("id", own.get("id"));
        assertThat(Paths.isTrue(shared, DealType.SHARE)).isTrue();
        fixture.record("invite-microsoft", wanted);
        assertThat(deals(true)).hasSize(1);
    }
}
