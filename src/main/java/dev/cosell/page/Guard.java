package dev.cosell.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * What holds for every request, whoever makes it: headers that keep a browser from being misused, and where an action
 * may come from.
 */
final class Guard {
    /**
     * Whoever acts has to send it with any value: a form of another site cannot, and a script of one has to ask first
     * and gets no answer.
     */
    static final String HEADER = "X-Requested-With";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
            + "data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    private Guard() {}

    static void headers(RoutingContext request) {
        HEADERS.forEach(request.response()::putHeader);
        request.next();
    }

    static void origin(RoutingContext request) {
        HttpServerRequest asked = request.request();
        if (!asked.method().equals(HttpMethod.GET) && !asked.method().equals(HttpMethod.HEAD)
                && asked.getHeader(HEADER) == null) {
            request.fail(notFromHere());
        } else {
            originOfProgram(request);
        }
    }

    private static Refused notFromHere() {
        return new Refused(403,
                "An action has to come from the page itself, or from a program that sends the header " + HEADER);
    }

    /** The same for programs that cannot send a header of ours; a page of another site cannot send this type. */
    static void originOfProgram(RoutingContext request) {
        HttpServerRequest asked = request.request();
        if (asked.method().equals(HttpMethod.GET) || asked.method().equals(HttpMethod.HEAD)) {
            request.next();
        } else if (!sameSite(asked)) {
            request.fail(notFromHere());
        } else if (!type(asked).toLowerCase(Locale.ROOT).startsWith("application/json")) {
            request.fail(new Refused(415, "An action is JSON: send it with Content-Type: application/json"));
        } else {
            request.next();
        }
    }

    private static String type(HttpServerRequest asked) {
        return asked.getHeader("Content-Type") == null ? "" : asked.getHeader("Content-Type");
    }

    /** Browsers say it, old ones only by the page's address; programs say neither. */
    private static boolean sameSite(HttpServerRequest asked) {
        String site = asked.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = asked.getHeader("Origin");
        try {
            return origin == null || asked.authority() != null && asked.authority().toString()
                    .equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
