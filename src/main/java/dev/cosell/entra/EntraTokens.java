package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.sync.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Access tokens of Microsoft Entra ID for one audience, asked for ahead of their end and by one thread at a time. Works with
 * client credentials (Dataverse) and with a refresh token (Partner Center); a rotated refresh token is handed to its keeper
 * first.
 */
public final class EntraTokens implements TokenSource {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;

    private final String system;
    private final URI endpoint;
    private final ClientID clientId;
    private final Secret secret;
    private final Scope scope;
    private final Supplier<AuthorizationGrant> grant;
    private final Consumer<String> rotated;
    private final Clock clock;

    private String token;
    private Instant renewAt = Instant.MIN;

    /**
     * @param system  whose connection this is, for messages
     * @param grant   asked for each time, because a refresh token may have been rotated
     * @param rotated takes a new refresh token; called before the access token is used
     */
    public EntraTokens(String system, URI endpoint, String clientId, String secret, String scope,
                       Supplier<AuthorizationGrant> grant, Consumer<String> rotated, Clock clock) {
        this.system = system;
        this.endpoint = endpoint;
        this.clientId = new ClientID(clientId);
        this.secret = new Secret(secret);
        this.scope = Scope.parse(scope);
        this.grant = grant;
        this.rotated = rotated;
        this.clock = clock;
    }

    @Override
    public synchronized String token() {
        if (token == null || !clock.instant().isBefore(renewAt)) {
            renew();
        }
        return token;
    }

    @Override
    public synchronized void discard(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private void renew() {
        TokenResponse response = ask();
        if (!response.indicatesSuccess()) {
            throw refused(response.toErrorResponse().getErrorObject());
        }
        AccessToken access = response.toSuccessResponse().getTokens().getAccessToken();
        RefreshToken refresh = response.toSuccessResponse().getTokens().getRefreshToken();
        if (refresh != null) {
            rotated.accept(refresh.getValue());
        }
        token = access.getValue();
        Duration life = Duration.ofSeconds(access.getLifetime());
        Duration slack = life.compareTo(AHEAD.multipliedBy(2)) > 0 ? AHEAD : life.dividedBy(2);
        renewAt = clock.instant().plus(life).minus(slack);
    }

    private TokenResponse ask() {
        HTTPRequest request = new TokenRequest.Builder(endpoint, new ClientSecretPost(clientId, secret), grant.get())
                .scope(scope).build().toHTTPRequest();
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        try {
            return TokenResponse.parse(request.send());
        } catch (IOException e) {
            throw new Fault.Transient(system, "Entra did not answer at " + endpoint, e);
        } catch (ParseException e) {
            throw new Fault.Transient(system, "Entra gave no readable answer at " + endpoint, e);
        }
    }

    private Fault refused(ErrorObject error) {
        int status = error.getHTTPStatusCode();
        if (status == 429 || status >= 500 || "temporarily_unavailable".equals(error.getCode())) {
            return new Fault.Transient(system, "Entra is not available (" + status + ")");
        }
        return new Fault.Auth(system, "Entra refused the sign-in of " + system + ": " + error.getCode() + ", "
                + firstLine(error.getDescription()).replaceAll("\\.+$", "") + ". Check the client id, secret and refresh token of this connection");
    }

    private static String firstLine(String text) {
        return text == null ? "no description" : List.of(text.split("\\R|Trace ID")).get(0).strip();
    }
}
