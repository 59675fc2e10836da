package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A CRM full of deals is met for the first time, and gone through again later. */
@WithSettings({"first-sync=ask", "first-sync-limit=2", "partner-center.sweep-interval=1s",
    "connections.retry-interval=1s"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class BackfillStories extends Stories {
    private static final Map<String, String> OPERATOR = Map.of("Content-Type", "application/json", "X-Requested-With",
            "test");
    private static final Map<String, Integer> NONE = Map.of("portal", 0, "crm", 0);
    /** So many that 0.02 calls for each is one whole call. */
    private static final int MANY = 50;
    /** Records on a page of a list. */
    private static final int PAGE = 200;
    /** Referrals on a page. */
    private static final int PORTAL_PAGE = 100;
    /** More than are worked on at a time. */
    private static final int SOME = 12;

    /** Our secret is refused where the CRM's tokens come from, and those that were given end. */
    protected abstract void signInEnds();

    protected abstract void signInIsGoodAgain();

    private Api management() {
        return new Api(world().settings().number(Key.MANAGEMENT_PORT));
    }

    private Map<String, Object> act(String path, Map<String, Object> body) {
        var answer = management().raw("POST", path, Api.bytes(body), OPERATOR);
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return Api.object(answer.body());
    }

    /** Begins a backfill and waits until it rests. */
    private Map<String, Object> backfill(String source, Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("source", source);
        return rested(act("/api/backfill", wanted));
    }

    private Map<String, Object> dryRun(String source) {
        return backfill(source, Map.of("dryRun", true));
    }

    private Map<String, Object> go(Map<String, Object> job) {
        return rested(act("/api/backfill/" + job.get("id") + "/go", Map.of()));
    }

    private String goIsRefused(Map<String, Object> job) {
        var answer = management().raw("POST", "/api/backfill/" + job.get("id") + "/go", Api.bytes(Map.of()), OPERATOR);
        assertThat(answer.statusCode()).isEqualTo(409);
        return Api.object(answer.body()).toString();
    }

    private Map<String, Object> rested(Map<String, Object> job) {
        Map<String, Object> now = new HashMap<>();
        world().eventually(() -> {
            now.putAll(management().get("/api/backfill/" + job.get("id")));
            assertThat(now.get("phase")).as(now.toString()).isNotIn("COUNTING", "RUNNING");
        });
        return now;
    }

    private List<?> needs() {
        return (List<?>) management().get("/api/overview").get("needsPerson");
    }

    private Map<String, Integer> countedCalls(String what) {
        return Map.of("portal", (Integer) world().partnerCenter().get("/sandbox/stats").get(what),
                "crm", (Integer) crm().api().get("/sandbox/stats").get(what));
    }

    private void resetStats() {
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        crm().api().post("/sandbox/stats/reset", Map.of());
    }

    @Test
    @Order(1)
    void nothing_is_written_before_somebody_saw_the_counts_and_then_a_few_at_once() {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, 3).forEach(number -> ids.add(crm().newOpportunity(Map.of())));
        String faulty = crm().newOpportunity(crm().country("Nowhere"));
        String referralId = world().newDeal(Map.of("name", "Deal of before"));
        resetStats();
        world().settle();

        assertThat(needs())
                .anySatisfy(need -> assertThat(need.toString()).contains("./cosell backfill " + crm().name()))
                .anySatisfy(need -> assertThat(need.toString()).contains("./cosell backfill partner-center"));
        assertThat(HealthCheckRegistry.get(world().camel()).getCheck("first-sync").orElseThrow().call().getDetails()
                .get("warning").toString()).contains("./cosell backfill partner-center");
        assertThat(new String(management().raw("GET", "/observe/metrics", null, Map.of()).body()))
                .as("the first sync is up while it waits, and its figure stayed 0")
                .contains("cosell_alarm{check=\"first-sync\"} 1.0");
        Map<String, Object> forgotten = dryRun(crm().name());
        IntStream.range(0, 2).forEach(number -> dryRun(crm().name()));
        Map<String, Object> counted = dryRun(crm().name());
        assertThat(counted).containsEntry("phase", "COUNTED");
        assertThat(goIsRefused(forgotten)).contains("Count anew");
        assertThat(needs()).anySatisfy(need -> assertThat(need.toString()).contains("./cosell backfill "
                + crm().name()));
        assertThat(map(counted.get("found"))).containsEntry("CREATE", 3).containsEntry("FAULTY", 1).hasSize(2);
        assertThat(counted.get("causes").toString()).contains("cause=CS-");
        Map<String, Object> asked = backfill(crm().name(), Map.of());
        assertThat(asked).containsEntry("phase", "ASKING");
        assertThat(countedCalls("writes")).isEqualTo(NONE);

        Map<String, Object> some = go(asked);
        assertThat(some).as(some.toString()).containsEntry("phase", "ASKING").containsEntry("handed", 2);
        assertThat(some.get("reason").toString()).contains("first-sync-limit");
        assertThat(needs()).anySatisfy(need -> assertThat(need.toString()).contains("first-sync-limit"));
        world().restart();
        Map<String, Object> all = go(some);
        assertThat(all).as(all.toString()).containsEntry("phase", "DONE").containsEntry("otherwise", 0)
                .containsEntry("outcomes", counted.get("found"));
        ids.forEach(id -> assertThat(world().referralFor(id)).isNotNull());
        assertThat(world().parked()).anySatisfy(line -> assertThat(line).contains(faulty));

        assertThat(crm().opportunitiesOf(referralId)).as("of Partner Center nobody has said a word").isEmpty();
        Map<String, Object> referrals = backfill("partner-center", Map.of());
        assertThat(map(referrals.get("found"))).containsEntry("CREATE", 1);
        assertThat(go(referrals)).containsEntry("phase", "DONE").containsEntry("otherwise", 0);
        assertThat(world().opportunityFor(referralId)).isNotNull();
        assertThat(needs().toString()).doesNotContain("backfill");

        String live = world().newDeal(Map.of("name", "Deal of afterwards"));
        assertThat(world().opportunityFor(live)).isNotNull();
        assertThat(world().referralFor(crm().newOpportunity(Map.of()))).isNotNull();
        world().andAgainNothingHappens();
    }

    /**
     * The look at it was made again each second, with a warning each time, and neither the next page was read nor the
     * first sync let go.
     */
    @Test
    @Order(2)
    void a_deal_that_its_system_cannot_read_is_named_and_all_others_are_counted() {
        world().settle();
        world().pauseSync();
        String broken = world().newDeal(Map.of());
        IntStream.range(0, PORTAL_PAGE).forEach(number -> world().newDeal(Map.of("status", "Closed", "substatus",
                "Lost")));
        world().partnerCenter().post("/sandbox/faults",
                Map.of("path", "/referrals/" + broken, "status", 500, "times", 100_000));
        Map<String, Object> counted;
        try (Log log = Log.from(Level.WARN)) {
            counted = dryRun("partner-center");
            assertThat(log.lines()).filteredOn(line -> line.contains("backfill")).singleElement().asString()
                    .contains("rests and goes on by itself", "answered 500");
        }

        assertThat(counted).as(counted.toString()).containsEntry("phase", "COUNTED").containsEntry("toLook", 0);
        assertThat(map(counted.get("found"))).containsEntry("FAULTY", 1).containsEntry("LEFT", PORTAL_PAGE);
        List<Map<String, Object>> faulty = Api.list(management()
                .get("/api/backfill/" + counted.get("id") + "/records?kind=faulty").get("records"));
        assertThat(faulty).singleElement().satisfies(record -> assertThat(record).containsEntry("id", broken)
                .extractingByKey("reason").asString().contains(broken, "answered 500", "(CS-703)"));

        world().partnerCenter().delete("/sandbox/faults");
        world().resumeSync();
        assertThat(world().opportunityFor(broken)).isNotNull();
        world().andAgainNothingHappens();
    }

    /** Camel gave the innermost cause, the client's own, where the fault was meant that says what it is. */
    @Test
    @Order(2)
    void a_connection_that_broke_in_a_look_made_its_deal_a_faulty_one() {
        world().settle();
        world().pauseSync();
        String referralId = world().newDeal(Map.of());
        world().partnerCenter().post("/sandbox/faults",
                Map.of("path", "/referrals/" + referralId, "drop", "before", "times", 2));
        Map<String, Object> counted = dryRun("partner-center");

        assertThat(map(counted.get("found"))).as(counted.toString()).containsEntry("CREATE", 1)
                .doesNotContainKey("FAULTY");
        world().resumeSync();
        assertThat(world().opportunityFor(referralId)).isNotNull();
        world().andAgainNothingHappens();
    }

    @Test
    @Order(3)
    void a_sign_in_that_ends_in_the_middle_has_the_rest_wait_and_each_deal_is_done_once() throws Exception {
        world().settle();
        world().pausePolls(crm());
        List<String> ids = IntStream.range(0, SOME).mapToObj(number -> crm().newOpportunity(Map.of())).toList();
        // So that it is no matter how fast the machine is.
        world().partnerCenter().post("/sandbox/faults", Map.of("method", "POST", "path", "/referrals$", "delayMillis",
                700, "times", SOME));
        try {
            Map<String, Object> job = act("/api/backfill", Map.of("source", crm().name()));
            world().eventually(() -> assertThat(created(ids)).isPositive());
            signInEnds();
            world().eventually(() -> assertThat(List.of(ConnectionStories.state(crm().name()),
                    ConnectionStories.state("partner-center"))).contains("BROKEN"));
            assertThat(management().get("/api/backfill/" + job.get("id"))).containsEntry("phase", "RUNNING");
            assertThat(ids).as("deals that do not know their referral yet").anyMatch(id ->
                    crm().referralId(crm().opportunity(id)) == null);

            signInIsGoodAgain();
            Map<String, Object> done = rested(job);
            assertThat(done).as(done.toString()).containsEntry("phase", "DONE");
        } finally {
            world().resumePolls(crm());
        }
        ids.forEach(id -> assertThat(world().referralFor(id)).containsEntry("externalReferenceId", id));
        assertThat(ids).allSatisfy(id -> assertThat(world().referralsNaming(id)).hasSize(1));
        assertThat(world().parked()).noneMatch(line -> ids.stream().anyMatch(line::contains));
        world().andAgainNothingHappens();
    }

    private long created(List<String> ids) {
        return ids.stream().filter(id -> !world().referralsNaming(id).isEmpty()).count();
    }

    @Test
    @Order(4)
    void what_agrees_costs_no_read_and_what_differs_comes_out_as_foreseen() {
        List<String> ids = IntStream.range(0, MANY).mapToObj(number -> crm().newOpportunity(Map.of())).toList();
        world().eventually(java.time.Duration.ofSeconds(90), () -> assertThat(ids).allSatisfy(id ->
                assertThat(crm().referralId(crm().opportunity(id))).isNotNull()));
        world().settle();
        world().pausePolls(crm());
        try {
            resetStats();
            Map<String, Object> equal = dryRun(crm().name());
            assertThat((Integer) map(equal.get("found")).get("EQUAL")).isGreaterThanOrEqualTo(MANY);
            assertThat(countedCalls("writes")).isEqualTo(NONE);
            int looked = map(equal.get("found")).values().stream().mapToInt(each -> (Integer) each).sum();
            int agreed = (Integer) map(equal.get("found")).get("EQUAL");
            assertThat(countedCalls("total").get("crm")).as("reads for " + agreed + " of " + looked)
                    .isLessThanOrEqualTo(agreed / MANY + 3 * (looked - agreed));

            crm().changeValue(ids.get(0), 77_000);
            Map<String, Object> run = backfill(crm().name(), Map.of());
            assertThat(run).as(run.toString()).containsEntry("phase", "DONE").containsEntry("otherwise", 0);
            assertThat(map(run.get("found"))).containsEntry("UPDATE", 1);
            Map<String, Object> referral = world().referral(crm().referralId(crm().opportunity(ids.get(0))));
            assertThat(world().valueOf(referral)).isEqualByComparingTo(new BigDecimal(77_000));
            Map<String, Object> one = backfill(crm().name(), Map.of("dryRun", true, "since", "2020-01-01", "where",
                    crm().whereValueIs(77_000)));
            assertThat(map(one.get("found"))).containsExactlyEntriesOf(Map.of("EQUAL", 1));
            Map<String, Object> refused = backfill(crm().name(), Map.of("where", "NoSuchField__c = 'x'"));
            assertThat(refused).as(refused.toString()).containsEntry("phase", "FAILED");
        } finally {
            world().resumePolls(crm());
        }
        world().andAgainNothingHappens();
    }

    /** The last one: the copies have no referrals, so the poll rests from here on. */
    @Test
    @Order(5)
    void what_agrees_costs_one_call_for_a_page_of_two_hundred_and_none_beside() {
        world().settle();
        world().pausePolls(crm());
        Set<String> joined = world().ownReferrals().stream().map(id -> world().referral((String) id))
                .map(referral -> (String) referral.get("externalReferenceId")).collect(Collectors.toSet());
        List<String> ids = crm().opportunities().stream().map(crm()::id)
                .sorted(Comparator.comparing(id -> !joined.contains(id))).toList();
        new AgreedCopies(world(), ids).upTo(2 * PAGE + ids.size());
        resetStats();
        Map<String, Object> counted = dryRun(crm().name());
        Map<String, Object> found = map(counted.get("found"));
        int all = found.values().stream().mapToInt(each -> (Integer) each).sum();
        int equal = (Integer) found.get("EQUAL");
        assertThat(equal).as(found.toString()).isGreaterThanOrEqualTo(2 * PAGE);
        assertThat(countedCalls("total").get("crm")).as("reads for " + found)
                .isBetween(all / PAGE, all / PAGE + 1 + 3 * (all - equal));
    }
}
