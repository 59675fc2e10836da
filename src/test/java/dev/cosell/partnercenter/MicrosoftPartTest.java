package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosoftPartTest {
    private static final String OURS = "7d23c0de-0000-4000-8000-00000000c05e";

    private static Map<String, Object> referral(String msxId) {
        Map<String, Object> referral = new LinkedHashMap<>(Map.of("id", "r"));
        Map<String, Object> tracking = new HashMap<>();
        tracking.put("microsoftMsxId", msxId);
        referral.put("trackingInfo", tracking);
        return referral;
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # ours, Microsoft's, shown
              7-A,  -,           7-A
              -,    7-B,         7-B
              7-A,  7-B,         7-A
              -,    -,           -
            """)
    void the_number_of_microsofts_opportunity_may_stand_on_either_referral(String ours, String theirs, String shown) {
        Map<String, Object> own = referral(ours);
        Map<String, Object> both = MicrosoftPart.in(own, referral(theirs));
        assertThat(Paths.get(both, "microsoft.msxId")).isEqualTo(shown);
        assertThat(own).doesNotContainKey("microsoft");
        assertThat(Paths.get(MicrosoftPart.shownBy(own), "microsoft.msxId")).isEqualTo(ours);
    }

    /** A table reads an absent field as "no statement", so nothing in the CRM is cleared. */
    @Test
    void what_microsoft_does_not_say_is_absent() {
        Map<String, Object> theirs = new HashMap<>();
        theirs.put("status", "New");
        theirs.put("substatus", null);
        theirs.put("team", "to be named");
        assertThat(MicrosoftPart.in(Map.of("id", "r"), theirs)).containsEntry("microsoft", Map.of("status", "New"));
        assertThat(MicrosoftPart.shownBy(referral(null))).doesNotContainKey("microsoft");
        assertThat(MicrosoftPart.shownBy(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            New    | Pending  | -                    | Microsoft was asked for help; it has 14 days to answer
            Active | Accepted | -                    | Microsoft accepted the deal
            Closed | Declined | No matching customer | Microsoft declined: No matching customer (our deal is not changed by that)
            Closed | Declined | -                    | Microsoft declined without a reason (our deal is not changed by that)
            Closed | Expired  | -                    | Microsoft did not answer in time, its part of the deal has expired (our deal is not changed by that)
            Closed | Won      | -                    | Microsoft closed its part of the deal as Won (our deal is not changed by that)
            Closed | Lost     | No budget            | Microsoft closed its part of the deal as Lost: No budget (our deal is not changed by that)
            Active | Engaged  | -                    | Microsoft's part of the deal is now Active/Engaged
            Paused | -        | -                    | Microsoft's part of the deal is now Paused
            """)
    void each_answer_has_a_sentence(String status, String substatus, String reason, String sentence) {
        Map<String, Object> theirs = new HashMap<>();
        theirs.put("status", status);
        theirs.put("substatus", substatus);
        theirs.put("statusReason", reason);
        assertThat(MicrosoftNews.of(MicrosoftPart.in(Map.of(), theirs),
                List.of("microsoft.status", "microsoft.substatus"), null, "x"))
                .isEqualTo(sentence);
    }

    @Test
    void sellers_are_told_by_name() {
        assertThat(sellers(null, "Jo Doe, jo@x", "Sam"))
                .isEqualTo("Microsoft's seller Jo Doe joined; Microsoft's seller Sam joined");
        assertThat(sellers(List.of("Jo Doe, jo@x"), "Jo Doe, jo@y"))
                .isEqualTo("Microsoft's seller Jo Doe has other contact data");
        assertThat(sellers(List.of("Jo Doe, jo@x", "Sam"), "Sam")).isEqualTo("Microsoft's seller Jo Doe left");
        assertThat(MicrosoftNews.of(Map.of(), List.of("microsoft.team"), List.of("Jo"), null))
                .isEqualTo("Microsoft's seller Jo left");
        assertThat(MicrosoftNews.of(Map.of(), List.of("microsoft.msxId"), null, "7-A")).contains("7-A");
        assertThat(MicrosoftNews.of(Map.of(), List.of("details.notes"), null, "text")).isNull();
    }

    private static String sellers(List<String> before, String... now) {
        return MicrosoftNews.of(Map.of(), List.of("microsoft.team"), before, Arrays.asList(now));
    }

    @Test
    void a_referral_of_another_partner_is_known_by_the_organisation() {
        ReferralView unsure = new ReferralView();
        ReferralView sure = new ReferralView(OURS);
        Map<String, Object> theirs = Map.of("organizationId", "0a0b0c0d-0000-4000-8000-00000000fa57");
        assertThat(unsure.own(theirs)).isTrue();
        assertThat(sure.own(theirs)).isFalse();
        assertThat(sure.own(Map.of("organizationId", OURS.toUpperCase(Locale.ROOT)))).isTrue();
        assertThat(sure.own(Map.of("id", "r"))).isTrue();
        assertThat(sure.own(Map.of("organizationId", "msft"))).isFalse();
        assertThat(sure.microsofts(Map.of("organizationId", OURS, "target", List.of(Map.of("id", "msft"))))).isTrue();
        assertThat(sure.microsofts(theirs)).isFalse();
    }
}
