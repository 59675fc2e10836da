package dev.cosell.salesforce;

import dev.cosell.http.Redirect;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.verbs.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which class of fault an error of Salesforce is, and how to say it to a person. */
final class SalesforceErrors {

    /** One error of the API. */
    record ApiError(String code, String message, List<String> fields) {}

    static final String SYSTEM = "salesforce";
    static final String CHECK_THE_USER = "Check the app's credentials and the rights of the integration user";
    /** After the calls of a day are used up. */
    static final Duration QUOTA_PAUSE = Duration.ofMinutes(5);
    /** The same code tells of too many long calls at a time, which passes by itself. */
    private static final String AT_A_TIME = "ConcurrentRequests";
    /** Salesforce documents no 429; whoever sends one, a proxy perhaps, wants a moment and not a day. */
    private static final int UNAVAILABLE = 503;
    private static final int SERVER_ERROR = 500;
    /** Said before Salesforce reads a request: the same one is refused again. */
    private static final Set<Integer> TOO_LONG = Set.of(413, 414, 431);
    static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
    private static final String LOCKED = "UNABLE_TO_LOCK_ROW";
    private static final Set<String> AGAIN = Set.of(LOCKED, "SERVER_UNAVAILABLE", "INVALID_QUERY_LOCATOR");
    /** What Salesforce itself did not expect or could not bring to an end, just now or at this record always. */
    private static final Set<String> OF_ITS_OWN = Set.of("UNKNOWN_EXCEPTION", "QUERY_TIMEOUT",
            "OPERATION_TOO_LARGE_TRY_AGAIN");
    /** What a trigger or a flow of the org has met stands in the words only. */
    private static final Set<String> OF_THE_ORG = Set.of("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            "CANNOT_EXECUTE_FLOW_TRIGGER");
    private static final Set<String> MOVED = Set.of("NOT_FOUND", "ENTITY_IS_DELETED");
    private static final String TAKEN = "DUPLICATE_VALUE";
    private static final String UNNAMED = "<unknown>";
    private static final String NO_SESSION = "INVALID_SESSION_ID";
    private static final Set<String> SIGN_IN = Set.of("INVALID_LOGIN", "INVALID_OPERATION_WITH_EXPIRED_PASSWORD");

    private SalesforceErrors() {}

    /** @param about what was being done, for the message: {@code "opportunity 006… "} */
    static Fault fault(int status, List<ApiError> errors, String about) {
        for (ApiError error : errors) {
            Fault general = general(error, about);
            if (general != null) {
                return general;
            }
        }
        if (status == 401) {
            return ofAFreshSession("refused a fresh session (401)");
        }
        if (status == 429) {
            return new Fault.Throttled(SYSTEM, "Salesforce answered 429", SHORT_PAUSE);
        }
        if (Redirect.is(status)) {
            return Redirect.fault(SYSTEM, "Salesforce", status, about);
        }
        if (status == 0 || status == 408 || status >= 500) {
            return away(status, "Salesforce answered " + status + " for " + about);
        }
        if (errors.isEmpty() && !TOO_LONG.contains(status)) {
            // Salesforce names an error code with every refusal, and what is no HTTP at all counts as 400.
            return StrangeAnswer.fault(SYSTEM, status + " to " + about + " and said no reason");
        }
        return errors.isEmpty()
                ? new Fault.Data(SYSTEM, SalesforceCause.OTHER, "Salesforce answered " + status + " for " + about)
                : new Fault.Data(SYSTEM, errors.stream().map(error -> SalesforceCause.reason(error, about)).toList());
    }

    private static Fault away(int status, String words) {
        return status == UNAVAILABLE ? Fault.Transient.undone(SYSTEM, words, null)
                : status == SERVER_ERROR ? new Fault.ServerError(SYSTEM, words) : new Fault.Transient(SYSTEM, words);
    }

    private static Fault general(ApiError error, String about) {
        String code = String.valueOf(error.code());
        if (code.equals("REQUEST_LIMIT_EXCEEDED")) {
            boolean soon = error.message().contains(AT_A_TIME);
            return new Fault.Throttled(SYSTEM,
                    (soon ? "Salesforce takes no more calls at a time: " : "Salesforce's call limit is used up: ")
                            + error.message(),
                    soon ? SHORT_PAUSE : QUOTA_PAUSE);
        }
        if (AGAIN.contains(code) || OF_THE_ORG.contains(code) && error.message().contains(LOCKED)) {
            return new Fault.Transient(SYSTEM,
                    "Salesforce could not do it just now for " + about + " (" + code + "): " + error.message());
        }
        if (OF_ITS_OWN.contains(code)) {
            return new Fault.ServerError(SYSTEM,
                    "Salesforce met an error of its own for " + about + " (" + code + "): " + error.message());
        }
        if (code.equals(NO_SESSION)) {
            return ofAFreshSession("refused a fresh session, saying " + code + ": " + error.message());
        }
        if (SIGN_IN.contains(code) || code.startsWith("API_DISABLED")) {
            return auth("said " + code + ": " + error.message());
        }
        if (code.startsWith("INSUFFICIENT_ACCESS")) {
            return new Fault.Denied(SYSTEM,
                    "Salesforce denies the integration user " + about + " (" + code + "): " + error.message()
                            + ". Give it the object and field permissions of the sync, and access to the record");
        }
        return null;
    }

    /** Sessions that were ended are renewed before anybody hears of it. */
    private static Fault.Auth ofAFreshSession(String what) {
        return Fault.Auth.ofAFreshToken(SYSTEM, "Salesforce " + what + ". " + CHECK_THE_USER);
    }

    static Fault.Auth auth(String what) {
        return auth(what, CHECK_THE_USER);
    }

    static Fault.Auth auth(String what, String remedy) {
        return new Fault.Auth(SYSTEM, "Salesforce " + what + ". " + remedy);
    }

    /**
     * Whether the row that a write was meant for is gone: decide again. Where the field is named, it is the field that
     * Salesforce does not know as an external id or does not show: the settings are wrong.
     *
     * @param key field by which a record is found again
     */
    static boolean isMoved(List<ApiError> errors, String key) {
        return errors.stream().anyMatch(error -> MOVED.contains(error.code()) && !names(error, key));
    }

    /** Whether another row has the value of a unique field. */
    static boolean isTaken(List<ApiError> errors, String field) {
        return errors.stream().anyMatch(error -> TAKEN.equals(error.code()) && names(error, field));
    }

    /** Salesforce names a field in its message, in whatever language, and not always in the list of fields. */
    private static boolean names(ApiError error, String field) {
        return error.fields().stream().anyMatch(field::equalsIgnoreCase)
                || Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(field) + "(?!\\w)").matcher(error.message()).find();
    }

    /**
     * Whether a unique value is just being written by somebody else, whose row Salesforce cannot name before it is
     * committed. It may never be, so the next attempt tells.
     */
    static boolean isUnderWay(List<ApiError> errors) {
        return errors.stream().anyMatch(error -> TAKEN.equals(error.code()) && error.fields().isEmpty()
                && error.message().contains(UNNAMED));
    }

    /** The errors of an error body; none when it has another form, such as a proxy's page. */
    static List<ApiError> parse(Object body) {
        List<ApiError> errors = new ArrayList<>();
        if (body instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map) {
                    Object code = map.get("errorCode") == null ? map.get("statusCode") : map.get("errorCode");
                    errors.add(new ApiError(String.valueOf(code), String.valueOf(map.get("message")),
                            names(map.get("fields"))));
                }
            }
        }
        return errors;
    }

    private static List<String> names(Object fields) {
        return fields instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }
}
