package dev.cosell.sandbox.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An error of the API; its body is an array with one entry. */
final class Refusal extends RuntimeException {
    final int status;
    final String code;
    final List<String> fields;

    Refusal(int status, String code, String message, String... fields) {
        super(message);
        this.status = status;
        this.code = code;
        this.fields = List.of(fields);
    }

    static Refusal bad(String code, String message, String... fields) {
        return new Refusal(400, code, message, fields);
    }

    static Refusal notFound() {
        return new Refusal(404, "NOT_FOUND", "The requested resource does not exist");
    }

    /** The error of one row among many, whose code has another name. */
    Map<String, Object> asRowError() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("statusCode", code);
        error.put("message", getMessage());
        error.put("fields", fields);
        return error;
    }

    List<Object> body() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("errorCode", code);
        if (!fields.isEmpty()) {
            error.put("fields", fields);
        }
        return List.of(error);
    }
}
