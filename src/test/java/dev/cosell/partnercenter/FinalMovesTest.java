package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.ReferralRules.Irreversible;
import dev.cosell.sync.decide.TimeRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes nobody can take back, and which times Partner Center sets. */
class FinalMovesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Map<String, Object> PRIVATE = deal("Active", "Unknown", false);
    private final FinalMoves moves = new FinalMoves(Duration.ZERO);

    private static Map<String, Object> deal(String status, String help, boolean shared) {
        Map<String, Object> deal = new LinkedHashMap<>(
                Map.of("status", status, "direction", "Outgoing", "createdDateTime", "2026-11-22T13:00:00Z"));
        Paths.put(deal, DealType.HELP, help);
        Paths.put(deal, DealType.SHARE, shared);
        return deal;
    }

    @ParameterizedTest(name = "{0} = {1} after help {2}, shared {3}: {4}")
    @CsvSource(nullValues = "-", textBlock = """
            substatus, Won,            Unknown,           false, Closing as won
            substatus, Lost,           Unknown,           true,  Closing as lost
            substatus, Error,          Unknown,           true,  Closing as Error
            substatus, Declined,       Unknown,           true,  Declining
            share,     true,           Unknown,           false, Showing the deal
            share,     true,           Unknown,           true,  -
            help,      GeneralOrOther, Unknown,           true,  Asking Microsoft
            help,      GeneralOrOther, QuotesOrLicensing, true,  -
            help,      Unknown,        Unknown,           true,  -
            notes,     later,          Unknown,           true,  -
            """)
    void an_existing_deal(String what, String value, String help, boolean shared, String expected) {
        Map<String, Object> patch = switch (what) {
            case "substatus" -> Map.of("status", "Closed", "substatus", value);
            case "share" -> Map.of(DealType.SHARE, Boolean.valueOf(value));
            case "help" -> Map.of(DealType.HELP, value);
            default -> Map.of("details.notes", value);
        };
        shows(moves.of(deal("Active", help, shared), patch, NOW), expected);
    }

    @Test
    void a_deal_that_microsoft_sees_is_shared_by_being_created() {
        shows(moves.of(null, Map.of(DealType.SHARE, true), NOW), "visible to Microsoft's sellers");
        shows(moves.of(null, Map.of(DealType.HELP, "GeneralOrOther", DealType.SHARE, false), NOW),
                "request for Microsoft's help");
        shows(moves.of(null, Map.of(DealType.SHARE, false), NOW), null);
    }

    /** Each was told as cancelled although the referral showed it. */
    @ParameterizedTest
    @ValueSource(strings = {"Won", "Lost", "Error", "Declined"})
    void a_close_is_done_when_the_deal_has_ended_like_that(String substatus) {
        String close = moves.of(PRIVATE, Map.of("status", "Closed", "substatus", substatus), NOW).what();
        assertThat(FinalMoves.isDone(ended(substatus), close)).isTrue();
        assertThat(FinalMoves.isDone(ended("Expired"), close)).as("it ended otherwise").isFalse();
        assertThat(FinalMoves.isDone(PRIVATE, close)).as("it is open").isFalse();
    }

    private static Map<String, Object> ended(String substatus) {
        Map<String, Object> deal = deal("Closed", "Unknown", false);
        deal.put("substatus", substatus);
        return deal;
    }

    @Test
    void what_microsoft_is_to_see_is_done_when_it_sees_as_much() {
        Map<String, Object> visible = deal("Active", "Unknown", true);
        Map<String, Object> withHelp = deal("Active", "GeneralOrOther", false);
        for (Map<String, Object> before : Arrays.asList(PRIVATE, null)) {
            String showing = moves.of(before, Map.of(DealType.SHARE, true), NOW).what();
            assertThat(FinalMoves.isDone(PRIVATE, showing)).isFalse();
            assertThat(FinalMoves.isDone(visible, showing)).isTrue();
            assertThat(FinalMoves.isDone(withHelp, showing)).isTrue();
            String asking = moves.of(before, Map.of(DealType.HELP, "GeneralOrOther"), NOW).what();
            assertThat(FinalMoves.isDone(visible, asking)).isFalse();
            assertThat(FinalMoves.isDone(withHelp, asking)).isTrue();
        }
    }

    private static void shows(Irreversible move, String expected) {
        if (expected == null) {
            assertThat(move).isNull();
        } else {
            assertThat(move.what()).contains(expected);
            assertThat(move.undo()).isNotBlank();
        }
    }

    @Test
    void won_waits_for_the_time_that_a_registration_needs() {
        Map<String, Object> won = Map.of("status", "Closed", "substatus", "Won");
        assertThat(new FinalMoves(Duration.ofHours(72)).of(PRIVATE, won, NOW).notBefore())
                .isEqualTo("2026-11-25T13:00:00Z");
        assertThat(new FinalMoves(Duration.ofHours(72)).of(PRIVATE, won, NOW.plus(Duration.ofDays(4))).notBefore())
                .isNull();
        assertThat(moves.of(PRIVATE, won, NOW).notBefore()).isNull();
        assertThat(FinalMoves.caution(deal("Active", "Unknown", true), won, NOW)).contains("72 hours");
        assertThat(FinalMoves.caution(PRIVATE, won, NOW)).as("a private deal is never registered").isNull();
        assertThat(FinalMoves.caution(deal("Active", "Unknown", true), won, NOW.plus(Duration.ofDays(4)))).isNull();
    }

    @Test
    void deadlines_of_each_kind_of_referral() {
        var timing = TimeRules.USUAL.at(NOW);
        Map<String, Object> inbound = deal("New", "Unknown", true);
        assertThat(Deadlines.of(inbound, false, timing)).singleElement().satisfies(deadline -> {
            assertThat(deadline.kind()).isEqualTo(Deadline.Kind.ANSWER);
            assertThat(deadline.due()).isEqualTo("2026-12-06T13:00:00Z");
            assertThat(deadline.remind()).isEqualTo("2026-12-03T13:00:00Z");
        });
        inbound.put("expirationDateTime", "2026-12-01T00:00:00Z");
        Paths.put(inbound, "details.customerRequestedContact", true);
        List<Deadline> both = Deadlines.of(inbound, false, timing);
        assertThat(both).extracting(Deadline::kind).containsExactly(Deadline.Kind.ANSWER, Deadline.Kind.CONTACT);
        assertThat(both).extracting(Deadline::due).containsExactly(Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse("2026-11-25T13:00:00Z"));

        assertThat(Deadlines.of(PRIVATE, false, timing)).isEmpty();
        Map<String, Object> asked = deal("Active", "GeneralOrOther", true);
        assertThat(Deadlines.of(asked, false, timing)).extracting(Deadline::kind)
                .containsExactly(Deadline.Kind.MICROSOFT);
        Paths.put(asked, "trackingInfo.microsoftMsxId", "7-ABC");
        assertThat(Deadlines.of(asked, false, timing)).as("Microsoft has taken it up")
                .extracting(Deadline::state).containsExactly(Deadline.State.ANSWERED);
        assertThat(Deadlines.of(deal("Closed", "GeneralOrOther", true), false, timing)).isEmpty();
    }

    /** Nobody was told of Microsoft's silence where our own copy does not show that help was asked for. */
    @Test
    void an_answer_is_awaited_wherever_microsoft_was_asked() {
        var timing = TimeRules.USUAL.at(NOW);
        assertThat(Deadlines.of(PRIVATE, true, timing)).as("an invitation went out").singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo(Deadline.State.OPEN));
        Map<String, Object> upgraded = deal("Active", "Unknown", true);
        Paths.put(upgraded, MicrosoftPart.STATUS, "New");
        assertThat(Deadlines.of(upgraded, false, timing)).as("Microsoft's referral is new").singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo(Deadline.State.OPEN));
        Map<String, Object> ofAPartner = deal("Active", "GeneralOrOther", true);
        ofAPartner.put("direction", "Incoming");
        assertThat(Deadlines.of(ofAPartner, false, timing)).as("Microsoft has sent it").isEmpty();
        Paths.put(ofAPartner, "inviteContext.invitedBy.organizationId", "fastlane");
        assertThat(Deadlines.of(ofAPartner, false, timing)).as("another partner has").hasSize(1);
    }
}
