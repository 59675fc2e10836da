package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.operations.WebhookMXBean;
import dev.cosell.operations.WebhookOperations;
import dev.cosell.settings.Key;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * The settings of the registration come out the other way: it is taken over, signed in Authorization, at an address
 * nobody can guess.
 */
class RegistrationTakenOverTest {
    private static final String SECRET = "fTq3Vw9sKx7LmZp2Rd8N";
    private static final Map<String, Object> FOREIGN = Map.of("url", "https://other.example/hook");

    @Test
    void takenOverAndTestedAndTakenBack() throws Exception {
        try (World world = RegistrationStoriesTest
                .world(Map.of("webhook.overwrite-existing", "true", "webhook.path-secret", SECRET,
                        "webhook.signature-in-own-header", "false", "webhook.public-url",
                        "http://localhost:{port}/webhooks/partner-center/{path-secret}"))) {
            WebhookMXBean webhook = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(),
                    new ObjectName(WebhookOperations.NAME), WebhookMXBean.class);
            String address = "http://localhost:" + world.settings().number(Key.HTTP_PORT) + "/webhooks/partner-center/";
            world.eventually(() -> assertThat(webhook.getLastTest())
                    .isEqualTo("Partner Center delivered its test notification to " + address
                            + "***, response code OK"));
            world.stopApplication();
            world.partnerCenter().raw("PUT", "/sandbox/registration", Api.bytes(FOREIGN), Map.of());
            world.start();
            world.eventually(() -> assertThat(world.partnerCenter().get("/sandbox/registration"))
                    .containsEntry("WebhookUrl", address + SECRET)
                    .containsEntry("SignatureTokenToMsSignatureHeader", false));
            world.eventually(() -> assertThat(webhook.getRegistration())
                    .isEqualTo("Partner Center sends its notifications to " + address + "***"));
            assertThat(webhook.getAlarm()).as("a take-over that was wished for is no alarm").isEmpty();

            world.opportunityFor(world.newDeal(Map.of()));
            world.settle();
            assertThat(world.partnerCenter().list("/sandbox/deliveries"))
                    .allSatisfy(delivery -> assertThat(delivery).containsEntry("state", "delivered")
                            .containsEntry("msSignature", false).containsEntry("url", address + SECRET));

            world.partnerCenter().raw("PUT", "/sandbox/registration", Api.bytes(FOREIGN), Map.of());
            world.eventually(() -> assertThat(world.partnerCenter().get("/sandbox/registration"))
                    .containsEntry("WebhookUrl", address + SECRET));
            byte[] event = world.event("3f5c2a10-0000-4000-8000-000000000001");
            assertThat(world.deliver(event, world.signed(event)).statusCode()).as("without the path secret")
                    .isEqualTo(404);
        }
    }

    @Test
    void withoutAPublicAddressNothingIsRegisteredAndPollingIsSaidToBeUsed() throws Exception {
        try (World world = RegistrationStoriesTest
                .world(Map.of("webhook.public-url", "", "partner-center.sweep-interval", "2s"))) {
            WebhookMXBean webhook = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(),
                    new ObjectName(WebhookOperations.NAME), WebhookMXBean.class);
            world.eventually(() -> assertThat(webhook.getRegistration()).contains("No webhook is registered",
                    "webhook.public-url", "every 2 s"));
            world.partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
            world.opportunityFor(world.newDeal(Map.of()));
            assertThat(world.partnerCenter().get("/sandbox/stats").get("calls").toString())
                    .doesNotContain("/webhooks/v1/registration");
        }
    }

    @Test
    void aTestNotificationThatDoesNotArriveIsSaidSo() throws Exception {
        try (World world = RegistrationStoriesTest
                .world(Map.of("webhook.public-url", "http://localhost:{port}/wrong"))) {
            WebhookMXBean webhook = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(),
                    new ObjectName(WebhookOperations.NAME), WebhookMXBean.class);
            world.partnerCenter().post("/sandbox/settings", Map.of("firstPauseMillis", 1));
            world.eventually(() -> assertThat(webhook.getLastTest()).contains("could not deliver", "/wrong",
                    "response code 404"));
        }
    }
}
