package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A system that always fails at one record, or whose answer to its calls is always none, and one that is away. The
 * first was taken for the second: the record was tried each minute for ever, and nobody heard of it.
 */
class ServerErrorStoryTest {
    private static final String REFERRALS = "/v1.0/engagements/referrals";
    private static final int ALWAYS = 1_000_000;
    private static OutsideBroker broker;
    private static World world;
    private static int value = 60_000;

    @BeforeAll
    static void begin() {
        broker = new OutsideBroker();
        Map<String, String> settings = Map.of("broker.url", broker.url, "sync.parked-interval", "1s",
                "sync.breaker-writes", "10000");
        world = new World(settings, Path.of("routes"), "salesforce", "dynamics");
    }

    @AfterAll
    static void end() {
        world.close();
        broker.close();
    }

    @AfterEach
    void nothing_fails_any_more() {
        world.servers().forEach(server -> server.delete("/sandbox/faults"));
        world.crm("salesforce").api().post("/sandbox/settings", Collections.singletonMap("failWrites", null));
    }

    /** @param ids of its opportunities, by CRM */
    private record Deal(String referralId, Map<String, String> ids) {
        static Deal joined() {
            String referralId = world.newDeal(Map.of());
            Map<String, String> ids = new HashMap<>();
            for (String crm : List.of("salesforce", "dynamics")) {
                ids.put(crm, world.crm(crm).id(world.opportunityFor(world.crm(crm), referralId)));
            }
            world.settle();
            return new Deal(referralId, ids);
        }

        String id(CrmDriver crm) {
            return ids.get(crm.name());
        }

        int changesInPortal() {
            Map<String, Object> edit = Map.of("details", Map.of("dealValue", ++value));
            world.partnerCenter().patch("/sandbox/deals/" + referralId, edit);
            return value;
        }

        void isIn(CrmDriver crm, int wanted) {
            world.eventually(() -> assertThat(crm.value(crm.opportunity(id(crm))))
                    .isEqualByComparingTo(String.valueOf(wanted)));
        }

        void isInPortal(int wanted) {
            world.eventually(() -> assertThat(world.valueOf(world.referral(referralId)))
                    .isEqualByComparingTo(String.valueOf(wanted)));
        }
    }

    private static void isParkedWhileOthersGoOn(Deal broken, String id, Runnable others) {
        isParkedWhileOthersGoOn(broken, id, others, "error of its own", "An unexpected error occurred");
    }

