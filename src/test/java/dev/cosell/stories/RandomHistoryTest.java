package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens, both sides end equal, nothing is doubled and then there is silence. Other and more seeds:
 * {@code -Dhistory.seeds=17,18,19} or {@code -Dhistory.seeds=100-150}; one CRM with {@code -Dhistory.crm=dynamics}.
 *
 * <p>The sweep runs every two seconds: it is the product's answer to notifications that never came.
 */
class RandomHistoryTest {
    private static final String SEEDS = "1-2";
    private static final Duration CONVERGENCE = Duration.ofSeconds(60);
    private static World running;

    static Stream<Arguments> histories() {
        return Stream.of("salesforce", "dynamics").filter(crm -> crm.equals(System.getProperty("history.crm", crm)))
                .flatMap(crm -> seeds().mapToObj(seed -> Arguments.of(crm, seed)));
    }

    private static LongStream seeds() {
        return Stream.of(System.getProperty("history.seeds", SEEDS).split(",")).flatMapToLong(part -> {
            String[] ends = part.strip().split("-");
            return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        });
    }

    /** The histories of a CRM follow each other in one world; the deals of the earlier ones stay as they are. */
    private static World world(String crm) {
        if (running != null && !running.crm().name().equals(crm)) {
            close();
        }
        if (running == null) {
            running = new World(Map.of("partner-center.sweep-interval", "2s", "sync.brake-share", "100"),
                    Path.of("routes"), crm);
        }
        return running;
    }

    @AfterAll
    static void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void every_history_ends_equal_and_silent(String crm, long seed) {
        World world = world(crm);
        Set<Object> earlier = Set.copyOf(world.ownReferrals());
        History history = new History(world, seed);
        try {
            history.live();
            Instant ended = Instant.now();
            Awaitility.await().atMost(CONVERGENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() ->
                    assertThat(differences(world, history)).isEmpty());
            world.settle();
            assertThat(differences(world, history)).isEmpty();
            assertThat(world.parked()).as("parked").isEmpty();
            nothingIsDoubled(world, history, earlier);
            world.andAgainNothingHappens();
            System.out.printf("%s, seed %d: equal and silent %d ms after the end%n", crm, seed,
                    Duration.between(ended, Instant.now()).toMillis());
        } catch (Throwable failed) {
            System.out.println("FAILED " + crm + " seed " + seed + ": " + failed.getMessage() + "\n" + history);
            close();
            throw failed;
        }
    }

    private static List<String> differences(World world, History history) {
        List<String> differences = new ArrayList<>();
        for (History.Deal deal : history.deals()) {
            history.complete(deal);
            if (deal.crmId == null || deal.referralId == null) {
                differences.add("deal " + deal.number + " is one-sided: " + deal.referralId + " and " + deal.crmId);
            } else if (deal.closed) {
                differences.addAll(closed(world, deal));
            } else {
                differences.addAll(open(world, deal));
            }
        }
        return differences;
    }

    private static List<String> open(World world, History.Deal deal) {
        Map<String, Object> referral = world.referral(deal.referralId);
        Map<String, Object> opportunity = world.crm().opportunity(deal.crmId);
        List<String> differences = new ArrayList<>();
        for (DealField field : DealField.values()) {
            String there = field.inPortal(referral);
            String here = field.inCrm(world.crm(), opportunity);
            if (!there.equals(here)) {
                differences.add("deal " + deal.number + ": " + field + " is " + there + " in the portal and " + here
                        + " in the CRM");
            } else if (!lastEdits(deal, field).isEmpty() && !lastEdits(deal, field).contains(here)) {
                differences.add("deal " + deal.number + ": " + field + " is " + here + " again, but was last edited to "
                        + lastEdits(deal, field));
            }
        }
        if (!deal.crmId.equals(referral.get("externalReferenceId"))) {
            differences.add("deal " + deal.number + ": the referral does not name its opportunity");
        }
        return differences;
    }

    /**
     * The last edit of each side, but for one that both sides showed before the other edit: when both edited a field at
     * once, the mapping decides whose stays, but no older value may come back.
     */
    private static Set<String> lastEdits(History.Deal deal, DealField field) {
        return Stream.of(deal.lastInPortal.get(field), deal.lastInCrm.get(field)).filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /**
     * Closed is final in Partner Center, and Dynamics 365 locks what is closed: a last edit of the other side may be
     * refused by rule.
     */
    private static List<String> closed(World world, History.Deal deal) {
        Map<String, Object> referral = world.referral(deal.referralId);
        Map<String, Object> opportunity = world.crm().opportunity(deal.crmId);
        boolean asWanted = "Closed".equals(referral.get("status"))
                && (deal.won ? "Won" : "Lost").equals(referral.get("substatus"))
                && (deal.won ? world.crm().won(opportunity) : world.crm().lost(opportunity));
        return asWanted ? List.of()
                : List.of("deal " + deal.number + ", closed as " + (deal.won ? "won" : "lost") + ": "
                        + referral.get("status") + "/" + referral.get("substatus")
                        + " in the portal, in the CRM "
                        + (world.crm().won(opportunity) ? "won" : world.crm().lost(opportunity) ? "lost" : "open"));
    }

    private static void nothingIsDoubled(World world, History history, Set<Object> earlier) {
        Set<Object> known = new HashSet<>(earlier);
        for (History.Deal deal : history.deals()) {
            known.add(deal.referralId);
            assertThat(world.crm().opportunitiesOf(deal.referralId)).as("opportunities of deal " + deal.number)
                    .hasSize(1);
            assertThat(world.microsoftReferralsOf(world.referral(deal.referralId)))
                    .as("Microsoft's copies of deal " + deal.number)
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(world.ownReferrals()).as("own referrals").containsExactlyInAnyOrderElementsOf(known);
    }
}
