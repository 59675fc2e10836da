package dev.cosell.page;

import io.vertx.core.http.HttpMethod;

/**
 * One thing that can be asked or done.
 *
 * @param acts whether something happens, which takes an operator
 */
record Endpoint(HttpMethod method, String path, boolean acts, Answerer answerer) {

    /** Answers with what is to be told, as records or maps. */
    @FunctionalInterface
    interface Answerer {
        Object answer(Asked asked);
    }

    static Endpoint asks(HttpMethod method, String path, Answerer answerer) {
        return new Endpoint(method, path, false, answerer);
    }

    static Endpoint acts(String path, Answerer answerer) {
        return new Endpoint(HttpMethod.POST, path, true, answerer);
    }
}
