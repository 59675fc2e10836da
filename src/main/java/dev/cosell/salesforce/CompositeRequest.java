package dev.cosell.salesforce;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Up to 25 calls that Salesforce runs in order as one, at the price of one. */
final class CompositeRequest {
    private static final String BASE = "/services/data/v" + SalesforceConnection.API_VERSION + "/";

    private static final String COLLECTION = "composite/sobjects";
    /** Rows that one call of a collection takes. */
    static final int MOST_ROWS = 200;

    private final boolean allOrNone;
    private final String about;
    private final List<Map<String, Object>> requests = new ArrayList<>();

    private CompositeRequest(boolean allOrNone, String about) {
        this.allOrNone = allOrNone;
        this.about = about;
    }

    /** Calls that stand or fall alone. */
    static CompositeRequest reads(String about) {
        return new CompositeRequest(false, about);
    }

    /** One transaction. */
    static CompositeRequest transaction(String about) {
        return new CompositeRequest(true, about);
    }

    /** What this is about, for messages. */
    String about() {
        return about;
    }

    CompositeRequest query(String reference, String soql) {
        return add(reference, "GET", "query/?q=" + encoded(soql), null);
    }

    /** A query that also sees deleted rows. */
    CompositeRequest queryAll(String reference, String soql) {
        return add(reference, "GET", "queryAll/?q=" + encoded(soql), null);
    }

    CompositeRequest create(String reference, String object, Map<String, Object> body) {
        return add(reference, "POST", "sobjects/" + object, body);
    }

    /** @param id an id, or a reference to one */
    CompositeRequest update(String reference, String object, String id, Map<String, Object> body) {
        return add(reference, "PATCH", "sobjects/" + object + "/" + id, body);
    }

    /** As {@link #update}, and whoever has the lead keeps it: the assignment rules of the org are for new ones. */
    CompositeRequest updateLead(String reference, String id, Map<String, Object> body) {
        update(reference, "Lead", id, body);
        requests.get(requests.size() - 1).put("httpHeaders", Map.of("Sforce-Auto-Assign", "FALSE"));
        return this;
    }

    CompositeRequest upsert(String reference, String object, String field, String value, Map<String, Object> body) {
        return add(reference, "PATCH", "sobjects/" + object + "/" + field + "/" + encoded(value), body);
    }

    /** Up to 200 rows as one call of the composite; in a transaction they stand and fall with it. */
    CompositeRequest createAll(String reference, String object, List<Map<String, Object>> rows) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> record = new LinkedHashMap<>(row);
            record.put("attributes", Map.of("type", object));
            records.add(record);
        }
        return add(reference, "POST", COLLECTION, Map.of("allOrNone", true, "records", records));
    }

    /** Up to 200 rows as one call of the composite. */
    CompositeRequest deleteAll(String reference, List<String> ids) {
        return add(reference, "DELETE", COLLECTION + "?allOrNone=true&ids=" + String.join(",", ids), null);
    }

    CompositeRequest describe(String reference, String object) {
        return add(reference, "GET", "sobjects/" + object + "/describe", null);
    }

    CompositeRequest delete(String reference, String object, String id) {
        return add(reference, "DELETE", "sobjects/" + object + "/" + id, null);
    }

    private CompositeRequest add(String reference, String method, String path, Map<String, Object> body) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", method);
        request.put("url", CompositeText.written(BASE + path));
        request.put("referenceId", reference);
        if (body != null) {
            request.put("body", CompositeText.written(body));
        }
        requests.add(request);
        return this;
    }

    boolean has(String reference) {
        return requests.stream().anyMatch(request -> reference.equals(request.get("referenceId")));
    }

    int size() {
        return requests.size();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("allOrNone", allOrNone);
        json.put("compositeRequest", requests);
        return json;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
