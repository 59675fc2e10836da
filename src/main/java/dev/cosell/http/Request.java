package dev.cosell.http;

import java.util.Map;

/**
 * One HTTP call to a system.
 *
 * @param uri     relative to the system's base address, already percent-encoded; or an absolute address on the same
 *     host
 * @param headers request headers besides authorisation and content type
 * @param body    a JSON tree (map or list), a {@link Text}, or null for no body
 * @param patient whether it waits for its turn rather than fail because others have used up the calls for now
 * @param check   run whenever the call is about to be sent, all waiting for its turn and for a token being over; what
 *     it throws is thrown instead. Null for none
 */
public record Request(String method, String uri, Map<String, String> headers, Object body, boolean patient,
                      Runnable check) {
    public Request {
        headers = Map.copyOf(headers);
    }

    public Request(String method, String uri, Map<String, String> headers, Object body) {
        this(method, uri, headers, body, false, null);
    }

    /** The same call as one of many: what asks page by page would begin at the first one again. */
    public Request patiently() {
        return new Request(method, uri, headers, body, true, check);
    }

    /** The same call, which is sent only if a check that is run directly before throws nothing. */
    public Request checked(Runnable last) {
        return new Request(method, uri, headers, body, patient, last);
    }
}
