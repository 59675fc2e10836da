package dev.cosell.http;

import java.util.Map;

/**
 * One HTTP call to a system.
 *
 * @param uri     relative to the system's base address, already percent-encoded; or an absolute address on the same
 *     host
 * @param headers request headers besides authorisation and content type
 * @param body    a JSON tree (map or list), a {@link Text}, or null for no body
 */
public record Request(String method, String uri, Map<String, String> headers, Object body) {
    public Request {
        headers = Map.copyOf(headers);
    }
}
