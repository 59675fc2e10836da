package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application is killed (SIGKILL) again and again while people work on both sides. Nothing may be lost, doubled or
 * written for ever.
 *
 * <p>Partner Center gives up a notification after ten attempts, and nobody can wait for that in a test: what a killed
 * application missed for good is found by the sweep, which therefore runs every two seconds here.
 *
 * <p>Each field is edited on one side only. Two edits of the same field on both sides within one outage are a conflict,
 * and a conflict is decided by the mapping's policy: there is no lost edit to speak of.
 */
@Tag("long")
class CrashStoryTest {
    private static final int DEALS = 20;
    private static final int EDITS = Integer.getInteger("crash.edits", 300);
    private static final int KILLS = Integer.getInteger("crash.kills", 6);
    private static final Duration BETWEEN_EDITS = Duration.ofMillis(90);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CONVERGENCE = Duration.ofSeconds(45);
    /** A look reads every deal on both sides. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final List<DealField> PORTAL_EDITS = List.of(DealField.VALUE, DealField.NOTES);
    private static final List<DealField> CRM_EDITS = List.of(DealField.DATE, DealField.NAME);

    /** One deal as people know it: where it was made, and what they last wrote into each field. */
    private static final class Deal {
        String referralId;
        String crmId;
        final Map<DealField, String> last = new EnumMap<>(DealField.class);
    }

    @TempDir
    Path folder;

    private final List<Deal> deals = new ArrayList<>();
    private Random random;
    private Api portal;
    private Api application;
    private CrmDriver crm;
    private int edits;

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void killed_again_and_again_nothing_is_lost_or_doubled(String crmName) {
        long seed = Long.getLong("crash.seed", 20261122L);
        random = new Random(seed);
        Map<String, String> values = values(crmName);
        Settings settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
        try (Sandbox sandbox = Sandbox.start(SandboxPlan.of(settings, true));
             ChildApplication child = new ChildApplication(values, settings, folder)) {
            open(settings, crmName);
            child.start();
            child.awaitReady();
            makeDeals();
            Instant begun = Instant.now();
            int kills = killWhilePeopleWork(child);
            Instant ended = Instant.now();
            converged(seed);
            nothingIsDoubled();
            new Silence(portal, application, crm.api(), POLL)
                    .andAgainNothingHappens(deals.stream().map(deal -> deal.referralId).toList());
            System.out.printf("%s, seed %d: %d edits on %d deals and %d kills in %d ms, equal %d ms later%n", crmName,
                    seed, edits, deals.size(), kills,
                    Duration.between(begun, ended).toMillis(), Duration.between(ended, Instant.now()).toMillis());
        }
    }

