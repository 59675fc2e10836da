package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Whether an application in a process of its own has come to rest: what it does shows only at the servers. */
public final class Silence {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Api portal;
    private final Api application;
    private final List<Api> crms;
    private final Duration poll;

    /** @param poll how often the CRM is asked */
    Silence(Api portal, Api application, Api crm, Duration poll) {
        this(portal, application, List.of(crm), poll);
    }

    public Silence(Api portal, Api application, List<Api> crms, Duration poll) {
        this.portal = portal;
        this.application = application;
        this.crms = List.copyOf(crms);
        this.poll = poll;
    }

    /** Nobody is written to while polls go by and every deal is announced once more. */
    public void andAgainNothingHappens(List<String> referralIds) {
        Awaitility.await("the last write").atMost(PATIENCE).until(() -> {
            Map<String, Object> before = writes();
            pollsGoBy();
            return writes().equals(before);
        });
        Map<String, Object> before = writes();
        referralIds.forEach(this::announce);
        pollsGoBy();
        assertThat(writes()).as("writes by an echo").isEqualTo(before);
    }

    private void announce(String referralId) {
        byte[] body = ("{\"EventName\":\"referral-updated\",\"ResourceName\":\"referral\",\"ResourceChangeUtcDate\":\""
                + Instant.now()
                + "\",\"ResourceUri\":\"https://api.partnercenter.microsoft.com/engagements/v1/referrals/" + referralId
                + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        Api.object(portal.raw("POST", "/sandbox/sign", body, Map.of()).body())
                .forEach((name, value) -> headers.put(name, value.toString()));
        headers.put("Content-Type", "application/json");
        assertThat(application.raw("POST", "/webhooks/partner-center", body, headers).statusCode()).isEqualTo(200);
    }

    private void pollsGoBy() {
        World.pause((int) poll.toMillis() * 2 + 1000);
    }

    private Map<String, Object> writes() {
        Map<String, Object> writes = new LinkedHashMap<>(Map.of("portal", portal.get("/sandbox/stats").get("writes")));
        crms.forEach(crm -> writes.put("CRM " + writes.size(), crm.get("/sandbox/stats").get("writes")));
        return writes;
    }
}
