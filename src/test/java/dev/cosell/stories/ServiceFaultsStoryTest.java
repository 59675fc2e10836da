package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cosell.settings.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * What record, log and health say of each kind of refusal by Partner Center, and that the change arrives in the end.
 */
@InWorld(value = "salesforce", settings = "sync.breaker-writes=1000")
class ServiceFaultsStoryTest {
    private static final String HTML = "<html><body>Bad gateway</body></html>";
    private static final Logger JOURNEY = (Logger) LoggerFactory.getLogger("cosell.journey");
    private static World world;
    private static Api management;
    private static ListAppender<ILoggingEvent> log;
    private static String referralId;
    private static String crmId;
    private static int value = 40000;

    @BeforeAll
    static void start() {
        log = new ListAppender<>();
        log.start();
        JOURNEY.addAppender(log);
        management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        referralId = world.newDeal(Map.of());
        crmId = world.crm().id(world.opportunityFor(referralId));
        world.settle();
    }

    @AfterAll
    static void stop() {
        JOURNEY.detachAppender(log);
    }

    private static List<String> logged() {
        return List.copyOf(log.list).stream().map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static String audit() {
        return world.crm().audit(world.crm().opportunity(crmId));
    }

    private static long complaints() {
        return audit().lines().filter(line -> line.contains("Not synced")).count();
    }

    private static void refuse(int status, String body) {
        Map<String, Object> rule = new LinkedHashMap<>(
                Map.of("method", "PATCH", "path", "/referrals/", "status", status, "times", 1));
        switch (body) {
            case "empty" -> { }
            case "html" -> rule.put("body", HTML);
            case "gateway" -> rule.put("body",
                    Map.of("statusCode", 429, "message", "Rate limit is exceeded. Try again in 1 seconds."));
            default -> rule.put("body", Map.of("error", Map.of("code", body, "message", "said by the service")));
        }
        world.partnerCenter().post("/sandbox/faults", rule);
    }

    private static void arrives(int wanted) {
        world.eventually(() -> assertThat(world.valueOf(world.referral(referralId)))
                .isEqualByComparingTo(String.valueOf(wanted)));
    }

    /**
     * The change waits in the queue, nobody is bothered, and it arrives by itself. What 401 and 403 do,
     * {@link ConnectionStories} tells.
     */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            408 | empty               | WARN partner-center answered 408
            429 | gateway             | WARN partner-center answered 429, next call in 1 s
            500 | generalException    | WARN partner-center answered 500: said by the service
            502 | html                | WARN partner-center answered 502: a page of HTML
            503 | serviceNotAvailable | WARN partner-center answered 503: said by the service
            504 | empty               | WARN partner-center answered 504: no reason given
            509 | empty               | WARN partner-center answered 509
            """)
    void what_may_work_later_waits_and_arrives(int status, String body, String line) {
        log.list.clear();
        long complaints = complaints();
        refuse(status, body);
        world.crm().changeValue(crmId, ++value);

        arrives(value);
        world.eventually(() -> assertThat(logged()).anyMatch(text -> text.startsWith(line)));
        assertThat(world.parked()).isEmpty();
        assertThat(complaints()).as("complaints to the seller").isEqualTo(complaints);
        assertThat(management.get("/observe/health")).containsEntry("status", "UP");
    }

    /** The change is decided anew and written at once: nobody is told of the refusal, and nothing waits. */
    @ParameterizedTest
    @CsvSource({"409, empty", "412, preconditionFailed", "423, resourceModified"})
    void what_refuses_because_the_referral_moved_is_written_again_without_a_word(int status, String body) {
        world.settle();
        log.list.clear();
        long complaints = complaints();
        refuse(status, body);
        world.partnerCenter().post("/sandbox/stats/reset", Map.of());
        world.crm().changeValue(crmId, ++value);

        arrives(value);
        world.eventually(() -> assertThat(logged())
                .anyMatch(text -> text.startsWith("INFO salesforce") && text.contains("→ " + value)));
        assertThat(logged()).noneMatch(text -> text.startsWith("WARN"));
        assertThat(Api.map(world.partnerCenter().get("/sandbox/stats").get("calls"))).as("refused and written")
                .containsEntry("PATCH /v1.0/engagements/referrals/{id}", 2);
        assertThat(world.parked()).isEmpty();
        assertThat(complaints()).as("complaints to the seller").isEqualTo(complaints);
        world.andAgainNothingHappens();
    }

    /** The record breaks a rule: it is parked, the seller reads why, and the next change of it tries again. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | invalidRequest | said by the service
            400 | html           | a page of HTML
            404 | itemNotFound   | knows no such record
            422 | invalidRequest | said by the service
            501 | empty          | (501): no reason given
            507 | empty          | (507): no reason given
            """)
    void what_will_not_work_later_parks_the_record_until_it_is_changed(int status, String body, String words) {
        log.list.clear();
        refuse(status, body);
        world.crm().changeValue(crmId, ++value);

        world.eventually(() -> assertThat(world.parked()).singleElement().asString().contains(crmId).contains(words));
        world.eventually(() -> assertThat(audit().lines().findFirst().orElse("")).contains("Not synced").contains(words)
                .doesNotContain("<"));
        world.eventually(() -> assertThat(logged()).anyMatch(
                text -> text.startsWith("WARN salesforce") && text.contains("not synced") && text.contains(words)));
        assertThat(management.get("/observe/health")).containsEntry("status", "UP");

        world.crm().changeValue(crmId, ++value);
        arrives(value);
        world.eventually(() -> assertThat(world.parked()).isEmpty());
    }
}
