package dev.cosell.salesforce;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.cosell.http.Redirect;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.verbs.Fault;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.api.dto.RestError;
import org.apache.camel.component.salesforce.internal.dto.LoginError;
import org.eclipse.jetty.client.HttpResponseException;

/**
 * What it means that a login at Salesforce has failed. A refusal is about us and never about a record, whatever its
 * code; a limit and an outage pass by themselves. The call that needed the session was not made, or was turned away.
 */
public final class FailedLogin {
    private static final String AUDIENCE = "Set salesforce.jwt-audience to https://login.salesforce.com, or to "
            + "https://test.salesforce.com for a sandbox";
    private static final String RATE_LIMIT = "rate_limit_exceeded";
    /** By what a refusal says, whoever signs in. The codes tell little: most of these are {@code invalid_grant}. */
    private static final Map<String, String> REMEDIES = Map.of(
            "request not supported on this domain", "Set salesforce.login-url to your own domain, such as "
                    + "https://example.my.salesforce.com: client credentials are taken there alone",
            "no client credentials user enabled", "Name a user as Run As in the app's policies, beside the switch of "
                    + "the client credentials flow",
            "hasn't approved this consumer", "Permit the integration user in the app's policies: users whom an "
                    + "administrator has approved, through a permission set or profile of that user",
            "audience is invalid", AUDIENCE, "audience validation failed", AUDIENCE);
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;

    private FailedLogin() {}

    /** @param thrown by camel-salesforce; a fault stays what it is */
    static Fault fault(Throwable thrown) {
        return fault(thrown, SalesforceErrors.CHECK_THE_USER);
    }

    /** The same with another remedy of a refusal. @param remedy a sentence without full stop */
    public static Fault fault(Throwable thrown, String remedy) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Fault known = known(cause, remedy);
            if (known != null) {
                return known;
            }
        }
        return away(SalesforceCalls.noAnswer(thrown, "the login"), thrown);
    }

    private static Fault known(Throwable cause, String remedy) {
        if (cause instanceof Fault fault) {
            return fault;
        }
        if (cause instanceof SalesforceException refused && refused.getErrors() != null
                && !refused.getErrors().isEmpty()) {
            return coded(refused.getErrors().get(0), remedy);
        }
        if (cause instanceof SalesforceException answered && answered.getStatusCode() > 0) {
            return uncoded(answered.getStatusCode(), remedy);
        }
        if (cause instanceof HttpResponseException refused && refused.getResponse().getStatus() == 401) {
            return uncoded(401, remedy);
        }
        if (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException) {
            return SalesforceErrors.auth("cannot be logged in to: " + cause.getMessage(), remedy);
        }
        // The component gives up at a third property of a refusal, and the reason is lost with it
        // (findings/camel-salesforce-login-loses-its-reason.sh).
        return cause instanceof UnrecognizedPropertyException unread && unread.getReferringClass() == LoginError.class
                ? SalesforceErrors.auth("refused the login, and camel-salesforce could not read why (\""
                        + unread.getPropertyName() + "\")", remedy)
                : null;
    }

    private static Fault coded(RestError error, String remedy) {
        return RATE_LIMIT.equals(error.getErrorCode())
                ? new Fault.Throttled(SalesforceErrors.SYSTEM, "Salesforce takes no more logins for now: "
                        + error.getMessage(), SalesforceErrors.QUOTA_PAUSE)
                : SalesforceErrors.auth("refused the login (" + error.getErrorCode() + "): " + error.getMessage(),
                        remedy(error.getMessage(), remedy));
    }

    private static String remedy(String said, String otherwise) {
        String words = String.valueOf(said).toLowerCase(Locale.ROOT);
        return REMEDIES.entrySet().stream().filter(each -> words.contains(each.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse(otherwise);
    }

    private static Fault uncoded(int status, String remedy) {
        if (status == TOO_MANY) {
            return new Fault.Throttled(SalesforceErrors.SYSTEM, "Salesforce answered 429 to the login",
                    SalesforceErrors.SHORT_PAUSE);
        }
        if (Redirect.is(status)) {
            return Redirect.fault(SalesforceErrors.SYSTEM, "Salesforce", status, "the login");
        }
        if (status >= 500 || status == TIMED_OUT) {
            return away("Salesforce answered " + status + " to the login", null);
        }
        return status < 400 ? StrangeAnswer.fault(SalesforceErrors.SYSTEM, status + " to the login")
                : SalesforceErrors.auth("refused the login (" + status + ") and said no reason", remedy);
    }

    private static Fault away(String words, Throwable cause) {
        return Fault.Transient.undone(SalesforceErrors.SYSTEM, words, cause);
    }
}
