package dev.cosell.partnercenter;

import java.util.Map;
import java.util.Set;

/** The code that tells most about a refusal: errors are nested, and only some codes are documented. */
final class ErrorCodes {
    private static final Set<String> KNOWN = Set.of("accessDenied", "unauthenticated", "unAuthorized", "unauthorized",
            "invalidRequest",
            "itemNotFound", "preconditionFailed", "resourceModified", "serviceNotAvailable", "generalException");

    private ErrorCodes() {}

    /**
     * The deepest code of the documented ones; empty when there is none. The service spells the inner error in two
     * ways.
     */
    static String deepestKnown(Map<String, Object> body) {
        String code = "";
        Object at = body.get("error");
        while (at instanceof Map<?, ?> error) {
            if (error.get("code") instanceof String here && KNOWN.contains(here)) {
                code = here;
            }
            at = error.get("innerError") != null ? error.get("innerError") : error.get("innererror");
        }
        return code;
    }
}
