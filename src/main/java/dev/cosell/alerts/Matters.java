package dev.cosell.alerts;

import dev.cosell.http.HttpSystem;
import dev.cosell.live.RouteFaults;
import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.Parts;
import dev.cosell.operations.SyncMXBean;
import dev.cosell.sync.decide.Situation;
import dev.cosell.verbs.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Finds what needs a person now, among what health checks and the sync's own figures say; it decides nothing that they
 * do not.
 */
final class Matters {
    private static final String CONNECTION = "connection";
    private static final Set<String> GROUPS = Set.of(AlarmCheck.GROUP, CONNECTION);
    private static final String DATABASE = "state-database";
    private static final String CODE = "code";
    static final String PARKED = "parked";
    static final String DEADLINE = "deadline";
    static final String APPROVAL = "approval";
    private static final String HEALTH = "The health page of the application and docs/monitoring.md say more";

    private static final String PACE = "All calls to Partner Center that partner-center.calls-per-minute allows are"
            + " made. What waits is done at that pace, about two calls for each change; live changes overtake an"
            + " import";

    /** Ends the key of what stands for those that are not shown. */
    private static final String MORE = "/more";

    private final CamelContext camel;
    private final SyncMXBean sync;
    private final Supplier<RouteFaults> routes;
    private final Thresholds thresholds;
    private final Map<String, List<Matter>> last = new HashMap<>();

    /** What matters of one kind have in common. */
    private record Kind(String name, Cause cause, String title, String remedy) {
        private Matter matter(String key, String detail) {
            return new Matter(name + key, cause.code(), title, detail, remedy);
        }
    }

    /** @param routes what under {@code routes/} is not as its newest text says */
    Matters(CamelContext camel, SyncMXBean sync, Supplier<RouteFaults> routes, Thresholds thresholds) {
        this.camel = camel;
        this.sync = sync;
        this.routes = routes;
        this.thresholds = thresholds;
    }

    List<Matter> now() {
        List<Matter> all = new ArrayList<>();
        HealthCheckRegistry.get(camel).stream().filter(check -> GROUPS.contains(check.getGroup()))
                .forEach(check -> all.addAll(known("check " + check.getId(), () -> of(check))));
        if (all.stream().anyMatch(Matters::isAboutTheDatabase)) {
            // Each question would wait for it once more.
            return all;
        }
        all.addAll(known("routes", this::routes));
        all.addAll(known(PARKED, this::parked));
        all.addAll(known("oldest", this::oldest));
        all.addAll(known("deadlines", this::deadlines));
        all.addAll(known("approvals", this::approvals));
        return all;
    }

    /** Whether it says that the database is away, in which the others are kept. */
    static boolean isAboutTheDatabase(Matter matter) {
        return matter.key().equals("alarm/" + DATABASE);
    }

    /** While whoever is asked does not answer, such as the queue, what was found last still holds. */
    private List<Matter> known(String what, Supplier<List<Matter>> found) {
        try {
            last.put(what, found.get());
        } catch (RuntimeException away) {
            last.putIfAbsent(what, List.of());
        }
        return last.get(what);
    }

    private static List<Matter> of(HealthCheck check) {
        HealthCheck.Result result = check.call();
        if (AlarmCheck.failed(result)) {
            throw new IllegalStateException(result.getMessage().orElse(""));
        }
        List<Matter> found = new ArrayList<>();
        Parts.ALARM.of(result).forEach((part, sentence) ->
                found.add(new Matter("alarm/" + check.getId() + key(part), code(check, result),
                        title(check) + words(part), sentence, remedy(check))));
        Parts.WARNING.of(result).forEach((part, sentence) ->
                found.add(new Matter("warning/" + check.getId() + key(part), AlertCause.SOON.code(),
                        "Soon to be looked at: " + subject(check) + words(part), sentence, "")));
        return found;
    }

    /** Each part begins and ends for itself. */
    private static String key(String part) {
        return part.isEmpty() ? "" : "/" + part;
    }

    private static String words(String part) {
        return part.isEmpty() ? "" : ", " + part;
    }

    /** A connection tells the code of what is wrong itself. */
    private static String code(HealthCheck check, HealthCheck.Result result) {
        if (result.getDetails().get(CODE) instanceof String told) {
            return told;
        }
        return switch (check.getId()) {
            case "webhook" -> AlertCause.WEBHOOK.code();
            case "hint-queue" -> AlertCause.QUEUE.code();
            case DATABASE -> AlertCause.DATABASE.code();
            case RouteFaults.LOST -> AlertCause.ROUTES.code();
            default -> AlertCause.ALARM.code();
        };
    }

