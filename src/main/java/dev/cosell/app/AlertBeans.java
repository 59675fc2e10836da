package dev.cosell.app;

import dev.cosell.alerts.AlertBook;
import dev.cosell.alerts.AlertWatch;
import dev.cosell.alerts.Alerts;
import dev.cosell.alerts.MailSession;
import dev.cosell.alerts.Payloads;
import dev.cosell.alerts.Posts;
import dev.cosell.alerts.Thresholds;
import dev.cosell.live.RouteFaults;
import dev.cosell.operations.SyncOperations;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** What {@code routes/alerts.camel.yaml} names, and the watch that calls its channels. */
final class AlertBeans {
    private static final Map<String, Key> ADDRESSES = Map.of("teams", Key.ALERTS_TEAMS_URL, "slack",
            Key.ALERTS_SLACK_URL, "webhook", Key.ALERTS_WEBHOOK_URL);

    private final Settings settings;
    private final Clock clock;

    AlertBeans(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    void bind(Registry registry) {
        registry.bind("alerts", new Payloads());
        registry.bind("alertPosts", new Posts(channel -> settings.text(ADDRESSES.get(channel)),
                settings.text(Key.ALERTS_WEBHOOK_SECRET), clock));
        // Made when the first mail is sent.
        registry.bind("alertMailSession", Session.class, () -> new MailSession(settings.text(Key.ALERTS_MAIL_HOST),
                settings.number(Key.ALERTS_MAIL_PORT),
                settings.text(Key.ALERTS_MAIL_SECURITY), settings.textOrNull(Key.ALERTS_MAIL_USER),
                settings.text(Key.ALERTS_MAIL_PASSWORD)).open());
    }

    AlertWatch watch(CamelContext camel, SyncOperations operations, Supplier<RouteFaults> routes, Database database) {
        String digest = settings.text(Key.ALERTS_DIGEST);
        AlertWatch.Pace pace = new AlertWatch.Pace(settings.duration(Key.ALERTS_INTERVAL),
                settings.duration(Key.ALERTS_OVER_AFTER),
                digest.equals("off") ? null : LocalTime.parse(digest));
        Thresholds thresholds = new Thresholds(settings.number(Key.ALERTS_PARKED),
                settings.duration(Key.ALERTS_OLDEST));
        return Alerts.watch(camel, operations, routes, thresholds, new AlertBook(database),
                settings.text(Key.ALERTS_NAME), settings.text(Key.MANAGEMENT_PUBLIC_URL), pace, clock);
    }
}
