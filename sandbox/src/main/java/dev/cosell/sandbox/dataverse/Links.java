package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Addresses in answers, built on the host the client used. */
final class Links {
    static final String BASE = "/api/data/v9.2";

    private Links() {}

    static String root(Call call) {
        return "http://" + call.host() + BASE + "/";
    }

    /** The address of the same read, with one option set and the paging options dropped. */
    static String same(Call call, String set, String option, String value) {
        StringBuilder link = new StringBuilder(root(call)).append(set).append('?');
        for (Map.Entry<String, String> each : call.query().entrySet()) {
            if (!each.getKey().equals("$skiptoken") && !each.getKey().equals("$deltatoken")) {
                append(link, each.getKey(), each.getValue());
            }
        }
        append(link, option, value);
        return link.toString();
    }

    private static void append(StringBuilder link, String option, String value) {
        if (link.charAt(link.length() - 1) != '?') {
            link.append('&');
        }
        link.append(option).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** An opaque token of some parts. */
    static String token(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(text.isEmpty() ? "" : ":").append(part);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The parts of a token that {@link #token} made; refuses any other. */
    static String[] parts(String token, String kind, int count) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":");
            if (parts.length == count && parts[0].equals(kind)) {
                return parts;
            }
        } catch (IllegalArgumentException notOurs) {
            throw badCookie();
        }
        throw badCookie();
    }

    /** The kind of a token; empty when it is none of ours. */
    static String kind(String token) {
        try {
            return token == null ? ""
                    : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":")[0];
        } catch (IllegalArgumentException notOurs) {
            return "";
        }
    }

    private static Refusal badCookie() {
        return new Refusal(400, "0x8004112a", "The paging cookie is invalid.");
    }
}
