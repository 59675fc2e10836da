package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import java.util.Map;

/** An answer of the REST API; a null body is an empty one. */
record ApiAnswer(int status, Object body, Map<String, String> headers) {

    static ApiAnswer ok(Object body) {
        return new ApiAnswer(200, body, Map.of());
    }

    static ApiAnswer of(int status, Object body) {
        return new ApiAnswer(status, body, Map.of());
    }

    /** As it goes over the wire. */
    Answer wire() {
        Answer wire = body == null ? Answer.empty(status) : Answer.json(status, body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            wire = wire.with(header.getKey(), header.getValue());
        }
        return wire;
    }

    static ApiAnswer of(Refusal refusal) {
        return new ApiAnswer(refusal.status, refusal.body(), Map.of());
    }
}