    private static void isParkedWhileOthersGoOn(Deal broken, String id, Runnable others, String... words) {
        world.eventually(() -> {
            others.run();
            assertThat(world.parked()).singleElement().asString().contains(id, "(CS-413)").contains(words);
        });
        assertThat(world.auditTrail(broken.referralId())).filteredOn(line -> line.contains("(CS-413)")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void an_opportunity_at_which_each_write_ends_with_an_error_of_the_crm_is_parked_and_goes_on_once_mended(
            String name) {
        CrmDriver crm = world.crm(name);
        Deal broken = Deal.joined();
        Deal other = Deal.joined();
        crm.failWrites(broken.id(crm), Integer.MAX_VALUE, "An unexpected error occurred, ErrorId 1718-2 (93)");
        int wanted = broken.changesInPortal();
        isParkedWhileOthersGoOn(broken, broken.id(crm), other::changesInPortal);
        other.isIn(crm, other.changesInPortal());

        nothing_fails_any_more();
        broken.isIn(crm, wanted);
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        assertThat(world.auditTrail(broken.id(crm))).filteredOn(line -> line.contains("→ " + wanted)).hasSize(1);
        world.andAgainNothingHappens();
    }

    @Test
    void a_referral_at_which_each_write_ends_with_an_error_of_partner_center_is_parked_and_its_seller_is_told() {
        CrmDriver crm = world.crm("dynamics");
        Deal broken = Deal.joined();
        Deal other = Deal.joined();
        world.partnerCenter().post("/sandbox/faults", Map.of("method", "PATCH", "path", REFERRALS + "/"
                + broken.referralId(), "times", ALWAYS, "status", 500, "body", Map.of("error", Map.of("code",
                        "generalException", "message", "An unexpected error occurred"))));
        int wanted = ++value;
        crm.changeValue(broken.id(crm), wanted);
        isParkedWhileOthersGoOn(broken, broken.id(crm), () -> crm.changeValue(other.id(crm), ++value));
        assertThat(crm.audit(crm.opportunity(broken.id(crm)))).contains("Not synced", "(CS-413)");

        nothing_fails_any_more();
        broken.isInPortal(wanted);
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.andAgainNothingHappens();
    }

    /** How all calls are answered that a fault meets. */
    private static Map<String, Object> always(String answer) {
        Map<String, Object> rule = new HashMap<>(Map.of("times", ALWAYS, "status", 200));
        switch (answer) {
            case "a page" -> rule.put("body", "<html><body>Sign in</body></html>");
            case "no record" -> rule.put("body", Map.of());
            case "QUERY_TIMEOUT" -> rule.putAll(Map.of("status", 400, "body", List.of(Map.of("errorCode", answer,
                    "message", "Your query request was running for too long."))));
            case "a redirect" -> rule.putAll(Map.of("status", 307, "headers", Map.of("Location",
                    "http://127.0.0.1:1/caught"), "body", ""));
            default -> rule.put("status", Integer.valueOf(answer));
        }
        return rule;
    }

    /** Each of these counted as an outage, however well all other records fared. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"salesforce, a page, no JSON, query", "salesforce, QUERY_TIMEOUT, running for too long, query",
            "salesforce, a redirect, names another address, query", "dynamics, a page, no JSON, path",
            "dynamics, no record, a row that has no, path", "dynamics, a redirect, names another address, path"})
    void an_opportunity_whose_reads_alone_are_answered_strangely_is_parked_and_goes_on_once_mended(String name,
            String answer, String words, String whereTheIdStands) {
        CrmDriver crm = world.crm(name);
        Deal broken = Deal.joined();
        Deal other = Deal.joined();
        Map<String, Object> rule = always(answer);
        rule.put("method", "GET");
        rule.put(whereTheIdStands, broken.id(crm));
        crm.api().post("/sandbox/faults", rule);
        // An edit in the CRM is read there; what the sync has just written need not be.
        int wanted = ++value;
        crm.changeValue(broken.id(crm), wanted);
        isParkedWhileOthersGoOn(broken, broken.id(crm), () -> crm.changeValue(other.id(crm), ++value), words);
        other.isInPortal(value);

        nothing_fails_any_more();
        broken.isInPortal(wanted);
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "a page", "no record", "a redirect"})
    void a_referral_that_cannot_be_read_is_parked_for_both_crms(String answer) {
        Deal broken = Deal.joined();
        Deal other = Deal.joined();
        Map<String, Object> rule = always(answer);
        rule.putAll(Map.of("method", "GET", "path", REFERRALS + "/" + broken.referralId()));
        world.partnerCenter().post("/sandbox/faults", rule);
        int wanted = broken.changesInPortal();
        world.eventually(() -> {
            other.changesInPortal();
            assertThat(world.parked()).hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains(broken.referralId(), "(CS-413)"));
        });

        nothing_fails_any_more();
        List.of("salesforce", "dynamics").forEach(crm -> broken.isIn(world.crm(crm), wanted));
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.andAgainNothingHappens();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({"salesforce, /services/data, 500", "dynamics, /api/data, 500", "partner-center, /v1.0/engagements, 500",
            "salesforce, /services/data, a page", "dynamics, /api/data, no record",
            "partner-center, /v1.0/engagements, no record", "partner-center, /v1.0/engagements, a redirect"})
    void a_system_all_of_whose_calls_are_answered_like_this_parks_nobody(String system, String path, String answer) {
        List<Deal> deals = List.of(Deal.joined(), Deal.joined());
        Api api = system.equals("partner-center") ? world.partnerCenter() : world.crm(system).api();
        Map<String, Object> rule = always(answer);
        rule.put("path", path);
        api.post("/sandbox/faults", rule);
        List<Integer> wanted;
        try (Log log = Log.from(Level.WARN)) {
            wanted = deals.stream().map(Deal::changesInPortal).toList();
            world.eventually(() -> assertThat(log.lines()).filteredOn(line -> line.contains("waits in the queue"))
                    .hasSizeGreaterThan(45));
        }
        assertThat(world.parked()).isEmpty();

        nothing_fails_any_more();
        for (int number = 0; number < deals.size(); number++) {
            deals.get(number).isIn(world.crm("salesforce"), wanted.get(number));
            deals.get(number).isIn(world.crm("dynamics"), wanted.get(number));
        }
        assertThat(world.parked()).isEmpty();
        world.andAgainNothingHappens();
    }
}
