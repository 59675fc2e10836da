package dev.cosell.partnercenter.registration;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.text.Past;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of seeing to it that Partner Center sends its notifications here. A tenant has one registration, and
 * whoever registers takes it from the one before; so it is looked at again and again, and written only when it is not
 * right.
 */
public final class WebhookRegistration {
    /** A connection of its own: what is refused here does not stop the sync. */
    public static final String SYSTEM = ReferralView.SYSTEM + "-webhooks";

    static final String PATH = "/webhooks/v1/registration";
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    private final RegistrationWish wish;
    private final Duration interval;
    private final Duration sweepInterval;
    private final RegistrationStatus status;
    private final Clock clock;
    private final SharedLook shared;
    /** Null until this process has looked. */
    private volatile Instant next;
    private volatile boolean held;
    private boolean said;

    /**
     * @param interval      time between two checks that went well
     * @param sweepInterval how often polling finds what no notification told, for messages
     * @param shared        when any instance looks next
     */
    public WebhookRegistration(RegistrationWish wish, Duration interval, Duration sweepInterval,
            RegistrationStatus status, SharedLook shared,
            Clock clock) {
        this.shared = shared;
        this.wish = wish;
        this.interval = interval;
        this.sweepInterval = sweepInterval;
        this.status = status;
        this.clock = clock;
    }

    /** When the registration is looked at next by one of all instances, as a text that they all can read. */
    public record SharedLook(Supplier<String> read, Consumer<String> write) {
        private Instant next() {
            String next = read.get();
            return next == null ? null : Instant.parse(next);
        }
    }

    /**
     * Whether the registration is to be looked at now: once after each start, and then when none of the instances has
     * done so lately. Says once when it never will be.
     */
    public boolean due() {
        if (wish.url().isEmpty()) {
            if (!said) {
                said = true;
                status.off(
                        "No webhook is registered because webhook.public-url is not set; Partner Center is asked every "
                                + words(sweepInterval) + " what changed");
            }
            return false;
        }
        return next == null || isOver(next) && isOver(shared.next());
    }

    /** Also where a clock that was ahead has dated the next look: it is further away than an interval. */
    private boolean isOver(Instant look) {
        Instant now = clock.instant();
        return look == null || !now.isBefore(look) || Past.of(look.minus(interval), now) == null;
    }

    public Request events() {
        return request("GET", PATH + "/events", null);
    }

    /** The names of the events that are offered and wanted. */
    public Set<String> wanted(Answer answer) {
        success(answer, "list of webhook events");
        Set<String> offered = new TreeSet<>();
        if (answer.json() instanceof List<?> names) {
            names.forEach(name -> offered.add(String.valueOf(name)));
        }
        Set<String> wanted = RegistrationWish.wanted(offered);
        if (wanted.stream().allMatch(RegistrationWish.TEST_EVENT::equalsIgnoreCase)) {
            throw new Fault.Data(ReferralView.SYSTEM, Trouble.REFUSED,
                    "Partner Center offers no webhook events about referrals (offered: "
                            + String.join(", ", offered) + "): check that the tenant is enrolled for co-sell");
        }
        return wanted;
    }

    public Request read() {
        return request("GET", PATH, null);
    }

    /** The call that puts the registration right; null when there is nothing to write. */
    public Request decide(@Body Answer answer, @Variable("webhookEvents") Set<String> wanted) {
        if (answer.status() != 404) {
            success(answer, "webhook registration");
        }
        RegistrationPlan plan = RegistrationPlan.of(wish, answer.ok() ? PresentRegistration.of(answer.object()) : null,
                wanted);
        if (plan instanceof RegistrationPlan.Foreign foreign) {
            leave(foreign);
        } else if (plan instanceof RegistrationPlan.Write write) {
            return write(write);
        } else {
            held = true;
            status.right("Partner Center sends its notifications to " + wish.shown(), clock.instant());
            looked();
        }
        return null;
    }

    private void looked() {
        next = clock.instant().plus(interval);
        shared.write().accept(next.toString());
    }

    private void leave(RegistrationPlan.Foreign foreign) {
        status.alarm((held ? "The webhook registration was taken away from us: it now belongs to "
                : "The webhook registration of this tenant belongs to another product at ") + foreign.holder()
                + ", so no notification comes here; polling every " + words(sweepInterval)
                + " still finds every change. End the registration of that"
                + " product, or set webhook.overwrite-existing = true to take it over", clock.instant());
        looked();
    }

    private Request write(RegistrationPlan.Write write) {
        if (write.takenFrom() != null && held) {
            status.takenBack("Partner Center sends its notifications to " + wish.shown(),
                    "The webhook registration was taken away from us by a product at "
                            + write.takenFrom()
                            + " and is taken back (webhook.overwrite-existing = true). Two products that both do so "
                            + "take it from each other for ever: end one of them",
                    clock.instant());
        } else if (write.takenFrom() != null) {
            LOG.warn(
                    "The webhook registration is taken over from another product at {}, which gets no notifications "
                            + "any more (webhook.overwrite-existing = true)",
                    write.takenFrom());
        } else if (write.method().equals("POST") && held) {
            LOG.warn(
                    "The webhook registration has vanished from Partner Center and is made again; what was missed is "
                            + "found by polling");
        }
        return request(write.method(), PATH, write.body());
    }

    public void written(@Body Answer answer, @Variable("webhookEvents") Set<String> wanted) {
        success(answer, "webhook registration of " + wish.shown());
        if (!status.isTakenBack()) {
            status.right("Partner Center sends its notifications to " + wish.shown(), clock.instant());
        }
        held = true;
        looked();
        LOG.info("Registered {} with Partner Center for {}", wish.shown(), String.join(", ", wanted));
    }

    /** For the route's catch: the next turn tries again. What is refused waits for a person. */
    public void failed(Exchange exchange) {
        Exception why = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        String sentence = "The webhook registration could not be checked and is tried again: "
                + wish.withoutSecret(String.valueOf(why.getMessage()));
        if (why instanceof Fault.Auth || why instanceof Fault.Data) {
            status.refused(sentence);
        } else {
            status.unknown(sentence);
        }
    }

    private void success(Answer answer, String what) {
        if (answer.status() == 403) {
            throw new Fault.Auth(SYSTEM, "Partner Center denies the " + what + " (403). "
                    + wish.registrar().whenDenied());
        }
        if (!answer.ok()) {
            throw new Fault.Data(ReferralView.SYSTEM, Trouble.REFUSED,
                    "Partner Center refused the " + what + " (" + answer.status() + "): "
                            + wish.withoutSecret(answer.reason()) + remedy(answer.status()));
        }
    }

    /** Nothing that is refused here is a record's fault: it is the address, or a service that is not what it was. */
    private static String remedy(int status) {
        return switch (status) {
        case 400, 409, 422 ->
            ". Correct webhook.public-url if it names the address: https, a name that the internet knows, a "
                    + "certificate of a public authority";
        case 404, 405, 410 ->
            ". Correct partner-center.webhook-url if it is not Microsoft's; meanwhile the sweep finds every change";
        default ->
            ". The sweep finds every change meanwhile, and it is tried again at the next check; if it stays refused,"
                    + " ask Microsoft's support";
        };
    }

    static Request request(String method, String path, Object body) {
        return new Request(method, path, new HashMap<>(Map.of("MS-CorrelationId", UUID.randomUUID().toString(),
                "MS-RequestId", UUID.randomUUID().toString())), body);
    }

    private static String words(Duration time) {
        return time.toSecondsPart() != 0 || time.toMinutes() == 0 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }
}
