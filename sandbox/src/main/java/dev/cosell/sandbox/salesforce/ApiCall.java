package dev.cosell.sandbox.salesforce;

import java.util.List;
import java.util.Map;

/**
 * A call of the REST API, from the wire or from inside a composite.
 *
 * @param path   decoded segments behind {@code /services/data/vNN.0}
 * @param body   parsed JSON body; empty when there is none
 * @param stale  whether a read shows rows as they were before their last change
 * @param wishes of the headers
 */
record ApiCall(String method, String version, List<String> path, Map<String, String> query, Map<String, Object> body,
        boolean stale,
        Wishes wishes) {

    ApiCall asStale() {
        return new ApiCall(method, version, path, query, body, true, wishes);
    }

    String at(int index) {
        return index < path.size() ? path.get(index) : "";
    }
}
