package dev.cosell.partnercenter.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.http.Answer;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.Watermarks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two instances on one database say of the one registration; each turn is taken by either. */
class WebhookRegistrationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final String OURS = "https://sync.tidewater.example/webhooks/partner-center";
    private static final String OTHERS = "https://other.example/hook";
    private static final Set<String> EVENTS = Set.of("referral-created");

    @TempDir
    Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(ReadyDatabase.h2(folder.resolve("cosell")), null, null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** One of the two at a moment, with what it has said so far. */
    private void looks(RegistrationStatus instance, int minutes, String holder) {
        Clock clock = Clock.fixed(NOW.plus(Duration.ofMinutes(minutes)), ZoneOffset.UTC);
        Watermarks watermarks = new Watermarks(database, clock);
        new WebhookRegistration(new RegistrationWish(OURS, "", true, false, Registrar.of("app")), Duration.ofHours(1),
                Duration.ofMinutes(10), instance, new WebhookRegistration.SharedLook(() -> watermarks.read("look"),
                        next -> watermarks.advance("look", next)), clock)
                .decide(new Answer(200, Map.of(), Map.of("WebhookUrl", holder, "WebhookEvents", List.copyOf(EVENTS),
                        "SignatureTokenToMsSignatureHeader", true), ""), EVENTS);
    }

    private RegistrationStatus instance() {
        Watermarks watermarks = new Watermarks(database, Clock.systemUTC());
        return new RegistrationStatus(new RegistrationStatus.FoundRight(() -> watermarks.read("right"),
                found -> watermarks.advance("right", found)));
    }

    /** It is asked by the watch over alerts of every instance, and told again and again. */
    @Test
    void an_alarm_stayed_with_the_instance_that_raised_it_when_another_one_found_it_mended() {
        RegistrationStatus one = instance();
        RegistrationStatus other = instance();
        looks(other, -60, OURS);
        looks(one, 0, OTHERS);
        assertThat(one.alarm()).as("the other found it right before").contains("other.example");
        assertThat(other.alarm()).isEmpty();

        looks(other, 60, OURS);
        assertThat(one.alarm()).isEmpty();
        assertThat(one.state()).isEqualTo("Partner Center sends its notifications to " + OURS);
        assertThat(one.checked()).isEqualTo(NOW.plus(Duration.ofHours(1)));

        looks(other, 120, OTHERS);
        assertThat(other.alarm()).contains("other.example");
        assertThat(one.alarm()).as("it has not looked").isEmpty();
        looks(one, 180, OTHERS);
        assertThat(one.alarm()).isNotEmpty();
        looks(one, 240, OURS);
        assertThat(other.alarm()).isEmpty();
    }

    /** What it had found right counted as later than the alarm for as long as its clock had been ahead. */
    @Test
    void an_alarm_was_over_at_once_where_a_clock_that_was_ahead_had_found_the_registration_right_before() {
        RegistrationStatus one = instance();
        looks(instance(), 20 * 24 * 60, OURS);
        looks(one, 0, OTHERS);
        assertThat(one.alarm()).contains("other.example");
        looks(instance(), 10, OURS);
        assertThat(one.alarm()).isEmpty();
    }

    private WebhookRegistration at(AtomicReference<Instant> now) {
        Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
        Watermarks watermarks = new Watermarks(database, clock);
        return new WebhookRegistration(new RegistrationWish(OURS, "", true, false, Registrar.of("app")),
                Duration.ofHours(1), Duration.ofMinutes(10), instance(),
                new WebhookRegistration.SharedLook(() -> watermarks.read("look"),
                        next -> watermarks.advance("look", next)), clock);
    }

    private static void isRight(WebhookRegistration registration) {
        assertThat(registration.decide(new Answer(200, Map.of(), Map.of("WebhookUrl", OURS, "WebhookEvents",
                List.copyOf(EVENTS), "SignatureTokenToMsSignatureHeader", true), ""), EVENTS)).isNull();
    }

    /** Nobody looked at the registration for as long as the clock had been ahead. */
    @Test
    void a_look_that_a_clock_which_was_ahead_has_dated_is_due() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        WebhookRegistration one = at(now);
        isRight(one);
        assertThat(one.due()).isFalse();
        now.set(NOW.plus(Duration.ofDays(20)));
        isRight(one);
        WebhookRegistration another = at(now);
        isRight(another);
        now.set(NOW);
        assertThat(one.due()).isTrue();
        isRight(one);
        assertThat(one.due()).isFalse();
        assertThat(another.due()).as("the other has looked").isFalse();
        now.set(NOW.plus(Duration.ofHours(1)));
        assertThat(one.due()).isTrue();
    }

    @Test
    void an_alarm_stays_while_the_database_is_away() {
        RegistrationStatus one = instance();
        looks(one, 0, OTHERS);
        database.close();
        assertThat(one.alarm()).contains("other.example");
    }
}
