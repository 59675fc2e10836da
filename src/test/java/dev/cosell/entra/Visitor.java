package dev.cosell.entra;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser, in front of Entra's sign-in page; follows no redirect unless asked to. */
public final class Visitor {
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\">");

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** What the page shows; with the status in front. */
    public String sees(URI page) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(page).build());
        return answer.statusCode() + " " + answer.body();
    }

    /** Presses Accept on the page, as a user with a second factor. Gives where the browser is sent. */
    public URI accepts(URI page, String user) {
        return presses(page, "answer=accept&secondFactor=yes&user=" + URLEncoder.encode(user, StandardCharsets.UTF_8));
    }

    /** The same as a user whom the tenant has given app roles and groups, each separated by commas. */
    public URI accepts(URI page, String user, String roles, String groups) {
        return presses(page, "answer=accept&secondFactor=yes&user=" + URLEncoder.encode(user, StandardCharsets.UTF_8)
                + "&roles=" + roles + "&groups=" + groups);
    }

    public URI cancels(URI page) {
        return presses(page, "answer=cancel");
    }

    private URI presses(URI page, String form) {
        Matcher action = ACTION.matcher(sees(page));
        if (!action.find()) {
            throw new IllegalStateException("no form at " + page);
        }
        HttpResponse<String> answer = send(HttpRequest.newBuilder(page.resolve(action.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build());
        return URI.create(answer.headers().firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(answer.statusCode() + " " + answer.body())));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
