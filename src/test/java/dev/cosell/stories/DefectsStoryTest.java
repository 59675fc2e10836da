package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
