package dev.cosell.check.dynamics;

import dev.cosell.check.Calls;
import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.List;
import java.util.Map;

/** Reads of the environment through {@code direct:dynamics-call}; metadata comes unpaged. */
final class Metadata {
    static final String SYSTEM = "dynamics";

    private final Calls calls;

    Metadata(Calls calls) {
        this.calls = calls;
    }

    /**
     * The answer, whatever its status.
     *
     * @param uri relative, percent-encoded
     */
    Answer get(String uri) {
        return get(uri, Map.of());
    }

    Answer get(String uri, Map<String, String> headers) {
        return calls.ask("dynamics-call", new Request("GET", uri, headers, null), Answer.class);
    }

    /** The rows of a list. */
    List<Map<String, Object>> list(String uri) {
        return accepted(get(uri), "the metadata").list("value");
    }

    static Answer accepted(Answer answer, String what) {
        if (answer.status() == 403) {
            throw new Fault.Denied(SYSTEM, "Dynamics 365 denies our application user " + what + ": " + answer.reason());
        }
        if (!answer.ok()) {
            throw new Fault.Data(SYSTEM, Trouble.REFUSED,
                    "Dynamics 365 refused " + what + " (" + answer.status() + "): " + answer.reason());
        }
        return answer;
    }

    /** The address of a table's metadata. */
    static String table(String logicalName) {
        return "/EntityDefinitions(LogicalName='" + logicalName + "')";
    }
}
