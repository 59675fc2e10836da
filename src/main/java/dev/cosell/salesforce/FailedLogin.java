package dev.cosell.salesforce;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.cosell.http.Redirect;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.verbs.Fault;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.api.dto.RestError;
import org.apache.camel.component.salesforce.internal.dto.LoginError;
import org.eclipse.jetty.client.HttpResponseException;

/**
 * What it means that a login at Salesforce has failed. A refusal is about us and never about a record, whatever its
 * code; a limit and an outage pass by themselves. The call that needed the session was not made, or was turned away.
 */
public final class FailedLogin {
    private static final String RATE_LIMIT = "rate_limit_exceeded";
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
                        remedy);
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
