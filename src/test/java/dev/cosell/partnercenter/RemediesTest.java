package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.http.Answer;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes.Sources;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Partner Center refuses, what we refuse in its place, and what our advice has to speak of. */
class RemediesTest {
    private static final Sources SALESFORCE = new Sources(
            Map.ofEntries(Map.entry("name", "Name"), Map.entry("details.dealValue", "Amount"),
                    Map.entry("details.currency", "CurrencyIsoCode"), Map.entry("details.closingDateTime", "CloseDate"),
                    Map.entry("customerProfile.name", "Name"),
                    Map.entry("customerProfile.address.addressLine1", "ShippingStreet"),
                    Map.entry("customerProfile.address.city", "ShippingCity"),
                    Map.entry("details.requirements.solutions", "solutions"),
                    Map.entry("customerProfile.team.phoneNumber", "MobilePhone"),
                    Map.entry("customerProfile.team.email", "Email"), Map.entry("team.phoneNumber", "Extension")),
            Map.of("customerProfile.team.email",
                    "Email: \"n/a\" is no e-mail address, or more than one, and is left out"));

    private static Answer answer(int status, String code) {
        return new Answer(status, Map.of(),
                code == null ? null : Map.of("error", Map.of("code", code, "message", "The words of Partner Center")),
                "");
    }

    /** One code stands for several faults: a new deal and a change can be corrected, a list cannot. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            400, invalidRequest, Correct what it names
            422, invalidRequest, retryParked
            403, accessDenied,   role Referrals admin
            403, -,              locations of the deal
            404, itemNotFound,   clear the Referral Identifier
            410, -,              clear the Referral Identifier
            405, -,              partner-center.url
            415, -,              partner-center.url
            413, -,              Shorten the notes
            507, -,              retryParked (JMX) later
            400, unauthenticated, ./cosell login
            """)
    void the_advice_fits_the_refusal(int status, String code, String words) {
        assertThat(
                catchThrowableOfType(Fault.class, () -> Answers.written(answer(status, code), "change of referral 1")))
                .hasMessageContaining(words)
                .hasMessageContaining("change of referral 1");
    }

    @Test
    void nobody_is_told_to_correct_a_record_when_a_list_or_a_registration_is_refused() {
        assertThat(catchThrowableOfType(Fault.Data.class,
                () -> Answers.success(answer(400, "invalidRequest"), "registration of a deal")))
                .hasMessage(
                        "Partner Center refused the registration of a deal (400): The words of Partner Center (CS-314)");
        assertThat(catchThrowableOfType(Fault.Data.class,
                () -> Answers.written(answer(404, null), "change of referral 1")))
                .hasMessageNotContaining("Correct what it names");
    }

    private static Map<String, Object> empty(boolean help) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (help) {
            Paths.put(document, DealType.HELP, "GeneralOrOther");
            Paths.put(document, PatchRules.CONTACTS, List.of(Map.of("firstName", "Noor", "lastName", "Haddad")));
        }
        Paths.put(document, "team", List.of(Map.of("firstName", "Ana", "lastName", "Reyes", "email", "a@x.example")));
        return document;
    }

    /** The texts named BillingStreet and address1_line1, whatever field the customer had mapped. */
    @Test
    void what_a_new_deal_lacks_is_named_by_the_field_of_the_mapping_row() {
        assertThat(DealRules.faults(empty(true), SALESFORCE, false)).extracting(Reason::words).containsExactly(
                "The opportunity has no name (Name): enter one",
                "The opportunity has no amount above 0 (Amount): enter the estimated deal value",
                "The opportunity has no currency with a three-letter ISO code such as USD (CurrencyIsoCode): choose "
                        + "one on the opportunity, or name one"
                        + " with the setting missing-currency",
                "The opportunity has no closing date (CloseDate): enter the estimated closing date",
                "The opportunity has no account with a name (Name): choose the customer's account on the opportunity, "
                        + "or name it",
                "The account has no street (ShippingStreet): enter it on the account",
                "The account has no city (ShippingCity): enter it on the account",
                "The account has no two-letter country code: no row of the mapping fills it in new deals, add one for "
                        + "customerProfile.address.country",
                "No solution is attached (solutions): add at least one Partner Center solution (Solution ID is "
                        + "required)",
                "The marketplace purchase intent is not known: map a field to it or enter "
                        + "partner-center.purchase-intent in the settings",
                "The first member of our team on the deal has no phone number (Extension): enter it on the user, or "
                        + "complete the settings partner-center.team.first-name, last-name, email and phone",
                "Microsoft's help is asked for but the primary contact has no phone number (MobilePhone): enter it on "
                        + "the contact",
                "Microsoft's help is asked for but the primary contact has no e-mail address (Email: \"n/a\" is no "
                        + "e-mail address, or more than one, and is"
                        + " left out): enter it on the contact");
    }

