package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.CheckedSandbox.Outcome;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.CrmField;
import dev.cosell.stories.Drivers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code check} where deals are known on both sides already, as before a move from another tool. */
class KnownDealsCheckTest {
    private static final String NOBODY = "00000000-1111-4222-8333-444444444444";

    @TempDir
    static Path folder;

    private static CheckedSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = new CheckedSandbox(folder);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
    }

    private static CrmDriver driver(String crm) {
        return Drivers.of(crm, sandbox.settings);
    }

    private static String shared(CrmDriver crm, String identifier) {
        Map<String, Object> fields = new HashMap<>(crm.shared(true));
        fields.put(crm.field(CrmField.REFERRAL_IDENTIFIER), identifier);
        return crm.newOpportunity(fields);
    }

    private static String naming(String crmId) {
        return (String) sandbox.partnerCenter.post("/sandbox/deals", Map.of("externalReferenceId", crmId)).get("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void tellsByCountsWhatOneSideSaysOfTheOther(String name) {
        CrmDriver crm = driver(name);
        String lacksIdentifier = shared(crm, null);
        naming(crm.otherSpelling(lacksIdentifier));
        String strange = shared(crm, "REF-123");
        String unknown = shared(crm, NOBODY);
        String twice = shared(crm, null);
        naming(twice);
        naming(twice);
        String missing = name.equals("salesforce") ? "0068d0000000zzzAAA" : NOBODY;
        String lost = naming(missing);
        String right = shared(crm, naming("PO-4711"));
        String off = crm.newOpportunity(crm.shared(false));
        naming(off);
        String outweighed = shared(crm, null);
        shared(crm, naming(outweighed));

        Object writes = crm.api().get("/sandbox/stats").get("writes");
        Outcome outcome = sandbox.check("crms=" + name);

        assertThat(outcome.code()).as(outcome.out()).isZero();
        assertThat(outcome.out()).contains(
                "opportunities with the sync on that a referral names, without its id in their Referral Identifier: 2, ",
                lacksIdentifier,
                "opportunities whose Referral Identifier is no referral's id: 2, ", strange + " (REF-123)",
                unknown + " (" + NOBODY + ")",
                "opportunities that several open referrals name: 1, " + twice,
                "opportunities that a referral names whose id is the Referral Identifier of another: 1, "
                        + outweighed,
                "opportunities that a referral names and that do not exist: 1, " + missing
                        + " (referral " + lost + ")")
                .doesNotContain(right, off);
        assertThat(outcome.out().lines().filter(line -> line.contains("->")).count()).isGreaterThanOrEqualTo(4);
        assertThat(crm.api().get("/sandbox/stats").get("writes")).as("a check changes nothing").isEqualTo(writes);
    }

    private static String engagement(String referralId) {
        return (String) sandbox.partnerCenter.get("/sandbox/deals/" + referralId).get("engagementId");
    }

    /** Whoever cleared the field, as the check advised, got a second referral. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void takesTheIdOfAnEngagementForThatOfItsReferral(String name) {
        CrmDriver crm = driver(name);
        String one = naming("PO-4711");
        String joined = shared(crm, engagement(one));
        String two = naming("PO-4712");
        String right = shared(crm, two);
        String copy = shared(crm, engagement(two).toUpperCase(Locale.ROOT));

        assertThat(sandbox.check("crms=" + name).out()).doesNotContain("is no referral's id", joined)
                .contains("referrals whose id is the Referral Identifier of several opportunities: 1, " + two)
                .contains(right, copy);
    }

    /** The check advised to clear the only thing that tied the referral to its lead. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void takesNoLeadForAnOpportunityThatIsMissing(String name) {
        CrmDriver crm = driver(name);
        String leadId = crm.leads().made("Flowmade Ltd", "Kerr", "kerr@lead.example");
        String inquiry = (String) sandbox.partnerCenter
                .post("/sandbox/leads", Map.of("externalReferenceId", crm.otherSpelling(leadId))).get("id");

        for (String mode : List.of("leads=off", "leads=leads")) {
            assertThat(sandbox.check("crms=" + name, mode).out()).as(mode)
                    .contains("say nothing against each other").doesNotContain(inquiry);
        }
        assertThat(sandbox.check("crms=" + name, "leads=opportunities").out())
                .contains("records that the referral of a lead names and that are no opportunities: 1, ", inquiry,
                        "or start with leads = leads")
                .doesNotContain("do not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void tellsOfAnOpportunityWhoseIdentifierIsThatOfAnotherReferralThanTheOpenOneThatNamesIt(String name) {
        CrmDriver crm = driver(name);
        String closed = naming("PO-4711");
        String crmId = shared(crm, closed);
        sandbox.partnerCenter.patch("/sandbox/deals/" + closed, Map.of("status", "Closed", "substatus", "Lost"));
        naming(crmId);

        assertThat(sandbox.check("crms=" + name).out()).contains(
                "opportunities that an open referral names and whose Referral Identifier is another referral's: 1, "
                        + crmId + " (" + closed + ")");
    }
}