    private Map<String, String> values(String crmName) {
        Map<String, String> values = new HashMap<>(
                Map.of("sandbox", "external", "crms", crmName, crmName + ".poll-interval",
                        POLL.toMillis() + "ms", "partner-center.sweep-interval", "2s", "data.directory",
                        folder.resolve("data").toString()));
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT, Key.SANDBOX_PARTNER_CENTER_PORT,
                DynamicsKey.SANDBOX_PORT,
                SalesforceKey.SANDBOX_PORT);
        return values;
    }

    private void open(Settings settings, String crmName) {
        portal = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        application = new Api(settings.number(Key.HTTP_PORT));
        crm = Drivers.of(crmName, settings);
    }

    // ---- people at work
    // ------------------------------------------------------------------------------------------------

    private void makeDeals() {
        for (int i = 0; i < DEALS; i++) {
            newDealInPortal();
        }
        Awaitility.await("first opportunities").atMost(CONVERGENCE).pollInterval(LOOK).until(() -> {
            deals.forEach(this::complete);
            return deals.stream().allMatch(deal -> deal.crmId != null);
        });
    }

    private int killWhilePeopleWork(ChildApplication child) {
        ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> work = people.scheduleWithFixedDelay(this::edit, 0, BETWEEN_EDITS.toMillis(),
                    TimeUnit.MILLISECONDS);
            int kills = 0;
            while (kills < KILLS) {
                World.pause(100 + random.nextInt(1500));
                child.kill();
                kills++;
                child.start();
                child.awaitReady();
            }
            Awaitility.await("the last edit").atMost(CONVERGENCE).until(work::isDone);
            assertThat(edits).as("edits; an error of a person at work ends them early").isEqualTo(EDITS);
            return kills;
        } finally {
            people.shutdownNow();
        }
    }

    /** Ends by an exception once all edits are made, as scheduled work does. */
    private void edit() {
        if (edits == EDITS) {
            throw new IllegalStateException("done");
        }
        int number = ++edits;
        if (number % 25 == 0) {
            newDealInPortal();
        } else if (number % 40 == 0) {
            newOpportunity();
        } else {
            change(deals.get(number % 3 == 0 ? deals.size() - 1 : number % 7 % deals.size()), number);
        }
    }

    private void newDealInPortal() {
        Deal deal = new Deal();
        deal.referralId = (String) portal.post("/sandbox/deals", Map.of()).get("id");
        deals.add(deal);
    }

    private void newOpportunity() {
        Deal deal = new Deal();
        deal.crmId = crm.newOpportunity(crm.askForHelp());
        deals.add(deal);
    }

    private void change(Deal deal, int number) {
        complete(deal);
        boolean inPortal = deal.crmId == null || deal.referralId != null && number % 2 == 0;
        DealField field = (inPortal ? PORTAL_EDITS : CRM_EDITS).get(number / 2 % 2);
        String value = field.value(number);
        if (inPortal) {
            field.editInPortal(portal, deal.referralId, value);
        } else {
            field.editInCrm(crm, deal.crmId, value);
        }
        deal.last.put(field, value);
    }

    /** Looks up the other side's id of a deal that was made on one side. */
    private void complete(Deal deal) {
        if (deal.crmId == null) {
            crm.opportunitiesOf(deal.referralId).stream().findFirst().ifPresent(found -> deal.crmId = crm.id(found));
        } else if (deal.referralId == null) {
            deal.referralId = crm.referralId(crm.opportunity(deal.crmId));
        }
    }

    // ---- the end
    // -------------------------------------------------------------------------------------------------------

    private void converged(long seed) {
        Awaitility.await("convergence, seed " + seed).atMost(CONVERGENCE).pollInterval(LOOK)
                .untilAsserted(() -> {
            List<String> differences = new ArrayList<>();
            deals.forEach(deal -> differences.addAll(differences(deal)));
            assertThat(differences).isEmpty();
        });
    }

    private List<String> differences(Deal deal) {
        complete(deal);
        if (deal.crmId == null || deal.referralId == null) {
            return List.of("one-sided: " + deal.referralId + " and " + deal.crmId);
        }
        Map<String, Object> referral = portal.get("/sandbox/deals/" + deal.referralId);
        Map<String, Object> opportunity = crm.opportunity(deal.crmId);
        List<String> differences = new ArrayList<>();
        for (DealField field : DealField.values()) {
            String there = field.inPortal(referral);
            String here = field.inCrm(crm, opportunity);
            String wanted = deal.last.getOrDefault(field, there);
            if (!wanted.equals(there) || !wanted.equals(here)) {
                differences.add(field + " of " + deal.referralId + " and " + deal.crmId + ": edited to "
                        + deal.last.get(field) + ", portal " + there
                        + ", CRM " + here);
            }
        }
        return differences;
    }

    private void nothingIsDoubled() {
        List<Map<String, Object>> referrals = portal.list("/sandbox/deals");
        Set<String> known = new HashSet<>();
        deals.forEach(deal -> {
            known.add(deal.referralId);
            assertThat(crm.opportunitiesOf(deal.referralId)).as("opportunities of " + deal.referralId).hasSize(1);
            assertThat(own(referrals).filter(referral -> deal.crmId.equals(referral.get("externalReferenceId"))))
                    .as("referrals of " + deal.crmId)
                    .hasSize(1);
        });
        assertThat(own(referrals).map(referral -> (String) referral.get("id"))).as("own referrals")
                .containsExactlyInAnyOrderElementsOf(known);
        Map<Object, Integer> microsofts = new HashMap<>();
        referrals.stream().filter(CrashStoryTest::microsofts)
                .forEach(referral -> microsofts.merge(referral.get("engagementId"), 1, Integer::sum));
        assertThat(microsofts.values()).as("Microsoft's copies in each engagement").isNotEmpty()
                .allMatch(count -> count == 1);
    }

    private static java.util.stream.Stream<Map<String, Object>> own(List<Map<String, Object>> referrals) {
        return referrals.stream().filter(referral -> !microsofts(referral));
    }

    private static boolean microsofts(Map<String, Object> referral) {
        return "msft".equals(referral.get("organizationId"));
    }
}
