package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DealCompletionTest {
    private static final Map<String, Object> MEMBER = Map.of("firstName", "Ana", "lastName", "Reyes", "email",
            "a@x.example", "phoneNumber", "1");
    private final DealCompletion completion = new DealCompletion(new DealDefaults("HaveNotDecided", MEMBER, "1234567"));

    static Map<String, Object> mapped() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "Crane telemetry");
        Paths.put(document, "customerProfile.name", "Northshore Ports Ltd");
        Paths.put(document, "customerProfile.address",
                new LinkedHashMap<>(Map.of("addressLine1", "4 Quay Road", "city", "Leith", "country", "gb")));
        Paths.put(document, "details.dealValue", new BigDecimal("72000.50"));
        Paths.put(document, "details.currency", "GBP");
        Paths.put(document, "details.closingDateTime", "2026-09-30T00:00:00Z");
        Paths.put(document, "details.requirements.solutions",
                List.of(Map.of("id", "SOL-20011-KLM", "name", "Crane Insight")));
        return document;
    }

    static Map<String, Object> coSell() {
        Map<String, Object> document = mapped();
        Paths.put(document, DealType.HELP, "ProofOfConceptOrDemo");
        Paths.put(document, "customerProfile.team",
                List.of(Map.of("firstName", "Moira", "lastName", "Kerr", "phoneNumber", "1", "email", "m@n.example")));
        return document;
    }

    private NewDeal complete(Map<String, Object> document) {
        return completion
                .complete(new Writes.NewReferral("salesforce", "0065g00000ABCDEAA2", document, List.of(), false));
    }

    @Test
    void privateDealIsIndependentAndUntargeted() {
        NewDeal deal = complete(mapped());
        assertThat(deal.type()).isEqualTo(DealType.PRIVATE);
        assertThat(deal.document()).containsEntry("type", "Independent")
                .containsEntry("qualification", "SalesQualified")
                .containsEntry("target", List.of()).containsEntry("team", List.of(MEMBER))
                .containsEntry("mpnId", "1234567")
                .containsEntry("externalReferenceId", "0065g00000ABCDEAA2");
        assertThat(Paths.get(deal.document(), DealType.SHARE)).isEqualTo(false);
        assertThat(Paths.text(deal.document(), "customerProfile.address.country")).isEqualTo("GB");
        assertThat(Paths.get(deal.document(), "details.requirements.solutions")).isEqualTo(List.of(
                Map.of("id", "SOL-20011-KLM", "name", "Crane Insight", "type", "Name", "solutionType", "3P")));
        assertThat(Paths.get(deal.document(), "details.requirements.additionalRequirements.attributes"))
                .isEqualTo(List.of(Map.of("type", "CustomerMarketplaceIntent", "id", "HaveNotDecided")));
    }

    @Test
    void visibleDealIsPartnerLed() {
        Map<String, Object> document = mapped();
        Paths.put(document, DealType.SHARE, true);
        NewDeal deal = complete(document);
        assertThat(deal.type()).isEqualTo(DealType.PARTNER_LED);
        assertThat(deal.document().get("target"))
                .isEqualTo(List.of(Map.of("type", "SolutionProfile", "id", "SOL-20011-KLM")));
    }

    @Test
    void helpMakesACoSellDealAndImpliesVisibility() {
        Map<String, Object> document = coSell();
        Paths.put(document, DealType.SHARE, false);
        NewDeal deal = complete(document);
        assertThat(deal.coSell()).isTrue();
        assertThat(deal.document()).containsEntry("type", "Shared");
        assertThat(Paths.isTrue(deal.document(), DealType.SHARE)).isTrue();
        assertThat(Paths.get(document, DealType.SHARE)).as("the mapped document stays as it was").isEqualTo(false);
        Map<String, Object> second = NewDeal.forMicrosoft(deal.document(), "e-1");
        assertThat(second).doesNotContainKey("externalReferenceId").containsEntry("engagementId", "e-1")
                .containsEntry("status", "New")
                .containsEntry("target", List.of(Map.of("type", "BusinessProfileLocation", "id", "msft")));
    }

    @Test
    void everyFaultIsNamedAtOnceWithItsRemedy() {
        Map<String, Object> document = new LinkedHashMap<>();
        Paths.put(document, DealType.HELP, "GeneralOrOther");
        Paths.put(document, "details.dealValue", BigDecimal.ZERO);
        Paths.put(document, "customerProfile.address.country", "Germany");
        List<Reason> faults = new DealCompletion(new DealDefaults("HaveNotDecided", Map.of(), null)).faults(document);
        assertThat(faults).extracting(Reason::words).hasSize(11)
                .contains("The opportunity has no name: enter one")
                .contains("The account has no two-letter country code: enter it on the account, it holds 'GERMANY' now")
                .contains("Microsoft's help is asked for but the opportunity has no contact: add a primary contact")
                .contains(
                        "No solution is attached: add at least one Partner Center solution (Solution ID is required)");
        assertThatThrownBy(() -> complete(document)).isInstanceOf(Fault.Data.class).hasMessageContaining("closing date")
                .hasMessageContaining("currency");
    }

    /** Constants were put over what the rows gave: the CRM said no consent, and Partner Center was told yes. */
    @Test
    void aConsentThatTheCrmDeniesIsNotClaimed() {
        Map<String, Object> document = mapped();
        Paths.put(document, "consent.consentToContact", false);
        Paths.put(document, "consent.consentToToShareInfoWithOthers", "false");
        Map<String, String> rows = Map.of("consent.consentToContact", "May_be_called__c",
                "consent.consentToToShareInfoWithOthers", "May_be_shared__c");
        Writes.NewReferral wanted = new Writes.NewReferral("salesforce", "0065g00000ABCDEAA2", document, List.of(),
                false, true, null, new Writes.Sources(rows, Map.of()));
        assertThatThrownBy(() -> completion.complete(wanted)).isInstanceOfSatisfying(Fault.Data.class,
                fault -> assertThat(fault.faults()).extracting(Reason::words).containsExactly(
                        "The consent to share the personal data of the people on the deal with others is not given "
                                + "(May_be_shared__c): ask for it and enter it there, Partner Center takes no deal "
                                + "without it",
                        "The consent to contact the people on the deal is not given (May_be_called__c): ask for it "
                                + "and enter it there, Partner Center takes no deal without it"));
    }

    @Test
    void whatTheRowsOfConsentsAndQualificationGiveIsSent() {
        Map<String, Object> document = mapped();
        document.put("qualification", "MarketingQualified");
        Paths.put(document, "consent.consentToContact", true);
        Paths.put(document, "consent.consentToToShareInfoWithOthers", "True");
        Paths.put(document, "consent.consentToMicrosoftToContactSpecificPartners", false);
        assertThat(complete(document).document()).containsEntry("qualification", "MarketingQualified")
                .containsEntry("consent", Map.of("consentToContact", true, "consentToToShareInfoWithOthers", true,
                        "consentToMicrosoftToContactSpecificPartners", false,
                        "consentToShareReferralWithMicrosoftSellers", false));
    }

    @Test
    void rowsOfConsentsAndQualificationThatGiveNothingAreAsNone() {
        Map<String, Object> document = mapped();
        document.put("qualification", null);
        Paths.put(document, "consent.consentToContact", null);
        Paths.put(document, "consent.consentToToShareInfoWithOthers", "");
        Paths.put(document, "consent.consentToMicrosoftToContactSpecificPartners", null);
        assertThat(complete(document).document()).isEqualTo(complete(mapped()).document())
                .containsEntry("qualification", "SalesQualified")
                .containsEntry("consent", Map.of("consentToContact", true, "consentToToShareInfoWithOthers", true,
                        "consentToMicrosoftToContactSpecificPartners", true,
                        "consentToShareReferralWithMicrosoftSellers", false));
    }

    /** The sync would take the referral that it made itself for a lead. */
    @Test
    void aDealIsNotQualifiedAsALeadOfTheMarketplace() {
        Map<String, Object> document = mapped();
        document.put("qualification", "Direct");
        assertThat(completion.faults(document)).extracting(Reason::words)
                .containsExactly("The qualification Direct is that of a lead from the marketplace: choose "
                        + "SalesQualified for a deal of your own");
    }

    @Test
    void ofOurTeamMicrosoftIsSentThoseAloneWhoCanBeReached() {
        Map<String, Object> unreachable = Map.of("firstName", "Jo", "email", "jo@x.example");
        Map<String, Object> deal = coSell();
        deal.put("team", List.of(unreachable, MEMBER));
        assertThat(completion.invited(deal)).containsEntry("team", List.of(MEMBER));
        deal.put("team", List.of(unreachable));
        assertThat(completion.invited(deal)).as("the person of the settings").containsEntry("team", List.of(MEMBER));
    }

    @Test
    void contactMustBeReachable() {
        Map<String, Object> document = coSell();
        Paths.put(document, "customerProfile.team", List.of(Map.of("firstName", "Moira", "lastName", "Kerr")));
        assertThat(completion.faults(document)).extracting(Reason::words).containsExactly(
                "Microsoft's help is asked for but the primary contact has no phone number: enter it on the contact",
                "Microsoft's help is asked for but the primary contact has no e-mail address: enter it on the contact");
        assertThat(completion.faults(mapped())).isEmpty();
    }
}
