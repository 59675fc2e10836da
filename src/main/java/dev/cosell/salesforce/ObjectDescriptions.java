package dev.cosell.salesforce;

import java.util.List;
import java.util.Map;

/**
 * Salesforce's own description of an object, as far as our user sees it, through {@code direct:salesforce-composite}.
 */
public final class ObjectDescriptions {
    private static final String PART = "description";

    private ObjectDescriptions() {}

    /** The body to send. */
    public static Object ask(String object) {
        return CompositeRequest.reads("the description of the object " + object).describe(PART, object);
    }

    /**
     * What describe says; null when there is no such object, or none for our user.
     *
     * @param answer what the route gave
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(Object answer) {
        CompositeAnswer composite = (CompositeAnswer) answer;
        if (composite.body(PART) instanceof Map<?, ?> description) {
            return (Map<String, Object>) description;
        }
        List<SalesforceErrors.ApiError> errors = SalesforceErrors.parse(composite.body(PART));
        if (errors.stream()
                .allMatch(error -> error.code().equals("NOT_FOUND") || error.code().equals("INVALID_TYPE"))) {
            return null;
        }
        throw composite.fault();
    }
}
