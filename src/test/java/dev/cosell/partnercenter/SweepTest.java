package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.http.CallRate;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Listing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweep on tenants that take its questions, and on those that refuse them. */
class SweepTest {
    private static final String LIST = "GET /v1.0/engagements/referrals";
    private static final int SYNCS = 3;
    private static final String POSITION = "2026-03-04T05:06:07Z";
    private PartnerCenterFixture fixture;

    @BeforeEach
    void start() {
        fixture = new PartnerCenterFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private List<Changes.Change> read(String from) {
        List<Changes.Change> changes = new ArrayList<>();
        Changes page = new Changes(List.of(), from, true);
        while (page.more()) {
            page = (Changes) fixture.verb("changes", page.position());
            changes.addAll(page.changes());
        }
        return changes;
    }

    /**
     * Whatever is refused, an old deal that changed now is found among newer ones, and the next read asks no refused
     * question again.
     */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"refuseUpdatedFilter\":true}", "{\"refuseOrder\":true}",
            "{\"refuseUpdatedFilter\":true,\"refuseOrder\":true}"})
    void a_change_is_found_whatever_the_tenant_refuses(String tenant) {
        Map<String, Object> old = fixture.client.deal("{}");
        for (int i = 0; i < 130; i++) {
            fixture.client.deal("{}");
        }
        fixture.client.settings(tenant);
        String position = Instant
                .parse((String) fixture.client.control("GET", "deals/latest", null).json().get("updatedDateTime"))
                .plusSeconds(400).toString();
        assertThat(read(position)).as("nothing since").isEmpty();

        assertThat(read(null)).as("a full pass").hasSize(131);
        Map<String, Object> changed = fixture.client
                .control("PATCH", "deals/" + old.get("id"), "{\"name\":\"Changed late\"}").json();
        String before = Instant.parse((String) changed.get("updatedDateTime")).minusMillis(1)
                .plus(Duration.ofMinutes(5)).toString();
        int calls = fixture.client.calls(LIST);
        assertThat(read(before)).contains(new Changes.Change((String) changed.get("id"), (String) changed.get("eTag")));
        assertThat(fixture.client.calls(LIST) - calls).as("pages, no refusal among them").isLessThanOrEqualTo(2);
    }

    /** Its query was asked of our own address alone: the first reading of everything never came to its end. */
    @Test
    void a_further_page_that_is_at_the_path_of_its_link_alone_is_read_there() {
        IntStream.range(0, 231).forEach(number -> fixture.client.deal("{}"));
        fixture.client.settings("{\"nextLinkOnItsOwnPath\":true}");
        int calls = fixture.client.calls(LIST);
        assertThat(read(null)).hasSize(231);
        assertThat(fixture.client.calls(LIST) - calls).as("three pages, one of them looked for twice").isEqualTo(4);
        fixture.verb("sweep", null);
        assertThat(fixture.hints).hasSize(231);
    }

    @Test
    void a_list_with_a_condition_goes_on_at_the_path_of_its_links_too() {
        IntStream.range(0, 131).forEach(number -> fixture.client.deal("{}"));
        fixture.client.settings("{\"nextLinkOnItsOwnPath\":true}");
        String next = ((Changes) fixture.verb("changes", null)).position().split(" ", 4)[3];
        Changes page = (Changes) fixture.verb("list", new Listing(null, "status eq 'Active'", next));
        assertThat(page.changes()).hasSize(31);
        assertThat(page.more()).isFalse();
    }

    @Test
    void a_refusal_for_another_reason_ends_the_read() {
        fixture.client.control("POST", "faults", "{\"path\":\"referrals\",\"status\":400,\"times\":9}");
        assertThatThrownBy(() -> read(Instant.now().toString())).isInstanceOf(Fault.Data.class);
    }

    @Test
    void everything_is_read_once_a_day_and_otherwise_what_is_new() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        Sweep sweep = new Sweep(Duration.ofDays(1), changes -> changes, changes -> { }, fixture.index(),
                Clock.fixed(now, ZoneOffset.UTC));
        assertThat(sweep.due(POSITION, now.toString(), null)).as("nobody knows yet what the referrals name")
                .isNotNull();
        fixture.verb("sweep", null);
        assertThat(sweep.due(POSITION, null, null)).isNotNull();
        assertThat(sweep.due(POSITION, now.minus(Duration.ofHours(25)).toString(), null)).startsWith(now.toString());
        assertThat(sweep.due(POSITION, now.minus(Duration.ofHours(23)).toString(), null)).isNull();
        assertThat(sweep.due(null, now.minus(Duration.ofHours(23)).toString(), "-"))
                .as("there was no referral yet, so there is nothing to go on from").startsWith(now.toString());
    }

    /** An hour lies between one hundred and the next. */
    private void hundredsOfDeals(int pages) {
        for (int page = 0; page < pages; page++) {
            IntStream.range(0, 100).forEach(number -> fixture.client.deal("{}"));
            fixture.there.setAhead(fixture.there.ahead().plusHours(1));
        }
    }

    /** With two thousand pages, of which one in a thousand failed, seven of eight reads broke off and began anew. */
    @Test
    void a_read_of_everything_goes_on_where_it_broke_off() {
        int pages = 5;
        hundredsOfDeals(pages);
        for (int read = 0; read < pages; read++) {
            fixture.client.control("POST", "faults", "{\"path\":\"referrals\",\"status\":500,\"skip\":2}");
            try {
                fixture.verb("sweep", null);
            } catch (Fault.Transient brokeOff) {
                assertThat(fixture.positions.read("partner-center-full")).isNull();
            }
            fixture.client.control("DELETE", "faults", null);
        }
        assertThat(fixture.positions.read("partner-center-full")).isNotNull();
        assertThat(fixture.hints.stream().map(Hint::id).distinct()).hasSize(100 * pages);
        fixture.positions.forget();
        fixture.hints.clear();
        fixture.verb("sweep", null);
        assertThat(fixture.hints).as("from the beginning").hasSize(100 * pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"refuseUpdatedFilter\":true}", "{\"refuseOrder\":true}"})
    void a_read_that_broke_off_misses_nothing_whatever_the_tenant_refuses(String tenant) {
        fixture.client.settings(tenant);
        Map<String, Object> changed = fixture.client.deal("{}");
        hundredsOfDeals(4);
        fixture.client.control("PATCH", "deals/" + changed.get("id"), "{\"name\":\"Changed late\"}");
        fixture.client.control("POST", "faults", "{\"path\":\"referrals\",\"status\":500,\"skip\":3}");
        assertThatThrownBy(() -> fixture.verb("sweep", null)).isInstanceOf(Fault.Transient.class);
        fixture.verb("sweep", null);
        assertThat(fixture.positions.read("partner-center-full")).isNotNull();
        assertThat(fixture.hints.stream().map(Hint::id).distinct()).hasSize(401);
    }

    /** What was handed over before a person let the system go was left alone. */
    @Test
    void a_system_that_is_let_go_while_everything_is_read_is_read_from_the_beginning() {
        hundredsOfDeals(2);
        fixture.client.control("POST", "faults", "{\"path\":\"referrals\",\"status\":500,\"skip\":1}");
        assertThatThrownBy(() -> fixture.verb("sweep", null)).isInstanceOf(Fault.Transient.class);
        fixture.hints.clear();
        List<String> crms = List.of("salesforce");
        new FirstSync(fixture.database, crms).done(FirstSync.PARTNER_CENTER, crms);
        fixture.verb("sweep", null);
        assertThat(fixture.hints).hasSize(200);
    }

    @Test
    void that_not_everything_was_read_for_long_is_an_alarm() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Sweep sweep = new Sweep(Duration.ofDays(1), changes -> changes, changes -> { }, fixture.index(),
                ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        assertThat(sweep.overdue()).as("nothing has begun").isEmpty();
        sweep.due(POSITION, null, null);
        assertThat(sweep.overdue()).isEmpty();
        now.updateAndGet(before -> before.plus(Duration.ofHours(49)));
        assertThat(sweep.overdue()).contains("no referral is created");
        fixture.positions.advance("partner-center-full", now.get().toString());
        assertThat(sweep.overdue()).isEmpty();
        now.updateAndGet(before -> before.plus(Duration.ofHours(49)));
        assertThat(sweep.overdue()).contains("Not all referrals").doesNotContain("no referral is created");
    }

    /** Everything was read again only when the time had come by which the clock had been ahead, and nobody was told. */
    @Test
    void a_clock_that_was_ahead_once_put_the_read_of_everything_off() {
        Instant today = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(today.plus(Duration.ofDays(20)));
        Sweep sweep = new Sweep(Duration.ofDays(1), changes -> changes, changes -> { }, fixture.index(),
                ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        fixture.verb("sweep", null);
        String ahead = now.get().toString();
        fixture.positions.advance("partner-center-full", ahead);
        assertThat(sweep.due(POSITION, ahead, null)).as("just read").isNull();

        now.set(today);
        assertThat(sweep.due(POSITION, ahead, now.get().plus(Duration.ofDays(19)) + " -"))
                .as("nor does the one go on that broke off then").startsWith(today.toString());
        assertThat(sweep.overdue()).isEmpty();
        now.set(today.plus(Duration.ofHours(49)));
        assertThat(sweep.overdue()).contains("Not all referrals", "read since " + today)
                .doesNotContain("no referral is created");
    }

    @Test
    void a_full_pass_is_noted_when_it_is_through() {
        fixture.client.deal("{}");
        fixture.queueFault.set(new IllegalStateException("queue down"));
        assertThatThrownBy(() -> fixture.verb("sweep", null));
        assertThat(fixture.positions.read("partner-center-full")).isNull();
        fixture.queueFault.set(null);
        fixture.verb("sweep", null);
        String full = fixture.positions.read("partner-center-full");
        assertThat(full).isNotNull();
        fixture.verb("sweep", null);
        assertThat(fixture.positions.read("partner-center-full")).isEqualTo(full);
    }

    /** The first of its pages failed, and all pages before it had to be read again: it never came to its end. */
    @Test
    void everything_is_read_though_syncs_take_every_call_as_soon_as_it_is_free() {
        CallRate rate = new CallRate("partner-center", 60, Clock.systemUTC());
        ScheduledExecutorService syncs = Executors.newScheduledThreadPool(SYNCS);
        try (PartnerCenterFixture busy = new PartnerCenterFixture(rate, Clock.systemUTC())) {
            IntStream.range(0, 250).forEach(number -> busy.client.deal("{}"));
            IntStream.range(0, SYNCS).forEach(number -> syncs.scheduleWithFixedDelay(() -> asks(rate), 0, 5,
                    TimeUnit.MILLISECONDS));
            busy.verb("sweep", null);
            assertThat(busy.hints).hasSize(250);
        } finally {
            syncs.shutdownNow();
        }
    }

    private static void asks(CallRate rate) {
        try {
            rate.awaitFirst(() -> false);
        } catch (Fault.Throttled usedUp) {
            // Its hint goes back to the queue, and the next one asks.
        }
    }

    @Test
    void a_change_is_found_though_each_read_of_everything_breaks_off() {
        Map<String, Object> old = fixture.client.deal("{}");
        IntStream.range(0, 130).forEach(number -> fixture.client.deal("{}"));
        fixture.verb("sweep", null);
        fixture.hints.clear();
        Map<String, Object> changed = fixture.client
                .control("PATCH", "deals/" + old.get("id"), "{\"name\":\"Changed late\"}").json();
        fixture.positions.advance("partner-center", Instant.parse((String) changed.get("updatedDateTime"))
                .minusMillis(1).plus(Duration.ofMinutes(5)).toString());
        fixture.database.client().sql("DELETE FROM watermark WHERE source LIKE 'partner-center-full%'").update();

        fixture.client.control("POST", "faults", "{\"path\":\"referrals\",\"status\":500,\"skip\":1}");
        assertThatThrownBy(() -> fixture.verb("sweep", null)).isInstanceOf(Fault.Transient.class);
        assertThat(fixture.hints).extracting(Hint::version).contains((String) changed.get("eTag"));
        assertThat(fixture.positions.read("partner-center-full")).isNull();
        fixture.verb("sweep", null);
        assertThat(fixture.positions.read("partner-center-full")).isNotNull();
    }

    /** A referral without a link is known by this alone; each month it was read and audited anew. */
    @Test
    void what_was_handled_is_no_news_as_long_as_everything_is_read() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (PartnerCenterFixture own = new PartnerCenterFixture(new CallRate("partner-center", 0, Clock.systemUTC()),
                ((InstantSource) now::get).withZone(ZoneOffset.UTC))) {
            own.client.deal("{}");
            own.verb("sweep", null);
            own.hints.forEach(hint -> own.seen.add(SeenVersions.key("salesforce", hint.system(), hint.id(),
                    hint.version())));
            assertThat(own.hints).hasSize(1);
            for (int days = 0; days < 60; days += 10) {
                now.updateAndGet(before -> before.plus(Duration.ofDays(10)));
                own.verb("sweep", null);
                own.seen.purge(now.get().minus(PartnerCenterFixture.KEPT));
            }
            assertThat(own.hints).as("still the first one").hasSize(1);

            now.updateAndGet(before -> before.plus(Duration.ofDays(40)));
            own.seen.purge(now.get().minus(PartnerCenterFixture.KEPT));
            own.verb("sweep", null);
            assertThat(own.hints).as("nothing was read for long").hasSizeGreaterThan(1);
        }
    }

    @Test
    void microsoft_has_answered_when_its_referral_is_neither_new_nor_expired() {
        Map<String, Object> deal = fixture.record("create",
                new dev.cosell.verbs.Writes.NewReferral("salesforce", "006X", DealCompletionTest.coSell(),
                        List.of(), false));
        Object engagement = deal.get("engagementId");
        assertThat(fixture.verb("answered", deal.get("id"))).isEqualTo(Deadline.State.SILENT);
        fixture.client.control("POST", "microsoft/" + engagement + "/expire", "{}");
        assertThat(fixture.verb("answered", deal.get("id"))).as("expired without a word")
                .isEqualTo(Deadline.State.SILENT);
        fixture.client.control("POST", "microsoft/" + engagement + "/decline", "{}");
        assertThat(fixture.verb("answered", deal.get("id"))).isEqualTo(Deadline.State.ANSWERED);
    }

    /** The gateway's own limit, without a header: the text says how long. */
    @Test
    void a_gateway_that_counts_calls_is_left_alone_as_long_as_it_says() {
        Map<String, Object> deal = fixture.client.deal("{}");
        fixture.client.settings("{\"callsPerMinute\":2,\"retryAfterHeader\":false}");
        fixture.verb("get", deal.get("id"));
        fixture.verb("get", deal.get("id"));
        assertThatThrownBy(() -> fixture.verb("get", deal.get("id"))).isInstanceOfSatisfying(Fault.Throttled.class,
                fault -> assertThat(fault.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
    }
}
