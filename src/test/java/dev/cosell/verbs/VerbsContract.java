package dev.cosell.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.settings.Setting;
import dev.cosell.stories.Api;
import dev.cosell.verbs.Writes.Update;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What docs/verbs.md promises, for every system: the shipped routes over HTTP against the system's stand-in server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VerbsContract {
    protected static WiredApplication application;

    @BeforeAll
    void start() {
        application = wired();
    }

    /** With the CRMs of this product. */
    protected WiredApplication wired() {
        return new WiredApplication();
    }

    @AfterAll
    void stop() throws IOException {
        application.close();
    }

    // ---- what differs
    // ------------------------------------------------------------------------------------------------------

    protected abstract String system();

    protected abstract Setting server();

    /** A record that a person makes; {@code reference} is what find looks for, null for none. */
    protected abstract String newRecord(String reference);

    /** The record as a person sees it. */
    protected abstract Map<String, Object> seen(String id);

    protected abstract void personChangesValue(String id, int value);

    protected abstract String id(Map<String, Object> record);

    protected abstract String version(Map<String, Object> record);

    protected abstract BigDecimal value(Map<String, Object> record);

    protected abstract Map<String, Object> valuePatch(int value);

    /** A patch that the system refuses whatever the record's state. */
    protected abstract Map<String, Object> refusedPatch();

    protected abstract String unknownId();

    /** Body of -create. */
    protected abstract Object creation(String reference, boolean again);

    protected abstract int callsOfCreate();

    /** Path pattern of all calls of the API. */
    protected abstract String apiPath();

    /** Method and path of the call that writes an existing record. */
    protected abstract Map<String, Object> writeCall();

    // ---- tools
    // -------------------------------------------------------------------------------------------------------------

    protected final Api api() {
        return application.api(server());
    }

    @SuppressWarnings("unchecked")
    protected final <T> T verb(String verb, Object body) {
        try {
            return (T) application.template.requestBody("direct:" + system() + "-" + verb, body);
        } catch (CamelExecutionException failed) {
            if (failed.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw failed;
        }
    }

    protected final Map<String, Object> get(String id) {
        return verb("get", id);
    }

    protected final Update update(Map<String, Object> record, Map<String, Object> patch) {
        return new Update(id(record), version(record), patch, record);
    }

    protected final int calls() {
        return Api.map(api().get("/sandbox/stats").get("calls")).entrySet().stream()
                .filter(call -> !call.getKey().contains("oauth2") && !call.getKey().contains("/cert/"))
                .mapToInt(call -> (Integer) call.getValue()).sum();
    }

    protected final int writes() {
        return (Integer) api().get("/sandbox/stats").get("writes");
    }

    protected final void countFromHere() {
        api().post("/sandbox/stats/reset", Map.of());
    }

    private void fault(Map<String, Object> rule) {
        api().post("/sandbox/faults", rule);
    }

    @BeforeEach
    void warm() {
        api().delete("/sandbox/faults");
        String id = newRecord(null);
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> get(id) != null);
        countFromHere();
    }

    // ---- reading
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void get_gives_the_record_in_one_call() {
        String id = newRecord(null);
        Map<String, Object> record = get(id);
        assertThat(id(record)).isEqualTo(id);
        assertThat(version(record)).isNotBlank();
        assertThat(value(record)).isEqualByComparingTo(value(seen(id)));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void get_of_an_unknown_record_is_null() {
        Map<String, Object> none = get(unknownId());
        assertThat(none).isNull();
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void find_gives_none_or_the_one_in_one_call() {
        String reference = UUID.randomUUID().toString();
        assertThat((List<?>) verb("find", reference)).isEmpty();
        String id = newRecord(reference);
        countFromHere();
        List<Map<String, Object>> found = verb("find", reference);
        assertThat(calls()).isEqualTo(1);
        assertThat(found).singleElement().satisfies(record -> {
            assertThat(id(record)).isEqualTo(id);
            assertThat(version(record)).isEqualTo(version(get(id)));
        });
    }

    @Test
    void a_write_shows_up_in_the_next_changes_and_again_when_they_are_read_again() {
        String id = newRecord(null);
        String before = all(null).position();
        // Stamps of whole seconds or a repeat of the newest rows are allowed, so only what must be there is asked for.
        personChangesValue(id, 4711);
        Changes changes = all(before);
        assertThat(changes.changes()).contains(new Changes.Change(id, version(get(id))));
        assertThat(all(before).changes()).as("nothing is lost by reading again")
                .contains(new Changes.Change(id, version(get(id))));
        String after = changes.position();
        String later = newRecord(null);
        assertThat(all(after).changes()).extracting(Changes.Change::id).contains(later);
        // A position of whole seconds stands still within one.
        Awaitility.await().until(() -> newRecord(null) != null && !all(after).position().equals(after));
    }

    @Test
    void changes_take_one_call_a_page() {
        String position = all(null).position();
        countFromHere();
        Changes page = verb("changes", position);
        assertThat(page.more()).isFalse();
        assertThat(calls()).isEqualTo(1);
    }

    private Changes all(String from) {
        List<Changes.Change> changes = new ArrayList<>();
        Changes page = verb("changes", from);
        changes.addAll(page.changes());
        while (page.more()) {
            page = verb("changes", page.position());
            changes.addAll(page.changes());
        }
        return new Changes(changes, page.position(), false);
    }

    // ---- writing
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void create_gives_the_stored_record_and_a_repeat_gives_the_same() {
        String reference = UUID.randomUUID().toString();
        countFromHere();
        Map<String, Object> first = verb("create", creation(reference, false));
        assertThat(calls()).isLessThanOrEqualTo(callsOfCreate());
        assertThat(version(first)).isEqualTo(version(get(id(first))));
        Map<String, Object> second = verb("create", creation(reference, true));
        assertThat(id(second)).isEqualTo(id(first));
        assertThat((List<?>) verb("find", reference)).hasSize(1);
    }

    @Test
    void update_writes_in_one_call_and_gives_the_new_version() {
        Map<String, Object> record = get(newRecord(null));
        countFromHere();
        Map<String, Object> stored = verb("update", update(record, valuePatch(991)));
        assertThat(calls()).isEqualTo(1);
        assertThat(writes()).isEqualTo(1);
        assertThat(value(stored)).isEqualByComparingTo("991");
        assertThat(version(stored)).isNotEqualTo(version(record)).isEqualTo(version(get(id(record))));
        assertThat(stored.keySet()).as("a record as get gives it").isEqualTo(get(id(record)).keySet());
        assertThat(value(seen(id(record)))).isEqualByComparingTo("991");
    }

    @Test
    void update_of_a_record_that_moved_writes_nothing() {
        Map<String, Object> record = get(newRecord(null));
        personChangesValue(id(record), 4711);
        String version = version(get(id(record)));
        assertThatThrownBy(() -> verb("update", update(record, valuePatch(991))))
                .isInstanceOf(Fault.VersionConflict.class);
        assertThat(version(get(id(record)))).isEqualTo(version);
        assertThat(value(seen(id(record)))).isEqualByComparingTo("4711");
    }

    // ---- faults
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void too_many_calls_are_throttled_with_the_time_to_wait() {
        Map<String, Object> record = get(newRecord(null));
        fault(Map.of("path", apiPath(), "status", 429, "headers", Map.of("Retry-After", "1"),
                "body", Map.of("error", Map.of("code", "429", "message", "slow down"))));
        Fault.Throttled throttled = catchThrowableOfType(Fault.Throttled.class, () -> get(id(record)));
        assertThat(throttled.retryAfter()).isPositive();
        assertThat(throttled.system()).isEqualTo(system());
    }

    @Test
    void outages_and_lost_connections_are_transient() {
        Map<String, Object> record = get(newRecord(null));
        for (Map<String, Object> how : List.<Map<String, Object>>of(Map.of("status", 503), Map.of("status", 502),
                Map.of("drop", "before"))) {
            for (String verb : List.of("get", "update")) {
                Map<String, Object> rule = new LinkedHashMap<>(how);
                rule.put("path", apiPath());
                fault(rule);
                assertThatThrownBy(() -> verb(verb, verb.equals("get") ? id(record) : update(record, valuePatch(5))))
                        .as(verb + " " + how)
                        .isInstanceOfSatisfying(Fault.Transient.class, fault -> assertThat(fault.mayHaveArrived())
                                .as("only 503 says that nothing was done").isNotEqualTo(how.containsValue(503)));
            }
        }
        assertThat(value(seen(id(record)))).isNotEqualByComparingTo("5");
    }

    @Test
    void a_lost_answer_to_a_write_is_transient_too() {
        Map<String, Object> record = get(newRecord(null));
        Map<String, Object> rule = new LinkedHashMap<>(writeCall());
        rule.put("drop", "after");
        fault(rule);
        assertThatThrownBy(() -> verb("update", update(record, valuePatch(992))))
                .isInstanceOfSatisfying(Fault.Transient.class,
                        fault -> assertThat(fault.mayHaveArrived()).isTrue());
        assertThat(value(seen(id(record)))).as("the outcome was unknown, and it was written")
                .isEqualByComparingTo("992");
        assertThatThrownBy(() -> verb("update", update(record, valuePatch(993))))
                .isInstanceOf(Fault.VersionConflict.class);
    }

    @Test
    void refused_data_is_named() {
        Map<String, Object> record = get(newRecord(null));
        Fault.Data refused = catchThrowableOfType(Fault.Data.class,
                () -> verb("update", update(record, refusedPatch())));
        assertThat(refused.faults()).isNotEmpty().allSatisfy(sentence -> assertThat(sentence.words()).isNotBlank());
        assertThat(refused.system()).isEqualTo(system());
        assertThat(version(get(id(record)))).isEqualTo(version(record));
    }

    // ---- headers
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void the_callers_headers_are_neither_changed_nor_sent() {
        String reference = UUID.randomUUID().toString();
        String id = newRecord(reference);
        Map<String, Object> bodies = new LinkedHashMap<>();
        bodies.put("get", id);
        bodies.put("find", reference);
        bodies.put("changes", null);
        bodies.put("update", update(get(id), valuePatch(994)));
        bodies.put("create", creation(UUID.randomUUID().toString(), false));
        bodies.forEach((verb, body) -> {
            Map<String, Object> headers = Map.of("X-Mine", "mine-1", "If-Match", "mine-2", "Prefer", "mine-3",
                    "sObjectQuery", "mine-4",
                    "CamelHttpMethod", "DELETE", "CamelHttpUri", "http://localhost:1/mine-5", "CamelHttpQuery",
                    "mine-6", "Cookie", "mine-7");
            application.tap(server()).forget();
            Exchange result = application.template.request("direct:" + system() + "-" + verb, exchange -> {
                exchange.getMessage().setBody(body);
                headers.forEach(exchange.getMessage()::setHeader);
            });
            assertThat(result.getException()).as(verb).isNull();
            assertThat(result.getMessage().getHeaders()).as(verb).isEqualTo(headers);
            assertThat(application.tap(server()).heard()).as(verb).contains("HTTP/1.1")
                    .doesNotContainIgnoringCase("mine");
        });
        assertThat(seen(id)).isNotNull();
    }
}
