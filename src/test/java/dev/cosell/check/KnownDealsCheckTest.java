package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.CheckedSandbox.Outcome;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.CrmField;
import dev.cosell.stories.Drivers;
import java.nio.file.Path;
import java.util.HashMap;
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
}
