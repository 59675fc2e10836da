package dev.cosell.salesforce.stream;

import dev.cosell.text.Storable;
import dev.cosell.verbs.Fault;
import java.util.Map;
import java.util.regex.Pattern;

/** Why a client of the event stream is of no use any more. */
record Failure(String reason, Kind kind) {
    enum Kind {
        /** A session ends and a server forgets; a new client is all it takes. */
        SESSION, FORGOTTEN,
        /** Events behind the stored position are no longer kept. */
        POSITION,
        OTHER
    }

    private static final Pattern NO_SUCH_POSITION = Pattern
            .compile("400::The replayId \\{.*} you provided was invalid.*", Pattern.DOTALL);
    private static final int LONGEST_REASON = 200;

    static Failure other(String reason) {
        return new Failure(shortened(reason), Kind.OTHER);
    }

    /** @param what was being done, as the beginning of the reason; empty when the rest says it */
    static Failure of(String what, Throwable thrown) {
        String message = thrown.getMessage();
        return other(what + (thrown instanceof Fault && message != null ? message
                : thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message)));
    }

    /** @param message a Bayeux answer that is not successful, or what CometD makes of a call without a usable answer */
    static Failure of(Map<String, Object> message) {
        String error = message.get("error") instanceof String text ? text : null;
        String cause = message.get("ext") instanceof Map<?, ?> ext && ext.get("sfdc") instanceof Map<?, ?> sfdc
                && sfdc.get("failureReason") instanceof String text ? text : null;
        Map<?, ?> failure = message.get("failure") instanceof Map<?, ?> map ? map : Map.of();
        if (error != null) {
            return new Failure(shortened(cause == null ? error : error + " (" + cause + ")"), kind(error, cause));
        }
        if (failure.get("httpCode") instanceof Number status) {
            return new Failure("HTTP " + status, status.intValue() == 401 ? Kind.SESSION : Kind.OTHER);
        }
        return failure.get("exception") instanceof Throwable thrown ? of("", thrown)
                : other("an answer without a reason");
    }

    private static Kind kind(String error, String cause) {
        if (error.startsWith("401:") || cause != null && cause.startsWith("401:")) {
            return Kind.SESSION;
        }
        return error.startsWith("403::Unknown client") ? Kind.FORGOTTEN
                : NO_SUCH_POSITION.matcher(error).matches() ? Kind.POSITION : Kind.OTHER;
    }

    private static String shortened(String reason) {
        return Storable.shortened(reason, LONGEST_REASON + 1);
    }
}
