package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.verbs.Fault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A record is parked for the fifth defect in a row, not for the fifth delivery: an outside broker counts outages and
 * deaths as well.
 */
class DefectsStoryTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");
    private static final int OUTAGES = 14;

    /** How many are still to come, for each CRM. */
    private final Map<Object, AtomicInteger> defects = Map.of("salesforce", new AtomicInteger(), "dynamics",
            new AtomicInteger());
    private OutsideBroker broker;
    private World world;

    @BeforeEach
    void begin() throws Exception {
        broker = new OutsideBroker();
        world = new World(Map.of("broker.url", broker.url), Path.of("routes"), "salesforce", "dynamics");
        AdviceWith.adviceWith(world.camel(), "reconcile",
                route -> route.weaveById("decide").before().process(exchange -> {
            if (defects.get(exchange.getVariable("crm")).getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("a mistake of ours");
            }
        }));
    }

    private void defects(int ofEach) {
        defects.values().forEach(left -> left.set(ofEach));
    }

    @AfterEach
    void end() {
        world.close();
        broker.close();
    }

    @Test
    void outages_use_up_no_attempt_and_five_defects_in_a_row_park() {
        world.pauseSync();
        String unlucky = world.newDeal(Map.of());
        world.partnerCenter().post("/sandbox/faults",
                Map.of("method", "GET", "path", "/referrals/" + unlucky, "status", 503, "times", OUTAGES));
        defects(3);
        world.resumeSync();

        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), unlucky));
        assertThat(defects.values()).allSatisfy(left -> assertThat(left).hasValue(0));
        world.settle();
        assertThat(world.parked()).isEmpty();

        defects(1000);
        String impossible = world.newDeal(Map.of());
        world.eventually(() -> assertThat(world.parked()).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(impossible, "internal defect")));
        defects(0);
        world.operations().retryAllParked();
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), impossible));
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.andAgainNothingHappens();
    }

    /** It was tried for ever, and nobody was told. */
    @Test
    void a_write_that_is_refused_for_ever_as_if_the_record_had_moved_is_parked_and_told() {
        String deal = world.newDeal(Map.of());
        String opportunity = world.crm("salesforce").id(world.opportunityFor(world.crm("salesforce"), deal));
        world.opportunityFor(world.crm("dynamics"), deal);
        world.settle();
        world.partnerCenter().post("/sandbox/faults",
                Map.of("method", "PATCH", "path", "/referrals/" + deal, "status", 409, "times", 10_000));
        world.crm("salesforce").changeValue(opportunity, 77_000);
        world.eventually(() -> assertThat(world.parked()).hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(deal, "(CS-412)",
                        "each write was refused for ten minutes")));
        assertThat(world.crm("salesforce").audit(world.crm("salesforce").opportunity(opportunity)))
                .contains("(CS-412)");

        world.partnerCenter().delete("/sandbox/faults");
        world.operations().retryAllParked();
        world.eventually(() -> assertThat(world.valueOf(world.referral(deal))).isEqualByComparingTo("77000"));
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.andAgainNothingHappens();
    }

    /** Its notice was refused as well, and the record was parked by nobody. */
    @Test
    void an_opportunity_that_refuses_each_write_and_the_notice_too_is_parked_in_our_own_books() {
        CrmDriver dynamics = world.crm("dynamics");
        String deal = world.newDeal(Map.of());
        String opportunity = dynamics.id(world.opportunityFor(dynamics, deal));
        world.opportunityFor(world.crm("salesforce"), deal);
        world.settle();
        dynamics.api().post("/sandbox/faults",
                Map.of("method", "PATCH", "path", "/opportunities\\(" + opportunity, "status", 412, "times", 10_000));
        world.partnerCenter().patch("/sandbox/deals/" + deal, Map.of("details", Map.of("dealValue", 78_000)));
        world.eventually(() -> assertThat(world.parked()).hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(deal, "(CS-412)")));

        dynamics.api().delete("/sandbox/faults");
        world.operations().retryAllParked();
        world.eventually(() -> assertThat(dynamics.value(dynamics.opportunity(opportunity)))
                .isEqualByComparingTo("78000"));
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.andAgainNothingHappens();
    }

    /** Each delivery wrote three errors of Camel's with stack traces, and not that the change waits. */
    @Test
    void a_seller_who_cannot_be_told_in_an_outage_is_told_afterwards_and_the_log_says_so_in_a_line() {
        CrmDriver driver = world.crm("dynamics");
        Map<String, Object> outage = new HashMap<>(driver.writeCall());
        outage.putAll(Map.of("status", 503, "times", 2));
        driver.api().post("/sandbox/faults", outage);
        String opportunity;
        try (Log log = Log.from(Level.WARN)) {
            opportunity = driver.newOpportunity(driver.country("GBR"));
            world.eventually(() -> assertThat(world.parked()).hasSize(1));
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN"))
                    .anySatisfy(line -> assertThat(line).contains("the change waits in the queue"));
            assertThat(log.lines()).noneSatisfy(line -> assertThat(line).startsWith("ERROR"));
        }
        assertThat(driver.audit(driver.opportunity(opportunity))).contains("Not synced: ");
        world.andAgainNothingHappens();
    }

    /** The next delivery believed that a referral may have been made, and waited a minute. */
    @Test
    void a_sales_team_that_could_not_be_read_is_no_create_of_unknown_outcome() throws Exception {
        AtomicInteger outages = new AtomicInteger(2);
        AdviceWith.adviceWith(world.camel(), "create-referral",
                route -> route.weaveById("read-sales-team").before().process(exchange -> {
                    if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new Fault.Transient("the CRM", "is away");
                    }
                }));
        try (Log log = Log.from(Level.WARN)) {
            String opportunity = world.crm("salesforce").newOpportunity(world.crm("salesforce").shared(true));
            world.eventually(() -> assertThat(world.referralsNaming(opportunity)).hasSize(1));
            assertThat(outages).hasValue(0);
            assertThat(log.lines()).noneSatisfy(line -> assertThat(line).contains("cannot be told yet"));
        }
        world.andAgainNothingHappens();
    }
}
