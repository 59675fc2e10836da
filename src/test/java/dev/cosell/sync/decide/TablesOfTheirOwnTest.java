package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.side;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows that customers write themselves, and change later, do to the deals that are there already. */
class TablesOfTheirOwnTest {
    private static final String STATUS = "Stage | status + substatus | stage | create, update | update | "
            + "partner-center wins\n";
    private static final String SHOWN = "Shown | status + substatus | stage | create, update | - | "
            + "partner-center wins\n";
    private static final String NOTES = "inviteContext.notes";
    private static final String HELP = "inviteContext.assistanceRequestCode";
    private static final ReferralRules RULES = new PlainReferrals() {
        @Override
        public boolean isHelp(List<String> paths) {
            return paths.contains(HELP);
        }

        @Override
        public boolean waitsForHelp(Map<String, Object> referral, List<String> paths) {
            return paths.contains(NOTES) && !(referral.get("inviteContext") instanceof Map<?, ?>);
        }
    };

    private static CompiledTable table(String rows) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        ValueMap stages = new ValueMap();
        stages.setValues("""
                Active/Accepted = Open
                Closed/Won      = Closed Won
                Closed/Lost     = Closed Lost
                """);
        return table.compile("test", Map.of("stage", stages));
    }

    private static Decision decide(String rows, Map<String, Agreed> agreed, Map<String, Object> referral,
            Map<String, Object> opportunity) {
        Pair pair = new Pair("crm", hint("crm"), agreed == null ? null : link(agreed),
                referral == null ? null : new Referral(referral, RULES), Opportunity.of(opportunity, CRM), List.of());
        return PlainDeals.decider(RULES, LeadMode.OFF).decide(pair, side(table(rows)),
                TimeRules.USUAL.at(Instant.EPOCH));
    }

    @Test
    void an_end_beside_an_acceptance_waits_for_a_person_where_the_row_says_so() {
        Decision decision = decide(STATUS.replace("partner-center wins", "park"),
                PlainDeals.agreedStatus("New", "Pending", "On Hold"), referral(Map.of()),
                opportunity(Map.of("Stage", "Closed Won", "ReadOnly", true)));
        assertThat(decision.situation()).isEqualTo(Situation.UNDECIDED);
    }

    private static Map<String, Object> closed() {
        Map<String, Object> referral = referral(Map.of());
        referral.put("status", "Closed");
        referral.put("substatus", "Won");
        return referral;
    }

    private static Map<String, Agreed> agreedOn(String rows, String name, Object referral, Object crm) {
        Row row = table(rows).rows().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        return new HashMap<>(Map.of(name, Agreed.of(row, row.normalReferral(Value.of(referral)),
                row.normalCrm(Value.of(crm)))));
    }

    // ---- a row that only shows the status

    /** Lost deals were shared, and won ones stayed open, because the empty field counted as the deal's status. */
    @ParameterizedTest
    @ValueSource(strings = {STATUS + SHOWN, SHOWN + STATUS})
    void a_row_that_only_shows_the_status_says_nothing_about_a_deal_that_was_lost_before(String rows) {
        Map<String, Object> lost = new LinkedHashMap<>(opportunity(Map.of("Stage", "Closed Lost")));
        lost.remove("ReferralId");
        assertThat(decide(rows, null, null, lost).situation()).isEqualTo(Situation.CLOSED_BEFORE);
    }

    /** It was set back to an open stage. */
    @ParameterizedTest
    @ValueSource(strings = {STATUS + SHOWN, SHOWN + STATUS})
    void a_won_opportunity_that_meets_its_open_referral_for_the_first_time_stays_won(String rows) {
        Decision decision = decide(rows, null, referral(Map.of()), opportunity(Map.of("Stage", "Closed Won")));
        assertThat(decision.crmPatch()).doesNotContainKey("Stage");
        assertThat(decision.referralPatch()).containsEntry("substatus", "Won");
    }

    /** The opportunity was closed again, with the stage of the settings. */
    @Test
    void a_row_that_is_added_to_show_the_status_closes_nothing() {
        String rows = STATUS + SHOWN;
        Decision decision = decide(rows, agreedOn(rows, "Stage", List.of("Closed", "Won"), "Reopened"), closed(),
                opportunity(Map.of("Stage", "Reopened")));
        assertThat(decision.crmPatch()).containsEntry("Shown", "Closed Won").doesNotContainKey("Stage");
        assertThat(decision.patches().outcome()).isNull();
    }

    @Test
    void a_table_without_a_row_that_reports_the_status_closes_by_the_first_that_shows_it() {
        String rows = "Stage | status + substatus | stage | create, update | - | partner-center wins\n" + SHOWN;
        Decision decision = decide(rows, agreedOn(rows, "Stage", List.of("Active", "Accepted"), "Open"), closed(),
                opportunity(Map.of("Stage", "Open")));
        assertThat(decision.patches().outcome()).isNotNull();
    }

    // ---- two that have ended apart before they met

    private static final String REASON = "Reason | statusReason | text | create, update | update | "
            + "partner-center wins\n";

    /** The won opportunity got the reason for which its old referral was lost. */
    @Test
    void the_reason_of_an_end_that_the_other_side_does_not_have_stays_where_it_is() {
        Map<String, Object> lost = closed();
        lost.put("substatus", "Lost");
        lost.put("statusReason", "Nobody answered");
        Decision won = decide(STATUS + REASON, null, lost, opportunity(Map.of("Stage", "Closed Won")));
        assertThat(won.crmPatch()).doesNotContainKeys("Stage", "Reason");
        assertThat(won.problems()).extracting(Reason::toString)
                .anySatisfy(why -> assertThat(why).contains("Reason", "an end that the other side does not have"));
        assertThat(decide(STATUS + REASON, null, lost, opportunity(Map.of("Stage", "Closed Lost"))).crmPatch())
                .as("the same end").containsEntry("Reason", "Nobody answered");
    }

    /** Who lets the status travel to the CRM alone has said that Partner Center is right. */
    @Test
    void a_table_that_reports_no_status_follows_the_end_in_partner_center() {
        String rows = "Stage | status + substatus | stage | create, update | - | partner-center wins\n";
        assertThat(decide(rows, null, closed(), opportunity(Map.of("Stage", "Closed Lost"))).crmPatch())
                .containsEntry("Stage", "Closed Won");
    }

    // ---- a row that is pointed at another field of Partner Center

    /** What was agreed about the field before made the other one look edited, and the CRM lost its value. */
    @Test
    void a_row_that_is_pointed_at_another_field_begins_anew_and_the_column_decides() {
        String crossed = "Campaign | referralProgram | text | create, update | create, update | crm wins\n";
        String mended = "Campaign | campaignId | text | create, update | create, update | crm wins\n";
        Map<String, Object> referral = referral(Map.of());
        referral.put("referralProgram", "Azure Q3");
        referral.put("campaignId", "MCPP");
        Decision decision = decide(mended, agreedOn(crossed, "Campaign", "Azure Q3", "Azure Q3"), referral,
                opportunity(Map.of("Campaign", "Azure Q3")));
        assertThat(decision.crmPatch()).doesNotContainKey("Campaign");
        assertThat(decision.referralPatch()).containsEntry("campaignId", "Azure Q3");
    }

    @Test
    void a_row_that_is_pointed_at_an_empty_field_clears_nothing() {
        String before = "Campaign | campaignId | text | create, update | create, update | newest wins\n";
        String after = "Campaign | referralProgram | text | create, update | create, update | newest wins\n";
        Map<String, Object> referral = referral(Map.of());
        referral.put("campaignId", "Azure Q3");
        referral.put("referralProgram", null);
        Map<String, Agreed> agreed = agreedOn(before, "Campaign", "Azure Q3", "Azure Q3");
        assertThat(decide(after, agreed, referral, opportunity(Map.of("Campaign", "Azure Q3"))).crmPatch())
                .doesNotContainKey("Campaign");
        referral.put("campaignId", null);
        assertThat(decide(before, agreed, referral, opportunity(Map.of("Campaign", "Azure Q3"))).crmPatch())
                .as("cleared there, where it was agreed").containsEntry("Campaign", null);
    }

    /** The next edit in Partner Center would have met no agreement, and lost. */
    @Test
    void both_fields_showing_what_was_agreed_before_is_written_down_all_the_same() {
        AgreedValues before = new AgreedValues(agreedOn("Campaign | campaignId | text | - | update | crm wins",
                "Campaign", "Azure Q3", "Azure Q3"));
        AgreedValues after = new AgreedValues(agreedOn("Campaign | referralProgram | text | - | update | crm wins",
                "Campaign", "Azure Q3", "Azure Q3"));
        AgreedValues unmarked = new AgreedValues(Map.of("Campaign", Agreed.on("Azure Q3", "Azure Q3")));
        assertThat(after.isIn(after)).isTrue();
        assertThat(after.isIn(before)).isFalse();
        assertThat(after.isIn(unmarked)).as("of an earlier build").isTrue();
        assertThat(after.isIn(AgreedValues.NONE)).isFalse();
    }

    /** As the manual says: a longer text alone brings nothing, because neither side has moved. */
    @Test
    void a_text_that_was_cut_is_whole_once_its_row_was_out_while_the_field_was_emptied() {
        String rest = "Amount | details.dealValue | money | create, update | create, update | crm wins\n";
        String cut = rest + "Description | details.notes | text(4) | create, update | create, update | newest wins\n";
        String longer = cut.replace("(4)", "(100)");
        Map<String, Object> deal = referral(Map.of("notes", "A long text"));
        Map<String, Agreed> agreed = agreedOn(cut, "Description", "A long text", "A lo");
        assertThat(decide(longer, agreed, deal, opportunity(Map.of("Description", "A lo"))).situation())
                .isEqualTo(Situation.AGREED);

        Map<String, Object> emptied = opportunity(Map.of());
        Decision without = decide(rest, agreed, deal, emptied);
        AgreedValues kept = new AgreedNow(without, table(rest)).of(without.pair().referral(),
                without.pair().opportunity(), false);
        Link left = link(new HashMap<>(kept.rows()));
        Referral shown = without.pair().referral();
        assertThat(new InAgreement(table(longer)).of(left.at(shown.version(), "v1"), shown)).isFalse();
        assertThat(decide(longer, new HashMap<>(kept.rows()), deal, emptied).crmPatch())
                .containsEntry("Description", "A long text");
    }

    /** Links of earlier builds have no mark. */
    @Test
    void an_agreement_that_names_no_fields_holds() {
        String rows = "Campaign | campaignId | text | create, update | create, update | crm wins\n";
        Map<String, Object> referral = referral(Map.of());
        referral.put("campaignId", "new");
        assertThat(decide(rows, new HashMap<>(Map.of("Campaign", Agreed.on("old", "old"))), referral,
                opportunity(Map.of("Campaign", "old"))).crmPatch()).containsEntry("Campaign", "new");
    }

    // ---- notes for Microsoft

    /** The deal was parked, and its value and its win with it. */
    @Test
    void notes_for_microsoft_wait_until_help_is_asked_for_and_go_along_with_it() {
        String rows = STATUS + "Notes | inviteContext.notes | text | - | create, update | crm wins\n"
                + "Help | inviteContext.assistanceRequestCode | text | - | create, update | crm wins\n";
        Map<String, Agreed> agreed = agreedOn(rows, "Stage", List.of("Active", "Accepted"), "Open");
        agreed.putAll(agreedOn(rows, "Notes", null, null));
        agreed.putAll(agreedOn(rows, "Help", null, null));
        Map<String, Object> referral = referral(Map.of());
        Map<String, Object> typed = opportunity(Map.of("Notes", "Please bring an architect."));
        Decision alone = decide(rows, agreed, referral, typed);
        assertThat(alone.referralPatch()).doesNotContainKey(NOTES);
        assertThat(alone.problems()).isEmpty();
        assertThat(alone.agreed().of(table(rows).rows().get(1)).crm()).as("it stays news").isNull();

        Map<String, Object> asked = opportunity(Map.of("Notes", "Please bring an architect.", "Help", "Workload"));
        assertThat(decide(rows, agreed, referral, asked).referralPatch())
                .containsEntry(NOTES, "Please bring an architect.").containsEntry(HELP, "Workload");

        Decision won = decide(rows, agreed, referral,
                opportunity(Map.of("Notes", "Please bring an architect.", "Stage", "Closed Won")));
        assertThat(won.referralPatch()).containsEntry("substatus", "Won").doesNotContainKey(NOTES);
        assertThat(won.problems()).extracting(Reason::toString)
                .anySatisfy(why -> assertThat(why).contains("without help"));
    }
}
