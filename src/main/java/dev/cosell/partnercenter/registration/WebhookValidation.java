package dev.cosell.partnercenter.registration;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.partnercenter.Calls;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Variable;

/** The steps of asking Partner Center for a test notification and for the report of how its delivery went. */
public final class WebhookValidation {
    private static final String PATH = WebhookRegistration.PATH + "/validationEvents";
    private static final int A_MINUTE = 2;
    private static final int ASKS = 60;

    private final RegistrationWish wish;
    private final RegistrationStatus status;
    private final Clock clock;
    private final Deque<Instant> asked = new ArrayDeque<>();

    public WebhookValidation(RegistrationWish wish, RegistrationStatus status, Clock clock) {
        this.wish = wish;
        this.status = status;
        this.clock = clock;
    }

    /** Whether a test may be asked for: its event is offered, and Partner Center takes two such wishes a minute. */
    public synchronized boolean allowed(@Variable("webhookEvents") Set<String> events) {
        Instant minuteAgo = clock.instant().minus(Duration.ofMinutes(1));
        asked.removeIf(at -> at.isBefore(minuteAgo));
        if (events.stream().noneMatch(RegistrationWish.TEST_EVENT::equalsIgnoreCase)) {
            status.validated("The webhook was not tested: Partner Center offers no test notification", false);
            return false;
        }
        if (asked.size() >= A_MINUTE) {
            status.validated("The webhook was not tested again: Partner Center takes two tests a minute", false);
            return false;
        }
        asked.add(clock.instant());
        return true;
    }

    public Request ask() {
        return WebhookRegistration.request("POST", PATH, null);
    }

    public ValidationReport begun(Answer answer) {
        Object id = ValidationReport.named(answer.json()).get("correlationId");
        if (!answer.ok() || id == null) {
            throw new Fault.Data(ReferralView.SYSTEM, Trouble.REFUSED,
                    "Partner Center gave no test notification (" + answer.status() + "): "
                            + wish.withoutSecret(answer.reason()));
        }
        return new ValidationReport(id.toString(), ASKS, "", "", "");
    }

    /** Whether to ask once more; an application that stops does not wait for the report. */
    public boolean pending(Exchange exchange) {
        return !exchange.getContext().isStopping()
                && exchange.getVariable("validation", ValidationReport.class).isPending();
    }

    public Request report(@Variable("validation") ValidationReport validation) {
        return WebhookRegistration.request("GET", PATH + "/" + Calls.encoded(validation.correlationId()), null);
    }

    /** A report that is not there yet is asked for again. */
    public ValidationReport reported(@Body Answer answer, @Variable("validation") ValidationReport validation) {
        return validation.seen(answer.ok() ? answer.object() : Map.of());
    }

    public void outcome(@Variable("validation") ValidationReport report) {
        String address = report.callbackUrl().isEmpty() ? wish.shown() : wish.withoutSecret(report.callbackUrl());
        String code = report.responseCode().isEmpty() ? "none" : report.responseCode();
        if (report.delivered()) {
            status.validated("Partner Center delivered its test notification to " + address + ", response code " + code,
                    true);
        } else if (report.completed()) {
            status.validated("Partner Center could not deliver its test notification to " + address + ", response code "
                    + code
                    + ": check that this address leads from the internet to the webhook door, with its path secret",
                    false);
        } else {
            status.validated("Partner Center has not finished the delivery of its test notification to " + address
                    + ", response code " + code
                    + ", status \"" + report.status()
                    + "\"; notifications may not arrive, polling finds what they miss", false);
        }
    }

    public void failed(Exchange exchange) {
        Exception why = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        status.validated("The webhook is registered but could not be tested: " + why.getMessage(), false);
    }
}