    /** Partner Center takes no change of the customer once the deal exists, so nobody is sent to the account. */
    @Test
    void what_an_existing_deal_lacks_is_not_asked_for_where_it_cannot_travel_any_more() {
        assertThat(DealRules.faults(empty(true), SALESFORCE, true)).extracting(Reason::words)
                .filteredOn(fault -> fault.contains("account"))
                .hasSize(4)
                .allMatch(fault -> fault.contains("cannot be entered any more")
                        && fault.endsWith("clear the wish for Microsoft's help, or make a new deal"));
        assertThat(DealRules.faults(Map.of(), Sources.UNKNOWN, true)).extracting(Reason::words)
                .noneMatch(fault -> fault.contains("missing-currency") || fault.contains("()"));
    }

    /** It spoke of the opportunity's owner, who comes onto the team of a new deal only. */
    @Test
    void an_existing_deal_that_nobody_can_be_called_for_is_mended_in_partner_center_or_in_the_settings() {
        DealCompletion completion = new DealCompletion(new DealDefaults("HaveNotDecided", Map.of(), null));
        List<Object> teams = List.of(List.of(), List.of(Map.of("firstName", "Jo", "email", "jo@tidewater.example")));
        for (Object team : teams) {
            Map<String, Object> deal = DealCompletionTest.coSell();
            deal.put("team", team);
            assertThat(completion.invitationFaults(deal, SALESFORCE)).extracting(Reason::words)
                    .filteredOn(fault -> fault.contains("team")).as("%s", team).containsExactly(
                            "Nobody on the deal's team in Partner Center has a first name, last name, phone number and "
                                    + "e-mail address: complete one of its members there, or set the settings "
                                    + "partner-center.team.first-name, last-name, email and phone");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            details.requirements.offer,                          write create alone
            inviteContext.notes,                                 tell Microsoft's seller
            consent.consentToShareReferralWithMicrosoftSellers,  set the visibility back
            customerProfile.team,                                tell Microsoft's seller
            """)
    void the_advice_fits_a_field_that_cannot_change(String path, String words) {
        Map<String, Object> current = new HashMap<>(Map.of("status", "Active"));
        Paths.put(current, DealType.SHARE, true);
        assertThat(catchThrowableOfType(Fault.Data.class,
                () -> PatchRules.check("1", current, Map.of(path, false), false))).hasMessageContaining(words);
    }

    @Test
    void a_field_of_a_deal_that_nobody_has_accepted_waits_for_that() {
        assertThat(catchThrowableOfType(Fault.Data.class,
                () -> PatchRules.check("1", Map.of("status", "New"), Map.of("details.notes", "x"), false)))
                .hasMessageContaining("accept it first");
    }

    @ParameterizedTest(name = "{0}/{1} to {2}/{3}: {4}")
    @CsvSource(textBlock = """
            Closed, Won,      Active, Accepted, create a new deal
            Active, Accepted, New,    Pending,  leave the opportunity in an active stage or close it
            Active, Accepted, Closed, Expired,  line of the value map
            """)
    void the_advice_fits_a_move_that_there_is_not(String status, String substatus, String wanted,
            String wantedSubstatus, String words) {
        assertThat(new StatusMachine().plan(status, substatus, wanted, wantedSubstatus).refusal()).contains(words);
    }
}