    private static String title(HealthCheck check) {
        return switch (check.getId()) {
            case "webhook" -> "The registration of the webhook";
            case "hint-queue" -> "The queue takes no changes";
            case "brakes" -> "The brake has stopped a direction";
            case DATABASE -> "The database does not answer";
            case RouteFaults.LOST -> "Routes do not run";
            default -> check.getGroup().equals(CONNECTION) ? "The " + subject(check) + " is broken" : subject(check);
        };
    }

    /** As people say it: {@code connection with salesforce}. */
    private static String subject(HealthCheck check) {
        String id = check.getId();
        return check.getGroup().equals(CONNECTION) ? "connection with " + id.replaceFirst("-connection$", "")
                : id.replace('-', ' ');
    }

    /** The sentence of a connection says itself what to do. */
    private static String remedy(HealthCheck check) {
        return check.getGroup().equals(CONNECTION) ? "Changes wait and continue by themselves when it is mended"
                : check.getId().equals(RouteFaults.LOST)
                        ? "Remove what is in the way; the routes begin by themselves then" : HEALTH;
    }

    /** One a file, because each is edited and mended for itself. Lost ones are told by their check. */
    private List<Matter> routes() {
        RouteFaults now = routes.get();
        List<Matter> found = new ArrayList<>();
        now.refused().forEach((file, sentence) -> found.add(new Matter("mapping" + key(file),
                AlertCause.MAPPING.code(), "The newest edit under routes/ was not taken over" + words(file), sentence,
                "Mend the file" + (now.lost().containsKey(file) ? ""
                        : "; the text before goes on working meanwhile"))));
        return found;
    }

    private List<Matter> parked() {
        int parked = sync.getParkedCount();
        return parked < thresholds.parked() ? List.of()
                : List.of(new Matter(PARKED, AlertCause.PARKED.code(), "Records are parked",
                        parked + (parked == 1 ? " record is" : " records are")
                + " parked, and not synced until somebody mends what is wrong",
                "Parked on the page, or ./cosell parked, says what to mend; retry them there afterwards"));
    }

    private List<Matter> oldest() {
        long seconds = sync.getOldestPendingSeconds();
        return seconds < thresholds.oldest().toSeconds() ? List.of()
                : List.of(new Matter("oldest", AlertCause.OLDEST.code(), "Changes have been waiting too long",
                "The oldest change that is not done has been waiting for " + Duration.ofSeconds(seconds).toMinutes()
                + " minutes; in the queues are " + sync.getBacklog(),
                isPaceTheCause() ? PACE
                        : "A system may be away, a CRM paused, or its calls used up; the log and the health page say"
                        + " which"));
    }

    /** The bean is not there where no route calls Partner Center. */
    private boolean isPaceTheCause() {
        HttpSystem partnerCenter = camel.getRegistry().lookupByNameAndType("partnerCenterHttp", HttpSystem.class);
        return partnerCenter != null && partnerCenter.isAtItsPace();
    }

    private List<Matter> deadlines() {
        Kind kind = new Kind(DEADLINE, Situation.DEADLINE, "A deadline comes near or has passed",
                "Do in the CRM or in Partner Center what the deadline asks for");
        List<String> shown = sync.getDeadlines();
        return each(kind, shown, more(shown, sync::getDeadlinesCount));
    }

    private List<Matter> approvals() {
        Kind kind = new Kind(APPROVAL, Situation.HELD, "A move waits for approval",
                "Approve it on the page of the deal or with ./cosell approve and its id, or undo it in the CRM");
        List<String> shown = sync.getApprovals();
        return each(kind, shown, more(shown, sync::getApprovalsCount));
    }

    private static int more(List<String> shown, IntSupplier count) {
        return shown.size() < SyncMXBean.SHOWN ? 0 : count.getAsInt() - shown.size();
    }

    /** What is not shown is one matter, however many there are: nobody reads thousands of alerts. */
    private static List<Matter> each(Kind kind, List<String> lines, int more) {
        List<Matter> each = new ArrayList<>();
        lines.forEach(line -> each.add(kind.matter("/" + UUID.nameUUIDFromBytes(line.getBytes(StandardCharsets.UTF_8)),
                line)));
        if (more > 0) {
            each.add(kind.matter(MORE, String.format(Locale.ROOT, "And %,d more", more)));
        }
        return each;
    }
}
