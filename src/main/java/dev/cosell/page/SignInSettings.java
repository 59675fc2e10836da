package dev.cosell.page;

import java.time.Duration;
import java.util.Set;

/**
 * How people sign in with an identity provider, and for how long.
 *
 * @param issuer    of the provider, which its metadata stand below
 * @param publicUrl address under which browsers reach the page, without a slash at its end
 * @param viewers   app roles and groups that make somebody a viewer
 * @param operators the same for an operator
 * @param idle      without a request for so long, a session ends
 * @param longest   a session ends after so long in any case
 */
public record SignInSettings(String issuer, String clientId, String clientSecret, String publicUrl, Set<String> viewers,
        Set<String> operators, Duration idle, Duration longest) {

    /** Whether browsers reach the page by TLS alone. */
    boolean isSecure() {
        return publicUrl.startsWith("https:");
    }

    @Override
    public String toString() {
        return clientId + " at " + issuer;
    }
}
