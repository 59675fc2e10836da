package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.Intents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An instance notes a create, and then waits so long for what the call needs that another one takes it for dead: a slow
 * pace, a new token, a machine that stood still. Both of them shared the deal.
 */
@InWorld(openedBy = "open")
class LateCreateTest {
    private static final String REFERRALS = "/v1.0/engagements/referrals$";

    private World world;

    static World open() throws Exception {
        return new World(Map.of("state.url", ReadyDatabase.postgres(), "partner-center.create-wait", "8s"),
                Path.of("routes"), "salesforce", "dynamics");
    }

    @AfterEach
    void nothing_fails_any_more() {
        world.partnerCenter().delete("/sandbox/faults");
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void a_deal_that_another_instance_made_while_this_one_waited_was_made_a_second_time(String crm) {
        aCreateWaits(0);
        String crmId = world.crm(crm).newOpportunity(Map.of());
        world.eventually(this::itWaits);
        anotherBegins(crm, crmId);
        world.newDeal(Map.of("externalReferenceId", crmId));
        joinedOnce(crm, crmId);
        world.andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void microsoft_was_asked_by_an_instance_that_had_waited_while_another_asked(String crm) {
        try (Log log = Log.from(Level.WARN)) {
            aCreateWaits(1);
            String crmId = world.crm(crm).newOpportunity(world.crm(crm).askForHelp());
            world.eventually(this::itWaits);
            Map<String, Object> own = world.referralsNaming(crmId).get(0);
            anotherBegins("partner-center", "microsoft in " + own.get("engagementId"));
            joinedOnce(crm, crmId);
            assertThat(log.lines()).as("the other's may have arrived").anyMatch(line -> line.contains(
                    "brought Microsoft into the deal of referral " + own.get("id") + " cannot be told yet"));
            assertThat(world.microsoftReferralsOf(own)).hasSize(1);
        }
        world.andAgainNothingHappens();
    }

    /** Until its token is refused; with the next one it is sent again. */
    private void aCreateWaits(int behind) {
        world.partnerCenter().post("/sandbox/faults", Map.of("method", "POST", "path", REFERRALS, "skip", behind,
                "status", 401, "delayMillis", 3000));
    }

    private void itWaits() {
        assertThat(world.partnerCenter().get("/sandbox/faults")).containsEntry("left", 0);
    }

    private void anotherBegins(String system, String key) {
        try (Database books = Database.visit(world.settings().text(Key.STATE_URL), null, null)) {
            Attempt another = new Intents(books, Clock.systemUTC(), Duration.ZERO).begin(system, key);
            assertThat(List.of(another.retry(), another.settled())).containsOnly(true);
        }
    }

    private void joinedOnce(String crm, String crmId) {
        CrmDriver driver = world.crm(crm);
        world.eventually(() -> assertThat(driver.referralId(driver.opportunity(crmId))).isNotNull());
        world.settle();
        assertThat(world.referralsNaming(crmId)).singleElement()
                .satisfies(only -> assertThat(only).containsEntry("id", driver.referralId(driver.opportunity(crmId))));
        assertThat(world.parked()).isEmpty();
    }
}
