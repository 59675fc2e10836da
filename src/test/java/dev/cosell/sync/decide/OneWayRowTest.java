package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.link;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static dev.cosell.sync.decide.PlainDeals.side;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.Opportunity;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that go one way, when the creation of a record went the other: it counted as agreed what never travelled. */
class OneWayRowTest {
    private static final String HELP = "inviteContext.assistanceRequestCode";
    private static final ReferralRules RULES = new PlainReferrals() {
        @Override
        public boolean isHelp(List<String> paths) {
            return paths.contains(HELP);
        }
    };
    private static final CompiledTable TO_CRM = table("""
            Engagement | engagementId       | id(100) | create, update | - | partner-center wins
            Shown      | status + substatus | stage   | create, update | - | partner-center wins
            """);
    private static final CompiledTable TOO_SHORT =
            table("Short | engagementId | id(1) | create, update | - | partner-center wins");
    private static final CompiledTable TO_PARTNER_CENTER = table("""
            Stage | salesStage         | text  | - | create, update | crm wins
            State | status + substatus | stage | - | update         | crm wins
            Help  | inviteContext.assistanceRequestCode | text | - | create, update | crm wins
            """);

    private static CompiledTable table(String rows) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        ValueMap stages = new ValueMap();
        stages.setValues("New/Pending = On Hold\nActive/Accepted = Open\nClosed/Won = Closed Won");
        return table.compile("test", Map.of("stage", stages));
    }

    private static Map<String, Object> deal() {
        Map<String, Object> deal = new LinkedHashMap<>(referral(Map.of()));
        deal.put("engagementId", "e1");
        return deal;
    }

    private static Referral known(Map<String, Object> deal) {
        return new Referral(deal, RULES);
    }

    private static Decision shared(Map<String, Object> opportunity) {
        return Decision.nothing(pair(hint("crm"), null, null, opportunity), Situation.NEW_OPPORTUNITY);
    }

    private static Decision arrived(Map<String, Object> deal) {
        return Decision.nothing(new Pair("crm", hint("partner-center"), null, known(deal), null, List.of()),
                Situation.NEW_REFERRAL);
    }

    private static Decision next(CompiledTable table, AgreedValues agreed, Map<String, Object> deal,
            Map<String, Object> opportunity) {
        Pair pair = new Pair("crm", hint("crm"), link(new HashMap<>(agreed.rows())), known(deal),
                Opportunity.of(opportunity, CRM), List.of());
        return PlainDeals.decider(RULES, LeadMode.OFF).decide(pair, side(table), TimeRules.USUAL.at(Instant.EPOCH));
    }

    // ---- to the CRM, of a deal that was shared from there

    @Test
    void an_empty_field_that_shows_the_deal_is_filled_when_it_is_shared() {
        assertThat(new FirstShare(TO_CRM, shown(opportunity(Map.of())), known(deal())).patch())
                .isEqualTo(Map.of("Engagement", "e1", "Shown", "Open"));
    }

    @Test
    void what_the_share_has_filled_is_agreed() {
        Map<String, Object> told = opportunity(Map.of("Engagement", "e1", "Shown", "Open"));
        AgreedNow now = new AgreedNow(shared(opportunity(Map.of())), TO_CRM);
        assertThat(now.leaves(known(deal()), shown(told))).isFalse();
        assertThat(next(TO_CRM, now.of(known(deal()), shown(told), false), deal(), told).situation())
                .isEqualTo(Situation.AGREED);
    }

    @Test
    void what_the_field_cannot_take_is_told_once_and_known_then() {
        Map<String, Object> told = opportunity(Map.of());
        assertThat(new FirstShare(TOO_SHORT, shown(told), known(deal())).patch()).isEmpty();
        AgreedNow now = new AgreedNow(shared(told), TOO_SHORT);
        assertThat(now.leaves(known(deal()), shown(told))).isTrue();
        AgreedValues agreed = now.of(known(deal()), shown(told), false);
        assertThat(agreed.rows()).isEmpty();
        Decision refused = next(TOO_SHORT, agreed, deal(), told);
        assertThat(refused.situation()).isEqualTo(Situation.REFUSED);
        assertThat(next(TOO_SHORT, refused.agreed(), deal(), told).situation()).isEqualTo(Situation.AGREED);
    }

    @Test
    void a_closed_opportunity_that_takes_no_change_is_not_looked_at_again_for_such_a_field() {
        Map<String, Object> closed = opportunity(Map.of("ReadOnly", true));
        assertThat(new AgreedNow(shared(closed), TO_CRM).leaves(known(deal()), shown(closed))).isFalse();
    }

    // ---- to Partner Center, of a deal that came from there

    @Test
    void a_field_of_a_new_opportunity_that_only_goes_to_partner_center_travels_with_the_next_look() {
        Map<String, Object> made = opportunity(Map.of("Stage", "Qualification"));
        AgreedNow now = new AgreedNow(arrived(deal()), TO_PARTNER_CENTER);
        assertThat(now.leaves(known(deal()), shown(made))).isTrue();
        assertThat(next(TO_PARTNER_CENTER, now.of(known(deal()), shown(made), false), deal(), made).referralPatch())
                .isEqualTo(Map.of("salesStage", "Qualification"));
    }

    /** Such as the stage that the other CRM of the same deal has sent. */
    @Test
    void the_default_of_a_new_opportunity_overwrites_nothing() {
        Map<String, Object> deal = deal();
        deal.put("salesStage", "Proposal");
        Map<String, Object> made = opportunity(Map.of("Stage", "Qualification"));
        AgreedNow now = new AgreedNow(arrived(deal), TO_PARTNER_CENTER);
        assertThat(now.leaves(known(deal), shown(made))).isFalse();
        AgreedValues agreed = now.of(known(deal), shown(made), false);
        assertThat(next(TO_PARTNER_CENTER, agreed, deal, made).referralPatch()).isEmpty();
        made.put("Stage", "Closing");
        assertThat(next(TO_PARTNER_CENTER, agreed, deal, made).referralPatch()).as("an edit travels")
                .isEqualTo(Map.of("salesStage", "Closing"));
    }

    @Test
    void it_waits_until_the_deal_is_accepted() {
        Map<String, Object> deal = deal();
        deal.putAll(Map.of("status", "New", "substatus", "Pending"));
        Map<String, Object> made = opportunity(Map.of("Stage", "Qualification", "State", "On Hold"));
        AgreedValues agreed = new AgreedNow(arrived(deal), TO_PARTNER_CENTER).of(known(deal), shown(made), false);
        Decision waits = next(TO_PARTNER_CENTER, agreed, deal, made);
        assertThat(waits.referralPatch()).isEmpty();
        made.put("State", "Open");
        assertThat(next(TO_PARTNER_CENTER, waits.agreed(), deal, made).referralPatch())
                .containsEntry("salesStage", "Qualification").containsEntry("substatus", "Accepted");
    }

    /** Neither can be taken back. */
    @Test
    void what_automation_sets_answers_no_deal_and_asks_for_no_help_in_a_sellers_place() {
        Map<String, Object> deal = deal();
        deal.putAll(Map.of("status", "New", "substatus", "Pending"));
        Map<String, Object> made = opportunity(Map.of("State", "Open", "Help", "ProofOfConceptOrDemo"));
        made.remove("Stage");
        AgreedNow now = new AgreedNow(arrived(deal), TO_PARTNER_CENTER);
        assertThat(now.leaves(known(deal), shown(made))).isFalse();
        assertThat(next(TO_PARTNER_CENTER, now.of(known(deal), shown(made), false), deal, made).referralPatch())
                .isEmpty();
    }
}
