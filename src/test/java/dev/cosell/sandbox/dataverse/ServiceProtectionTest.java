package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.dataverse.DataverseClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServiceProtectionTest {
    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient api = dataverse.client();

    /** @param millis how long each is in work; all of them have to come within that */
    private List<Reply> atOnce(int calls, int millis) {
        api.post("/sandbox/faults", Map.of("path", "WhoAmI", "delayMillis", millis, "times", calls));
        ExecutorService threads = Executors.newFixedThreadPool(calls);
        try {
            List<CompletableFuture<Reply>> replies = IntStream.range(0, calls)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> api.get("WhoAmI"), threads)).toList();
            return replies.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theFiftySecondCallAtATimeIsRefused() {
        api.post("/sandbox/settings", Map.of("concurrencyLimit", 52));
        List<Reply> refused = atOnce(53, 3000).stream().filter(reply -> reply.status() == 429).toList();
        assertThat(refused).hasSize(2).allSatisfy(reply -> {
            assertThat(reply.errorCode()).isEqualTo("0x80072326");
            assertThat(reply.text()).contains("Number of concurrent requests exceeded the limit of 52.");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        });
        assertThat(api.get("/sandbox/stats").json()).containsEntry("mostInWork", 52).containsEntry("total", 53);
        assertThat(api.get("WhoAmI").status()).as("they are done").isEqualTo(200);
    }

    @Test
    void withoutTheSettingNobodyCounts() {
        assertThat(atOnce(53, 300)).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
    }

    @Test
    void longWorkUsesUpTheTimeOfTheWindow() {
        api.post("/sandbox/settings", Map.of("executionLimit", 2));
        assertThat(atOnce(3, 1000)).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        Reply refused = api.get("WhoAmI");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorCode()).isEqualTo("0x80072321");
        assertThat(refused.text()).contains(
                "Combined execution time of incoming requests exceeded limit of 2,000 milliseconds over time window of "
                        + "300 seconds.");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 300);
        assertThat(refused.header("x-ms-ratelimit-time-remaining-xrm-requests")).isEqualTo("0.00");
        dataverse.clock().forward(Duration.ofMinutes(5));
        assertThat(api.get("WhoAmI").status()).isEqualTo(200);
    }
}
