package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.cli.Commands;
import dev.cosell.operations.WebhookMXBean;
import dev.cosell.operations.WebhookOperations;
import dev.cosell.settings.Key;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The user of the referrals may not register for notifications; somebody else does it. No CRM has a say in it. */
class RegistrarStoriesTest {
    private static final String PATH = "/sandbox/registration";
    private static final Map<String, Object> DENIED = Map.of("registrationDeniedTo", "referrals.sync@tidewater.example",
            "deviceCodeInterval", 1);

    private World world;
    private WebhookMXBean webhook;

    private void begin(String who) throws Exception {
        world = RegistrationStoriesTest.world(Map.of("webhook.sign-in", who));
        webhook = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(WebhookOperations.NAME),
                WebhookMXBean.class);
        world.partnerCenter().post("/sandbox/settings", DENIED);
        world.partnerCenter().delete(PATH);
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    private void registers() {
        world.eventually(() -> assertThat(world.partnerCenter().get(PATH)).containsEntry("WebhookUrl",
                world.settings().text(Key.WEBHOOK_PUBLIC_URL)));
        world.opportunityFor(world.newDeal(Map.of()));
        world.andAgainNothingHappens();
    }

    @Test
    void the_app_registers_by_itself_without_role_and_second_factor() throws Exception {
        begin("app");
        registers();
    }

    @Test
    void a_user_for_the_registration_alone_signs_in_and_registers_also_after_a_restart() throws Exception {
        begin("own-user");
        world.eventually(() -> assertThat(webhook.getRegistration()).contains("./cosell login --webhooks"));
        String before = world.newDeal(Map.of());
        world.opportunityFor(before);

        signIn("agent@tidewater.example");
        registers();
        assertThat(user("partner-center-webhooks")).isEqualTo("agent@tidewater.example");
        assertThat(user("partner-center")).isNotEqualTo("agent@tidewater.example");

        world.restart();
        world.partnerCenter().delete(PATH);
        registers();
    }

    private static String user(String connection) throws Exception {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.cosell:type=Connection,name=" + connection), "User");
    }

    private void signIn(String user) throws Exception {
        List<String> line = new ArrayList<>(List.of("login", "--webhooks"));
        for (Key key : List.of(Key.SANDBOX, Key.DATA_DIRECTORY, Key.SANDBOX_PARTNER_CENTER_PORT, Key.WEBHOOK_SIGN_IN)) {
            line.addAll(List.of("--set", key.text() + "=" + world.settings().text(key)));
        }
        PrintWriter out = new PrintWriter(new StringWriter(), true);
        CompletableFuture<Integer> running = CompletableFuture
                .supplyAsync(() -> new CommandLine(new Commands()).setOut(out).setErr(out)
                        .execute(line.toArray(String[]::new)));
        world.eventually(() -> assertThat(world.partnerCenter().list("/sandbox/device-codes")).isNotEmpty());
        world.partnerCenter().post("/sandbox/device-codes/latest/approve", Map.of("user", user));
        assertThat(running.get()).isZero();
    }
}
