package dev.cosell.partnercenter;

import dev.cosell.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The calls of the Referrals API; addresses are relative to {@code …/v1.0/engagements}. */
public final class Calls {
    private static final String REFERRALS = "/referrals";
    /** Made up for this product once; it tells it from others in the service's own records. */
    private static final String OUR_PRODUCT = "5c1b7a0e-8f3d-4d0b-9a6e-2f4c5e7d9b13";

    private Calls() {}

    static Request get(String id) {
        return new Request("GET", REFERRALS + "/" + encoded(id), traced(), null);
    }

    /** @param query already percent-encoded */
    static Request list(String query) {
        return new Request("GET", REFERRALS + "?" + query, traced(), null);
    }

    /** The same of a read that goes on from page to page, whatever else is to be done meanwhile. */
    static Request page(String query) {
        return list(query).patiently();
    }

    /** @param address absolute, on the host of the service */
    static Request pageAt(String address) {
        return new Request("GET", address, traced(), null).patiently();
    }

    static Request post(Map<String, Object> document) {
        return new Request("POST", REFERRALS, traced(), document);
    }

    /** @param version what the referral must still show; null writes over whatever is there */
    static Request patch(String id, String version, List<Map<String, Object>> operations) {
        Map<String, String> headers = traced();
        headers.put("Prefer", "return=representation");
        if (version != null) {
            headers.put("If-Match", version);
        }
        return new Request("PATCH", REFERRALS + "/" + encoded(id), headers, operations);
    }

    /** A change that registers a deal: only there the service demands to know which product calls. */
    static Request registration(String id, String version, List<Map<String, Object>> operations) {
        Request patch = patch(id, version, operations);
        Map<String, String> headers = new HashMap<>(patch.headers());
        headers.put("X-Caller-Id", OUR_PRODUCT);
        return new Request(patch.method(), patch.uri(), headers, patch.body());
    }

    private static Map<String, String> traced() {
        return new HashMap<>(Map.of("client-request-id", UUID.randomUUID().toString()));
    }

    /** Percent-encodes a value for a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A text as an OData literal, percent-encoded. */
    static String literal(String text) {
        return encoded("'" + text.replace("'", "''") + "'");
    }
}
