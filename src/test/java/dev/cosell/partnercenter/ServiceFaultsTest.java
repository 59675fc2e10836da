package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every documented refusal of Partner Center as a verb reports it: the class of the fault, and words that help. */
class ServiceFaultsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static PartnerCenterFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PartnerCenterFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static Object body(String text) {
        Map<String, Object> error = new LinkedHashMap<>();
        String[] codes = text.split(" ");
        return switch (codes[0]) {
            case "empty" -> null;
            case "html" -> "<html><body><h1>Bad gateway</h1></body></html>";
            case "gateway" -> Map.of("statusCode", 429, "message", "Rate limit is exceeded. Try again in 57 seconds.");
            default -> {
                for (int i = codes.length - 1; i >= 0; i--) {
                    Map<String, Object> inner = error;
                    error = new LinkedHashMap<>(Map.of("code", codes[i], "message", "said by the service"));
                    if (!inner.isEmpty()) {
                        error.put(i % 2 == 0 ? "innererror" : "innerError", inner);
                    }
                }
                yield Map.of("error", error);
            }
        };
    }

    private static void rule(Map<String, Object> more) {
        Map<String, Object> rule = new LinkedHashMap<>(more);
        rule.put("method", "PATCH");
        try {
            fixture.client.control("POST", "faults", JSON.writeValueAsString(rule));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> change(Map<String, Object> deal, String notes) {
        return fixture.record("update", new Writes.Update((String) deal.get("id"), (String) deal.get("eTag"),
                Map.of("details.notes", notes), deal));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | invalidRequest                               | Data            | said by the service
            400 | empty                                        | Data            | no reason given
            400 | html                                         | Data            | a page of HTML
            400 | somethingNew                                 | Data            | said by the service
            403 | accessDenied                                 | Denied          | Referrals admin
            403 | empty                                        | Denied          | Referrals admin
            403 | insufficient_claims                          | Auth            | conditional access
            404 | itemNotFound                                 | Data            | knows no such record
            404 | html                                         | Data            | knows no such record
            405 | invalidRequest                               | Data            | said by the service
            406 | empty                                        | Data            | (406): no reason given
            409 | empty                                        | VersionConflict | changed since it was read
            410 | itemNotFound                                 | Data            | knows no such record
            411 | empty                                        | Data            | (411)
            412 | preconditionFailed                           | VersionConflict | changed since it was read
            412 | empty                                        | VersionConflict | changed since it was read
            413 | html                                         | Data            | (413)
            415 | invalidRequest                               | Data            | (415)
            416 | invalidRequest                               | Data            | (416)
            422 | invalidRequest                               | Data            | said by the service
            423 | resourceModified                             | VersionConflict | changed since it was read
            400 | resourceModified                             | VersionConflict | changed since it was read
            400 | invalidRequest preconditionFailed            | VersionConflict | changed since it was read
            400 | invalidRequest detail resourceModified other | VersionConflict | changed since it was read
            400 | generalException invalidRequest              | Data            | said by the service
            400 | serviceNotAvailable                          | Transient       | said by the service
            400 | generalException                             | ServerError     | said by the service
            408 | empty                                        | Transient       | 408
            500 | generalException                             | ServerError     | said by the service
            500 | html                                         | ServerError     | a page of HTML
            501 | generalException invalidRequest              | Data            | (501)
            502 | html                                         | Transient       | 502
            503 | serviceNotAvailable                          | Transient       | said by the service
            504 | empty                                        | Transient       | no reason given
            507 | empty                                        | Data            | (507)
            509 | empty                                        | Transient       | 509
            """)
    void a_refusal_has_its_class_and_its_words_and_nothing_is_changed(int status, String body, String expected,
            String words) {
        Map<String, Object> deal = fixture.client.deal("{}");
        Map<String, Object> rule = new LinkedHashMap<>(Map.of("status", status));
        if (body(body) != null) {
            rule.put("body", body(body));
        }
        rule(rule);
        Throwable fault = catchThrowable(() -> change(deal, "first try"));

        assertThat(fault).isInstanceOf(Fault.class).hasMessageContaining(words).hasMessageNotContaining("<");
        assertThat(fault.getClass().getSimpleName()).isEqualTo(expected);
        fixture.connection.tryNow();
        assertThat(Paths.text(change(deal, "second try"), "details.notes")).as("the change is still possible")
                .isEqualTo("second try");
    }

    @ParameterizedTest(name = "{0} {1}, Retry-After {2}: {3} s")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            429 | gateway             | -  | 57
            429 | gateway             | 7  | 7
            429 | generalException    | 7  | 7
            429 | empty               | -  | 5
            429 | html                | -  | 5
            503 | serviceNotAvailable | 9  | 9
            """)
    void a_wish_for_a_pause_is_kept_by_everybody(int status, String body, String retryAfter, int seconds) {
        try (PartnerCenterFixture own = new PartnerCenterFixture()) {
            Map<String, Object> deal = own.client.deal("{}");
            Map<String, Object> rule = new LinkedHashMap<>(
                    Map.of("status", status, "method", "GET", "path", "referrals"));
            if (body(body) != null) {
                rule.put("body", body(body));
            }
            if (retryAfter != null) {
                rule.put("headers", Map.of("Retry-After", retryAfter));
            }
            own.client.control("POST", "faults",
                    new String(dev.cosell.sandbox.Json.bytes(rule), java.nio.charset.StandardCharsets.UTF_8));

            Throwable fault = catchThrowable(() -> own.verb("get", deal.get("id")));
            assertThat(fault).isInstanceOfSatisfying(Fault.Throttled.class,
                    throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
            int calls = own.client.calls("GET /v1.0/engagements/referrals/{id}");
            assertThat(catchThrowable(() -> own.verb("get", deal.get("id")))).isInstanceOf(Fault.Throttled.class);
            assertThat(own.client.calls("GET /v1.0/engagements/referrals/{id}")).as("nobody calls meanwhile")
                    .isEqualTo(calls);
        }
    }

    /** A web server that was restarted stopped Partner Center for a minute, with an alarm. */
    @ParameterizedTest
    @ValueSource(strings = {"unauthenticated", "unAuthorized"})
    void a_fresh_token_that_is_refused_needs_a_person_only_where_the_connection_has_not_worked_lately(String code) {
        try (PartnerCenterFixture own = new PartnerCenterFixture()) {
            Map<String, Object> deal = own.client.deal("{}");
            String twice = new String(dev.cosell.sandbox.Json.bytes(Map.of("status", 401, "times", 2, "method", "GET",
                    "path", "referrals", "body", body(code))), java.nio.charset.StandardCharsets.UTF_8);
            own.client.control("POST", "faults", twice);
            assertThat(catchThrowable(() -> own.verb("get", deal.get("id")))).isInstanceOf(Fault.Auth.class)
                    .hasMessageContaining("refused a fresh token");
            own.connection.tryNow();
            own.verb("get", deal.get("id"));

            own.client.control("POST", "faults", twice);
            assertThat(catchThrowable(() -> own.verb("get", deal.get("id")))).isInstanceOf(Fault.Throttled.class)
                    .hasMessageContaining("refused a fresh token");
            assertThat(own.connection.broken()).isFalse();
        }
    }

    @Test
    void a_lost_connection_before_and_after_the_write_is_transient() {
        Map<String, Object> deal = fixture.client.deal("{}");
        rule(Map.of("drop", "before"));
        assertThat(catchThrowable(() -> change(deal, "n"))).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("not reachable");
        rule(Map.of("drop", "after"));
        assertThat(catchThrowable(() -> change(deal, "n"))).isInstanceOf(Fault.Transient.class);
        assertThat(catchThrowable(() -> change(deal, "m"))).as("the write happened")
                .isInstanceOf(Fault.VersionConflict.class);
    }

    /** Whether a create is answered with 200 or 201 is not documented. */
    @Test
    void a_create_may_be_answered_with_200_or_201() {
        for (int status : new int[] {200, 201}) {
            fixture.client.settings("{\"createdStatus\":" + status + "}");
            Map<String, Object> stored = fixture.record("create", new Writes.NewReferral("salesforce", "006" + status,
                    DealCompletionTest.coSell(), java.util.List.of(), false));
            assertThat(stored).containsEntry("externalReferenceId", "006" + status);
        }
        fixture.client.settings("{\"createdStatus\":200}");
    }

    @Test
    void a_substatus_that_nobody_knows_is_no_change() {
        fixture.client.settings("{\"sprinkle\":true}");
        Map<String, Object> deal = fixture.record("get", fixture.client.deal("{}").get("id"));
        assertThat(deal).containsEntry("substatus", "Engaged");
        assertThat(change(deal, "later")).containsEntry("status", "Active").containsEntry("aiSummary",
                deal.get("aiSummary"));
        assertThat(new StatusMachine().plan("Active", "Engaged", "Active", "Suspended").moves()).isFalse();
        fixture.client.settings("{\"sprinkle\":false}");
    }
}
