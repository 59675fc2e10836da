package dev.cosell.salesforce;

import dev.cosell.salesforce.SalesforceErrors.ApiError;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The answers of a composite by reference. Salesforce says 200 even when parts of it failed. */
final class CompositeAnswer {
    private static final int MULTIPLE_CHOICES = 300;
    private static final String HALTED = "PROCESSING_HALTED";
    private static final String ROLLED_BACK = "ALL_OR_NONE_OPERATION_ROLLED_BACK";

    private record Part(int status, Object body) {
        boolean failed() {
            return status >= MULTIPLE_CHOICES || !refusedRows().isEmpty();
        }

        /** A collection answers 200 whatever became of its rows. */
        List<Map<?, ?>> refusedRows() {
            List<Map<?, ?>> refused = new ArrayList<>();
            if (status < MULTIPLE_CHOICES && body instanceof List<?> rows) {
                for (Object row : rows) {
                    if (row instanceof Map<?, ?> result && Boolean.FALSE.equals(result.get("success"))) {
                        refused.add(result);
                    }
                }
            }
            return refused;
        }
    }

    private static final String NO_SUCH_FIELD = "INVALID_FIELD";

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final String about;

    CompositeAnswer(List<?> responses, String about) {
        this.about = about;
        for (Object response : responses) {
            Map<?, ?> part = (Map<?, ?>) response;
            parts.put(String.valueOf(part.get("referenceId")),
                    new Part(((Number) part.get("httpStatusCode")).intValue(), part.get("body")));
        }
    }

    /** Whether this part asks for a field that Salesforce does not have, or does not show our user. */
    boolean asksForHiddenField(String reference) {
        Part part = parts.get(reference);
        return part != null && part.failed()
                && SalesforceErrors.parse(part.body()).stream().anyMatch(error -> NO_SUCH_FIELD.equals(error.code()));
    }

    /** The same answer without a part. */
    CompositeAnswer without(String reference) {
        parts.remove(reference);
        return this;
    }

    boolean failed() {
        return parts.values().stream().anyMatch(Part::failed);
    }

    boolean has(String reference) {
        return parts.containsKey(reference);
    }

    /** What the parts have answered, in order; null among them for one without content. */
    List<Object> bodies() {
        return parts.values().stream().map(Part::body).collect(Collectors.toList());
    }

    Object body(String reference) {
        return parts.get(reference).body();
    }

    /** Ids of the rows that the calls whose reference starts like this have made. */
    List<String> createdIds(String prefix) {
        List<String> ids = new ArrayList<>();
        parts.forEach((reference, part) -> {
            List<?> rows = part.body() instanceof List<?> list ? list
                    : part.body() == null ? List.of() : List.of(part.body());
            for (Object row : reference.startsWith(prefix) ? rows : List.of()) {
                if (row instanceof Map<?, ?> body && body.get("id") != null) {
                    ids.add(body.get("id").toString());
                }
            }
        });
        return ids;
    }

    /** Errors of the parts that failed by themselves; the others were only halted with them. */
    private List<ApiError> errors() {
        List<ApiError> errors = new ArrayList<>();
        for (Part part : parts.values()) {
            if (part.status() > MULTIPLE_CHOICES) {
                SalesforceErrors.parse(part.body()).stream().filter(error -> !HALTED.equals(error.code()))
                        .forEach(errors::add);
            }
            part.refusedRows().stream().flatMap(row -> SalesforceErrors.parse(row.get("errors")).stream())
                    .filter(error -> !ROLLED_BACK.equals(error.code())).distinct().forEach(errors::add);
        }
        return errors;
    }

    /** What the call was about, for messages. */
    String about() {
        return about;
    }

    /** Whether a row was refused because another one has its value of this unique field. */
    boolean isTaken(String field) {
        return SalesforceErrors.isTaken(errors(), field);
    }

    /** The fault of calls that only read. */
    Fault fault() {
        return failure("Id");
    }

    /**
     * The fault that stopped a transaction: a part that failed says that nothing of it was written.
     *
     * @param key field by which a record is found again: another row with its value was written by somebody else since
     */
    Fault fault(String key) {
        Fault failure = failure(key);
        return failure instanceof Fault.Transient away ? away.asUndone() : failure;
    }

    /**
     * Halted without any error means that a reference found no value: the guard matched no row, because somebody else
     * wrote it since.
     */
    private Fault failure(String key) {
        for (Part part : parts.values()) {
            if (part.status() == MULTIPLE_CHOICES) {
                return new Fault.Data(SalesforceErrors.SYSTEM, Trouble.SEVERAL_RECORDS,
                        "Salesforce has several opportunities for " + about + ": " + part.body()
                                + ". Clear the referral identifier on all but one, and make the field unique");
            }
        }
        List<ApiError> errors = errors();
        if (errors.isEmpty()) {
            return new Fault.VersionConflict(SalesforceErrors.SYSTEM,
                    "Salesforce: " + about + " was changed by somebody else meanwhile");
        }
        if (SalesforceErrors.isMoved(errors, key) || SalesforceErrors.isTaken(errors, key)
                || SalesforceErrors.isUnderWay(errors)) {
            return new Fault.VersionConflict(SalesforceErrors.SYSTEM,
                    "Salesforce: " + about + ": " + errors.get(0).message());
        }
        int status = parts.values().stream().mapToInt(Part::status).filter(code -> code >= 500).findFirst().orElse(400);
        return SalesforceErrors.fault(status, errors, about);
    }
}
