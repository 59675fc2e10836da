package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.live.RouteFaults;
import dev.cosell.operations.SyncMXBean;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class MattersTest {
    private static final List<String> HUNDRED = IntStream.range(0, 100)
            .mapToObj(number -> "salesforce ref-" + number + " 006: Closing as won waits for approval since noon")
            .toList();

    private static List<Matter> matters(Map<String, Object> answers) {
        SyncMXBean sync = (SyncMXBean) Proxy.newProxyInstance(SyncMXBean.class.getClassLoader(),
                new Class<?>[] {SyncMXBean.class},
                (proxy, method, values) -> answers.getOrDefault(method.getName(), nothing(method.getReturnType())));
        return new Matters(new DefaultCamelContext(), sync, () -> new RouteFaults(Map.of(), Map.of()),
                new Thresholds(1000, Duration.ofDays(1))).now();
    }

    private static Object nothing(Class<?> type) {
        return type == List.class ? List.of() : type == long.class ? 0L : 0;
    }

    /** Each was a message of its own to everybody. */
    @Test
    void of_very_many_moves_that_wait_for_approval_all_but_a_hundred_are_one_alert() {
        List<Matter> found = matters(Map.of("getApprovals", HUNDRED, "getApprovalsCount", 30_000));
        assertThat(found).hasSize(101);
        assertThat(found.get(100)).satisfies(more -> {
            assertThat(more.key()).isEqualTo("approval/more");
            assertThat(more.detail()).isEqualTo("And 29,900 more");
            assertThat(more.view()).isEqualTo("overview");
        });
        assertThat(matters(Map.of("getApprovals", HUNDRED, "getApprovalsCount", 100))).hasSize(100);
        assertThat(matters(Map.of("getDeadlines", HUNDRED, "getDeadlinesCount", 101))).hasSize(101);
    }

    /** People were told to approve what goes by itself, and read "And 50 more" of what they could not find. */
    @Test
    void of_moves_that_wait_for_their_time_nobody_is_asked_for_approval() {
        List<String> timed = HUNDRED.stream().map(line -> line.replace("for approval since", "until")).toList();
        assertThat(matters(Map.of("getHeld", timed, "getHeldCount", 150))).isEmpty();
        assertThat(matters(Map.of("getHeld", timed, "getHeldCount", 150, "getApprovals", HUNDRED.subList(0, 1),
                "getApprovalsCount", 1))).singleElement().satisfies(one -> {
                    assertThat(one.detail()).isEqualTo(HUNDRED.get(0));
                    assertThat(one.view()).isEqualTo("deal/ref-0");
                });
    }
}
