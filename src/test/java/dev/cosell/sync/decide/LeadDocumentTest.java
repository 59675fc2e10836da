package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom of the customer a lead shows, and what becomes of the one whom it showed before. */
class LeadDocumentTest {
    private static final CompiledTable TABLE = table();
    private static final Map<String, Object> JO = person("Jo", "Doe", "jo@x.example", "phoneNumber", "+1 555 0100",
            "title", "CIO");
    private static final Map<String, Object> ANN = person("Ann", "Lee", "ann@x.example");

    private static CompiledTable table() {
        FieldTable table = new FieldTable();
        table.setRows("""
                Company | customerProfile.name             | text(80)  | create, update | - | partner-center wins
                First   | contact.firstName                | text(80)  | create, update | - | partner-center wins
                Last    | contact.lastName                 | text(80)  | create, update | - | partner-center wins
                Email   | contact.email                    | email(80) | create, update | - | partner-center wins
                Phone   | contact.phoneNumber              | phone(80) | create, update | - | partner-center wins
                Title   | contact.title                    | text(80)  | create, update | - | partner-center wins
                Locale  | contact.contactPreference.locale | text(80)  | create, update | - | partner-center wins
                """);
        return table.compile("test", Map.of());
    }

    private static Map<String, Object> person(String first, String last, String email, String... more) {
        Map<String, Object> person = new LinkedHashMap<>(Map.of("firstName", first, "lastName", last, "email", email));
        for (int i = 0; i < more.length; i += 2) {
            person.put(more[i], more[i + 1]);
        }
        return person;
    }

    private static Map<String, Object> referral(Object team) {
        Map<String, Object> customer = new LinkedHashMap<>(Map.of("name", "Crane Works"));
        customer.put("team", team);
        return new LinkedHashMap<>(Map.of("id", "r1", "customerProfile", customer));
    }

    /** As the table sees the person after the lead agreed with its referral on Jo, or on whoever is given. */
    private static Map<?, ?> shown(Map<String, Object> referral, Map<String, Object> before) {
        AgreedValues agreed = AgreedValues.shown(TABLE.rows(), row -> true, LeadDocument.of(referral(List.of(before))),
                Map.of());
        return (Map<?, ?>) new LeadPerson(TABLE, agreed).shown(new Referral(referral, REFERRALS)).fields()
                .get("contact");
    }

    @Test
    void the_last_of_several_people_counts_and_what_no_crm_takes_a_lead_without_is_filled() {
        assertThat(LeadDocument.of(referral(List.of(JO, ANN))).get("contact")).isEqualTo(ANN);
        assertThat(LeadDocument.of(referral(List.of())).get("contact")).isEqualTo(Map.of("lastName", "[not provided]"));
        assertThat(LeadDocument.person(referral(List.of(JO, ANN)))).isEqualTo(ANN);
        assertThat(LeadDocument.person(referral(null))).isEmpty();
    }

    @Test
    void another_person_has_nothing_of_the_one_before() {
        Map<String, Object> two = referral(List.of(JO, ANN));
        Map<?, ?> ann = shown(two, JO);
        assertThat(ann.get("email")).isEqualTo("ann@x.example");
        for (String field : List.of("phoneNumber", "title")) {
            assertThat(ann.containsKey(field)).as(field).isTrue();
            assertThat(ann.get(field)).as(field).isNull();
        }
        assertThat(ann.get("contactPreference")).asString().isEqualTo("{locale=null}");
        assertThat(two).as("the referral itself").isEqualTo(referral(List.of(JO, ANN)));
    }

    @Test
    void nobody_has_nothing_of_the_one_before_either() {
        assertThat(shown(referral(List.of()), JO).keySet().stream().map(Object::toString))
                .contains("firstName", "email", "phoneNumber", "title");
    }

    @Test
    void of_the_same_person_what_is_absent_stays_absent() {
        for (Map<String, Object> same : Arrays.asList(person("Jo", "Doe", "jo@x.example"),
                person("Jo", "Doe-Lee", "JO@x.example"),
                Map.<String, Object>of("firstName", "Jo", "lastName", "Doe"))) {
            assertThat(shown(referral(List.of(same)), JO).containsKey("phoneNumber")).as(same.toString()).isFalse();
        }
        for (Map<String, Object> nameless : List.<Map<String, Object>>of(Map.of("email", "jo@x.example"),
                Map.of("firstName", "Jo", "title", "CTO"), Map.of("phoneNumber", "+1 555 0199"))) {
            assertThat(shown(referral(List.of(nameless)), JO)).as("what stood in for it replaced the known name")
                    .isEqualTo(nameless);
        }
    }

    /** "[not provided]" took the place of the company that the lead had. */
    @Test
    void a_company_that_is_absent_stays_absent_and_one_that_is_cleared_is_not() {
        Map<String, Object> absent = referral(List.of(JO));
        Map<String, Object> customer = LeadDocument.copy(absent.get("customerProfile"));
        customer.remove("name");
        absent.put("customerProfile", customer);
        assertThat(company(absent)).isEqualTo(Map.of("team", List.of(JO)));
        assertThat(company(Map.of("id", "r1"))).isEqualTo(Map.of());
        customer.put("name", null);
        assertThat(company(absent)).containsEntry("name", "[not provided]");
        assertThat(LeadDocument.of(Map.of("id", "r1")).get("customerProfile")).as("of a new lead")
                .isEqualTo(Map.of("name", "[not provided]"));
    }

    private static Map<String, Object> company(Map<String, Object> referral) {
        AgreedValues agreed = AgreedValues.shown(TABLE.rows(), row -> true, LeadDocument.of(referral(List.of(JO))),
                Map.of());
        return LeadDocument.copy(new LeadPerson(TABLE, agreed).shown(new Referral(referral, REFERRALS)).fields()
                .get("customerProfile"));
    }

    @Test
    void a_last_name_that_is_cleared_and_that_of_another_person_are_filled() {
        Map<String, Object> cleared = person("Jo", "", "jo@x.example");
        assertThat(shown(referral(List.of(cleared)), JO).get("lastName")).isEqualTo("[not provided]");
        Map<String, Object> ann = new LinkedHashMap<>(ANN);
        ann.remove("lastName");
        assertThat(shown(referral(List.of(ann)), JO).get("lastName")).isEqualTo("[not provided]");
        assertThat(shown(referral(List.of()), Map.of("email", "jo@x.example")).containsKey("email")).isTrue();
    }

    /** Its person counted as one without a name. */
    @Test
    void a_referral_that_says_nothing_of_people_changes_nothing_of_the_person() {
        assertThat(shown(referral(null), JO)).isNull();
        assertThat(shown(Map.of("id", "r1"), JO)).isNull();
    }

    /** Such a lead was agreed on before the person counted, when Ann came in the place of Jo. */
    @Test
    void a_lead_that_was_mixed_by_an_earlier_version_is_not_written_for_that() {
        Map<String, Object> mixed = new LinkedHashMap<>(ANN);
        mixed.put("phoneNumber", "+1 555 0100");
        assertThat(shown(referral(List.of(ANN)), mixed).containsKey("phoneNumber")).isFalse();
    }
}
