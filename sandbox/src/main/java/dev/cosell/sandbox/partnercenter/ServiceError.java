package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal of the Referrals API with its documented body. */
final class ServiceError extends RuntimeException {
    private final int status;
    private final String code;
    private final String target;

    ServiceError(int status, String code, String target, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.target = target;
    }

    static ServiceError invalid(String target, String message) {
        return new ServiceError(400, "invalidRequest", target, message);
    }

    static ServiceError notFound(String id) {
        return new ServiceError(404, "itemNotFound", "referral", "The referral " + id + " was not found.");
    }

    Answer answer() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("code", code);
        inner.put("message", getMessage());
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", getMessage());
        error.put("target", target);
        error.put("innerError", inner);
        return Answer.json(status, Map.of("error", error));
    }
}
