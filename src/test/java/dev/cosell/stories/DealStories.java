package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to a deal that began in the CRM: its solutions, its upgrades, and what is left undone half-way. */
@WithSettings("sync.parked-interval=5s")
abstract class DealStories extends Stories {
    protected static final Map<String, Object> FIRST = Map.of("id", "SOL-20011-KLM", "name", "Crane Insight");
    protected static final Map<String, Object> SECOND = Map.of("id", "SOL-30022-ABC", "name", "Dock Planner");

    /** Adds a solution row without touching the opportunity; gives its id. */
    protected abstract String addSolutionRow(String crmId, Map<String, Object> solution);

    protected abstract void deleteSolutionRow(String rowId);

    protected abstract void writeSolutionId(String rowId, String solutionId);

    protected List<Object> solutionIds(String referralId) {
        List<?> solutions = (List<?>) map(map(world().referral(referralId).get("details")).get("requirements"))
                .get("solutions");
        return solutions.stream().map(solution -> map(solution).get("id")).toList();
    }

    @Test
    void a_solution_row_that_is_added_or_removed_alone_is_noticed() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST)));
        String referralId = (String) world().referralFor(id).get("id");

        String row = addSolutionRow(id, SECOND);
        world().eventually(
                () -> assertThat(solutionIds(referralId)).containsExactlyInAnyOrder("SOL-20011-KLM", "SOL-30022-ABC"));
        world().settle();
        deleteSolutionRow(row);
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactly("SOL-20011-KLM"));
        world().andAgainNothingHappens();
    }

    /** It went with the next change of the list in Partner Center, where nobody knew it. */
    @Test
    void a_solution_row_that_somebody_is_still_filling_in_stays_when_the_list_changes_in_partner_center() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST)));
        String referralId = (String) world().referralFor(id).get("id");
        String row = addSolutionRow(id, Map.of("id", " ", "name", "Contoso Backup"));
        world().settle();
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("requirements", Map.of("solutions",
                        List.of(solution("SOL-20011-KLM"), solution("SOL-30022-ABC"))))));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id)))
                .containsIgnoringCase("SOL-30022-ABC"));
        world().andAgainNothingHappens();

        writeSolutionId(row, "SOL-40033-XYZ");
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactlyInAnyOrder("SOL-20011-KLM",
                "SOL-30022-ABC", "SOL-40033-XYZ"));
        world().andAgainNothingHappens();
    }

    private static Map<String, Object> solution(String id) {
        return Map.of("id", id, "name", id, "type", "Name");
    }

    /** Scenario 27. */
    @Test
    void a_solution_removed_in_the_CRM_is_removed_in_partner_center_as_a_whole_list() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST, SECOND)));
        String referralId = (String) world().referralFor(id).get("id");
        assertThat(solutionIds(referralId)).hasSize(2);

        change(id, Map.of("solutions", List.of(SECOND)));
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactly("SOL-30022-ABC"));
        world().andAgainNothingHappens();
    }

    /** An empty list was sent, refused, and every other change of the deal was parked with it. */
    @Test
    void the_last_solution_that_is_deleted_stays_in_partner_center_and_the_rest_travels() {
        String id = crm().newOpportunity(Map.of("solutions", List.of()));
        String row = addSolutionRow(id, FIRST);
        String referralId = (String) world().referralFor(id).get("id");
        world().pauseSync();
        deleteSolutionRow(row);
        crm().changeValue(id, 61_500);
        world().resumeSync();

        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("61500"));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("solutions stays different"));
        assertThat(solutionIds(referralId)).containsExactly("SOL-20011-KLM");
        assertThat(world().parked()).noneMatch(line -> line.contains(id));
        world().andAgainNothingHappens();
        crm().changeValue(id, 61_600);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("61600"));
        world().settle();
        assertThat(crm().audit(crm().opportunity(id))).containsOnlyOnce("solutions stays different");

        addSolutionRow(id, SECOND);
        world().eventually(() -> assertThat(solutionIds(referralId)).containsExactly("SOL-30022-ABC"));
        world().andAgainNothingHappens();
    }

    /** The rows of the CRM were deleted, too. */
    @Test
    void solutions_that_are_emptied_in_the_portal_stay_in_the_crm() {
        String id = crm().newOpportunity(Map.of("solutions", List.of(FIRST)));
        String referralId = (String) world().referralFor(id).get("id");
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("requirements", Map.of("solutions", List.of()))));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("solutions stays different"));
        world().andAgainNothingHappens();

        crm().changeValue(id, 62_500);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("62500"));
        addSolutionRow(id, SECOND);
        world().eventually(
                () -> assertThat(solutionIds(referralId)).containsExactlyInAnyOrder("SOL-20011-KLM", "SOL-30022-ABC"));
        world().andAgainNothingHappens();
    }

    /** Scenario 3. */
    @Test
    void without_a_solution_or_with_a_three_letter_country_there_is_no_call() {
        writesInPartnerCenter(0, () -> {
            String bare = crm().newOpportunity(crm().withoutSolution());
            String abroad = crm().newOpportunity(crm().country("GBR"));
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(bare))).contains("Not synced")
                    .contains("Solution ID is required"));
            world().eventually(
                    () -> assertThat(crm().audit(crm().opportunity(abroad))).contains("Not synced").contains("GBR"));
        });
        world().andAgainNothingHappens();
    }

    /** The poll and the look at its solution rows said the same: two rows in the audit, and parked since the second. */
    @Test
    void a_new_deal_that_breaks_a_rule_was_parked_twice_within_seconds() {
        Map<String, Object> fields = new HashMap<>(crm().country("GBR"));
        fields.put("solutions", List.of(FIRST));
        String abroad = crm().newOpportunity(fields);
        String joined = crm().newOpportunity(Map.of());
        world().referralFor(joined);
        world().settle();
        String second = world().newDeal(Map.of("externalReferenceId", joined));

        for (String id : List.of(abroad, second)) {
            world().eventually(() -> assertThat(world().parked()).anyMatch(line -> line.contains(id)));
            world().settle();
            world().operations().retryParked(id);
            world().settle();
            assertThat(world().auditSituations(id)).as(world().auditTrail(id).toString())
                    .filteredOn(each -> !each.equals("ASKED")).hasSize(1);
            assertThat(world().parked()).as("still").anyMatch(line -> line.contains(id));
        }
        addSolutionRow(abroad, SECOND);
        world().settle();
        assertThat(world().auditTrail(abroad)).filteredOn(line -> line.contains("GBR")).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** Scenario 3, the end of it: the row is all that was missing. */
    @Test
    void the_missing_solution_row_alone_frees_the_opportunity() {
        String id = crm().newOpportunity(crm().withoutSolution());
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("Not synced"));
        addSolutionRow(id, FIRST);
        assertThat(solutionIds((String) world().referralFor(id).get("id"))).containsExactly("SOL-20011-KLM");
        world().andAgainNothingHappens();
    }

    /** The Audit field told of the first new name as if it had arrived. */
    @Test
    void a_name_that_partner_center_refuses_is_told_as_refused_and_the_rest_travels() {
        String id = crm().newOpportunity(Map.of());
        Map<String, Object> before = world().referralFor(id);
        String referralId = (String) before.get("id");
        String name = crm().field(CrmField.NAME);
        world().partnerCenter().post("/sandbox/settings", Map.of("refuseNamePatch", true));
        try {
            change(id, Map.of(name, "Renamed once", crm().field(CrmField.VALUE), 63_500));
            world().eventually(
                    () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("63500"));
            toldThatTheNameStays(id, "Renamed once", before);
            change(id, Map.of(name, "Renamed twice"));
            toldThatTheNameStays(id, "Renamed twice", before);
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("refuseNamePatch", false));
            // It is remembered for a day otherwise.
            world().restart();
        }
        change(id, Map.of(name, "Renamed at last"));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("name", "Renamed at last"));
        world().andAgainNothingHappens();
    }

    private void toldThatTheNameStays(String id, String wanted, Map<String, Object> before) {
        String name = crm().field(CrmField.NAME);
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id)))
                .contains(name + " stays different (Partner Center " + before.get("name") + ", CRM " + wanted + "): "
                        + "Partner Center takes no new name through its interface; change it there by hand (CS-113)"));
        assertThat(crm().audit(crm().opportunity(id))).doesNotContain(name + " in Partner Center");
        assertThat(world().auditTrail(id).toString()).doesNotContain(name + " in Partner Center");
        assertThat(world().referral((String) before.get("id"))).containsEntry("name", before.get("name"));
        world().andAgainNothingHappens();
    }

    /** Scenarios 5 and 6. */
    @Test
    void a_private_deal_becomes_partner_led_when_it_is_made_visible() {
        String id = crm().newOpportunity(Map.of());
        Map<String, Object> referral = world().referralFor(id);
        assertThat(shared(referral)).isFalse();

        change(id, crm().visibleToMicrosoft());
        world().eventually(() -> assertThat(shared(world().referral((String) referral.get("id")))).isTrue());
        assertThat(world().microsoftReferralsOf(referral)).isEmpty();
        world().andAgainNothingHappens();
    }

    /** Scenario 7. */
    @Test
    void help_chosen_for_a_partner_led_deal_brings_microsoft_into_the_same_engagement() {
        String id = crm().newOpportunity(crm().visibleToMicrosoft());
        Map<String, Object> referral = world().referralFor(id);
        change(id, crm().askForHelp());

        world().eventually(() -> assertThat(world().microsoftReferralsOf(referral)).hasSize(1));
        world().settle();
        assertThat(world().referralsNaming(id)).hasSize(1);
        assertThat(map(world().referral((String) referral.get("id")).get("inviteContext")))
                .containsEntry("assistanceRequestCode", "ProofOfConceptOrDemo");
        world().andAgainNothingHappens();
    }

    /** The deal was closed first, and nobody could be invited into it any more. */
    @Test
    void help_asked_for_and_won_at_once_brings_microsoft_in_before_the_deal_is_won() {
        String id = crm().newOpportunity(Map.of());
        Map<String, Object> referral = world().referralFor(id);
        askAndEnd(id, () -> crm().win(id));

        becomes(referral, "Won");
        assertThat(world().microsoftReferralsOf(referral)).hasSize(1);
        Map<String, Object> own = world().referral((String) referral.get("id"));
        assertThat(shared(own)).isTrue();
        assertThat(map(own.get("inviteContext"))).containsEntry("assistanceRequestCode", "ProofOfConceptOrDemo");
        assertThat(world().parked()).noneMatch(line -> line.contains(id));
        world().andAgainNothingHappens();
    }

    @Test
    void a_deal_is_won_after_all_when_the_sync_broke_off_between_the_invitation_and_the_close() {
        String id = crm().newOpportunity(crm().visibleToMicrosoft());
        Map<String, Object> referral = world().referralFor(id);
        world().partnerCenter().post("/sandbox/faults", Map.of("method", "PATCH", "drop", "before"));
        askAndEnd(id, () -> crm().win(id));

        becomes(referral, "Won");
        assertThat(world().microsoftReferralsOf(referral)).hasSize(1);
        assertThat(world().parked()).noneMatch(line -> line.contains(id));
        world().andAgainNothingHappens();
    }

    /** The deal was closed and shared with Microsoft in one call, and then parked. */
    @Test
    void help_asked_for_and_lost_at_once_brings_nobody_in() {
        String id = crm().newOpportunity(Map.of());
        Map<String, Object> referral = world().referralFor(id);
        askAndEnd(id, () -> crm().lose(id));

        becomes(referral, "Lost");
        assertThat(world().microsoftReferralsOf(referral)).isEmpty();
        assertThat(shared(world().referral((String) referral.get("id")))).isFalse();
        assertThat(world().auditTrail(id).toString())
                .contains("closed without being won, so Microsoft is not asked for help with it");
        assertThat(world().parked()).noneMatch(line -> line.contains(id));
        world().andAgainNothingHappens();
    }

    private void askAndEnd(String id, Runnable end) {
        world().pauseSync();
        change(id, crm().askForHelp());
        end.run();
        world().resumeSync();
    }

    private void becomes(Map<String, Object> referral, String substatus) {
        world().eventually(() -> assertThat(world().referral((String) referral.get("id")))
                .containsEntry("status", "Closed").containsEntry("substatus", substatus));
        world().settle();
    }

    /** Scenario 7 with a private deal, whose contact comes with the request for help. */
    @Test
    void a_private_deal_without_contact_becomes_co_sell_once_help_and_contact_are_there() {
        String id = crm().newOpportunity(crm().withoutContact());
        Map<String, Object> referral = world().referralFor(id);
        writesInPartnerCenter(0, () -> {
            change(id, crm().askForHelp());
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("Not synced")
                    .containsIgnoringCase("contact"));
        });
        // In the very second of our notice: where the contact is no part of the version, the next look at what is parked
        // finds it.
        change(id, contact());

        world().eventually(() -> assertThat(world().microsoftReferralsOf(referral)).hasSize(1));
        Map<String, Object> own = world().referral((String) referral.get("id"));
        assertThat(shared(own)).isTrue();
        assertThat((List<?>) map(own.get("customerProfile")).get("team")).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** The failure stayed the newest line, and the same one was not told when it came back. */
    @Test
    void a_failure_that_is_over_is_told_as_over_and_told_anew_when_it_comes_back() {
        String id = crm().newOpportunity(crm().withoutContact());
        String referralId = (String) world().referralFor(id).get("id");
        for (int time = 1; time <= 2; time++) {
            change(id, crm().askForHelp());
            String failures = "(?s)(.*Not synced){" + time + "}.*";
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).matches(failures));
            world().settle();
            change(id, withoutHelp());
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(id)).lines().findFirst().orElse(""))
                    .contains("Both sides show the same again"));
            world().settle();
        }
        assertThat(world().parked()).noneMatch(line -> line.contains(id));
        assertThat(world().microsoftReferralsOf(world().referral(referralId))).isEmpty();
        world().andAgainNothingHappens();
    }

    /** The CRM went on saying that Microsoft does not see the deal, for good. */
    @Test
    void a_deal_that_is_made_with_a_request_for_help_shows_in_the_crm_that_microsoft_sees_it() {
        Map<String, Object> fields = new HashMap<>(crm().askForHelp());
        fields.putAll(hidden());
        String id = crm().newOpportunity(fields);
        assertThat(shared(world().referralFor(id))).isTrue();
        world().eventually(() -> assertThat(crm().opportunity(id)).containsAllEntriesOf(crm().visibleToMicrosoft()));
        assertThat(crm().audit(crm().opportunity(id))).contains("because Microsoft was asked for help");
        world().andAgainNothingHappens();
    }

    /** Microsoft was given the person with whom the deal was made, whoever had taken over since. */
    @Test
    void help_asked_for_after_the_contact_has_changed_tells_microsoft_of_the_new_one() {
        for (Map<String, Object> made : List.of(Map.<String, Object>of(), crm().visibleToMicrosoft())) {
            String id = crm().newOpportunity(made);
            String referralId = (String) world().referralFor(id).get("id");
            change(id, contact());
            world().settle();
            change(id, account("New owner of " + id));
            change(id, crm().askForHelp());
            world().eventually(
                    () -> assertThat(world().microsoftReferralsOf(world().referral(referralId))).hasSize(1));
            world().settle();
            Map<String, Object> microsofts = world().microsoftReferralsOf(world().referral(referralId)).get(0);
            List<Map<String, Object>> contacts = Api.list(map(microsofts.get("customerProfile")).get("team"));
            assertThat(contacts).hasSize(2);
            assertThat(contacts.get(0)).containsEntry("firstName", "Moira");
            assertThat(crm().audit(crm().opportunity(id)))
                    .contains("Microsoft is asked to turn to Moira Kerr, this opportunity's contact",
                            "though this opportunity's account is New owner of " + id);
            assertThat(world().parked()).noneMatch(line -> line.contains(id));
            world().andAgainNothingHappens();
        }
    }

    /** Partner Center was written, the CRM was not, and of the next look only the field came into the Audit. */
    @Test
    void what_microsoft_is_told_of_the_customer_is_said_although_the_crm_refused_the_first_write() {
        String id = crm().newOpportunity(Map.of());
        String referralId = (String) world().referralFor(id).get("id");
        change(id, contact());
        change(id, account("New owner of " + id));
        world().settle();
        crm().failWrites(id, 1, "A trigger is busy");
        change(id, crm().askForHelp());
        world().eventually(() -> assertThat(world().microsoftReferralsOf(world().referral(referralId))).hasSize(1));
        world().settle();
        assertThat(crm().audit(crm().opportunity(id)))
                .containsOnlyOnce("Microsoft is asked to turn to Moira Kerr, this opportunity's contact")
                .containsOnlyOnce("though this opportunity's account is New owner of " + id);
        world().andAgainNothingHappens();
    }

    /**
     * What the seller entered for the first contact was never sent while another one could be reached, and took the
     * others' place where none could.
     */
    @Test
    void help_for_a_deal_with_two_contacts_completes_the_first_and_keeps_the_other() {
        for (String phone : new String[]{"+44 131 4960001", ""}) {
            String id = crm().newOpportunity(crm().withoutContact());
            String referralId = (String) world().referralFor(id).get("id");
            world().partnerCenter().patch("/sandbox/deals/" + referralId,
                    Map.of("customerProfile", Map.of("team", List.of(
                            Map.of("firstName", "Moira", "lastName", "Kerr", "email", "M.Kerr@northshore.example",
                                    "title", "Head of IT"),
                            Map.of("firstName", "Ann", "lastName", "Lee", "email", "ann@northshore.example",
                                    "phoneNumber", phone)))));
            world().settle();
            Map<String, Object> fields = new HashMap<>(contact());
            fields.putAll(crm().askForHelp());
            change(id, fields);

            world().eventually(
                    () -> assertThat(world().microsoftReferralsOf(world().referral(referralId))).hasSize(1));
            List<Map<String, Object>> contacts = Api.list(
                    map(world().referral(referralId).get("customerProfile")).get("team"));
            assertThat(contacts).extracting(contact -> contact.get("firstName")).containsExactly("Moira", "Ann");
            assertThat(contacts.get(0)).containsEntry("phoneNumber", "+44 131 4960000")
                    .containsEntry("title", "Head of IT");
            assertThat(world().parked()).noneMatch(line -> line.contains(id));
            world().andAgainNothingHappens();
        }
    }

    /** Scenario 24, for a new deal and for an upgrade. */
    @Test
    void a_lost_answer_about_microsofts_referral_leaves_exactly_one() {
        dropAnswer(1);
        String id = crm().newOpportunity(crm().askForHelp());
        Map<String, Object> referral = world().referralFor(id);
        assertThat(world().microsoftReferralsOf(referral)).hasSize(1);

        String other = crm().newOpportunity(crm().visibleToMicrosoft());
        Map<String, Object> upgraded = world().referralFor(other);
        dropAnswer(0);
        change(other, crm().askForHelp());
        world().eventually(() -> assertThat(world().microsoftReferralsOf(upgraded)).hasSize(1));
        world().settle();
        assertThat(world().microsoftReferralsOf(upgraded)).hasSize(1);
        assertThat(world().referralsNaming(id)).hasSize(1);
        assertThat(world().referralsNaming(other)).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** Open question 8: the filter may be refused, and an index may be behind. */
    @Test
    void a_search_that_shows_the_past_after_a_lost_create_makes_no_second_referral() {
        dropAnswer(0);
        world().partnerCenter().post("/sandbox/faults",
                Map.of("method", "GET", "path", REFERRALS, "times", 2, "status", 200,
                        "body", Map.of("value", List.of())));
        String id = crm().newOpportunity(Map.of());
        world().referralFor(id);
        assertThat(world().referralsNaming(id)).hasSize(1);

        world().partnerCenter().post("/sandbox/settings", Map.of("refuseExternalReferenceFilter", true));
        dropAnswer(0);
        String other = crm().newOpportunity(Map.of());
        world().referralFor(other);
        world().partnerCenter().post("/sandbox/settings", Map.of("refuseExternalReferenceFilter", false));
        assertThat(world().referralsNaming(other)).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_deal_is_not_hidden_again_and_help_is_not_taken_back() {
        String visible = crm().newOpportunity(crm().visibleToMicrosoft());
        String helped = crm().newOpportunity(crm().askForHelp());
        world().referralFor(visible);
        world().referralFor(helped);
        writesInPartnerCenter(0, () -> {
            change(visible, hidden());
            change(helped, withoutHelp());
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(visible)))
                    .contains("cannot be hidden from them again"));
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(helped)))
                    .contains("cannot be changed or taken back"));
        });
        world().andAgainNothingHappens();
    }

    @Test
    void the_opportunitys_owner_is_on_the_team_of_a_new_deal() {
        Map<String, Object> referral = world().referralFor(crm().newOpportunity(Map.of()));
        assertThat((List<?>) referral.get("team")).singleElement()
                .satisfies(member -> assertThat(map(member)).containsEntry("firstName", "Sam").containsEntry("lastName",
                        "Seller"));
        world().andAgainNothingHappens();
    }

    @Test
    void a_deal_from_partner_center_belongs_to_the_person_of_its_team_who_is_a_user() {
        Map<String, Object> seller = Map.of("firstName", "Sam", "lastName", "Seller", "phoneNumber", "+44 20 7946 0100",
                "email", crm().sellerEmail().toUpperCase(java.util.Locale.ROOT));
        Map<String, Object> stranger = Map.of("firstName", "Ana", "lastName", "O'Reyes", "phoneNumber", "+1 555 0100",
                "email", "ana.o'reyes@tidewater.example");
        String mine = crm().id(world().opportunityFor(world().newDeal(Map.of("team", List.of(stranger, seller)))));
        String nobodys = crm().id(world().opportunityFor(world().newDeal(Map.of("team", List.of(stranger)))));
        assertThat(crm().ownerEmail(mine)).isEqualTo(crm().sellerEmail());
        assertThat(crm().ownerEmail(nobodys)).isNotEqualTo(crm().sellerEmail());
        world().andAgainNothingHappens();
    }

    // ---- what sellers do
    // ---------------------------------------------------------------------------------------------

    private static final String REFERRALS = "/v1.0/engagements/referrals$";

    /** Fields that say that Microsoft's sellers shall not see the deal. */
    protected abstract Map<String, Object> hidden();

    /** Fields that ask for no help. */
    protected abstract Map<String, Object> withoutHelp();

    /** Another customer. */
    protected abstract Map<String, Object> account(String name);

    /** A primary contact who was missing. */
    protected abstract Map<String, Object> contact();

    protected void change(String id, Map<String, Object> fields) {
        crm().api().patch("/sandbox/opportunities/" + id, fields);
    }

    private static boolean shared(Map<String, Object> referral) {
        return Boolean.TRUE.equals(map(referral.get("consent")).get("consentToShareReferralWithMicrosoftSellers"));
    }

    private void dropAnswer(int skip) {
        world().partnerCenter().post("/sandbox/faults",
                Map.of("method", "POST", "path", REFERRALS, "skip", skip, "drop", "after"));
    }

    private void writesInPartnerCenter(int writes, Runnable story) {
        world().settle();
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        story.run();
        world().settle();
        assertThat(world().partnerCenter().get("/sandbox/stats")).containsEntry("writes", writes);
    }

    /**
     * Partner Center deletes nothing, but shows a referral only to users with the role for its location. The seller
     * read nothing of it.
     */
    @Test
    void a_referral_that_is_gone_is_told_to_the_seller_once_and_the_deal_goes_on_when_it_is_back() {
        String crmId = crm().newOpportunity(Map.of());
        String referralId = (String) world().referralFor(crmId).get("id");
        world().settle();
        world().partnerCenter().post("/sandbox/faults", Map.of("path", "/referrals/" + referralId, "times", 1_000_000,
                "status", 404, "body", Map.of("error", Map.of("code", "itemNotFound", "message", "Not found"))));
        try {
            crm().changeValue(crmId, 41_000);
            world().eventually(() -> assertThat(crm().audit(crm().opportunity(crmId)))
                    .contains("does not show the referral " + referralId, "no longer synced (CS-118)"));
            world().andAgainNothingHappens();
            crm().changeValue(crmId, 42_000);
            world().settle();
            assertThat(crm().audit(crm().opportunity(crmId)).lines().filter(line -> line.contains("no longer synced")))
                    .as("told once").hasSize(1);
        } finally {
            world().partnerCenter().delete("/sandbox/faults");
        }

        crm().changeValue(crmId, 43_000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("43000"));
        world().andAgainNothingHappens();
    }
}
