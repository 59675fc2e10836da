package dev.cosell.entra;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.connection.SteadyTime;
import dev.cosell.verbs.Fault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens of Microsoft Entra ID for one audience, asked for ahead of their end and by one thread at a time:
 * whoever waits for a request shares its outcome. Works with client credentials (Dataverse) and with a refresh token
 * (Partner Center).
 */
public final class EntraTokens implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(EntraTokens.class);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final EntraApp app;
    private final Scope scope;
    private final Credential credential;
    private final InstantSource time;

    private volatile long requests;
    private String token;
    private Instant renewAt = Instant.MIN;
    private Instant end = Instant.MIN;
    private Fault failure;
    private Duration pause = FIRST_PAUSE;
    private Instant notBefore = Instant.MIN;

    /** @param scope the audience's scope, such as {@code https://api.partner.microsoft.com/.default offline_access} */
    public EntraTokens(EntraApp app, String scope, Credential credential, Clock clock) {
        this.app = app;
        this.scope = Scope.parse(scope);
        this.credential = credential;
        this.time = new SteadyTime(clock);
    }

    /**
     * With a grant that somebody else keeps.
     *
     * @param endpoint the tenant's token endpoint
     * @param grant    asked for each time, because a refresh token may have been rotated
     * @param rotated  takes a new refresh token; called before the access token is used
     */
    public EntraTokens(String system, URI endpoint, String clientId, String secret, String scope,
                       Supplier<AuthorizationGrant> grant, Consumer<String> rotated, Clock clock) {
        this(new EntraApp(system, endpoint.toString().replaceAll("/oauth2/v2\\.0/token$", ""), clientId, secret), scope,
                new Credential() {
            @Override
            public AuthorizationGrant grant() {
                return grant.get();
            }

            @Override
            public void renewed(String refreshToken, String user) {
                if (refreshToken != null) {
                    rotated.accept(refreshToken);
                }
            }
        }, clock);
    }

    @Override
    public String token() {
        long before = requests;
        synchronized (this) {
            Instant now = time.instant();
            if (token != null && now.isBefore(renewAt)) {
                return token;
            }
            if (failure != null && requests != before) {
                throw again(failure);
            }
            return renewed(now);
        }
    }

    /** Asks for a new token whether or not the old one is still good, so that the refresh token is used. */
    public synchronized void renewNow() {
        renewAt = Instant.MIN;
        token();
    }

    @Override
    public synchronized void discard(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    @Override
    public String remedy() {
        return credential.command() == null ? TokenSource.super.remedy() : "sign in again with " + credential.command();
    }

    /** The old token does its work until its end while Entra is away. */
    private String renewed(Instant now) {
        if (now.isBefore(notBefore)) {
            return stillGood(now, new Fault.Transient(app.system(), "Entra did not answer well; it is asked again in "
                    + (Duration.between(now, notBefore).toSeconds() + 1) + " s"));
        }
        try {
            renew();
            failure = null;
            pause = FIRST_PAUSE;
        } catch (Fault.Transient away) {
            failure = away;
            notBefore = time.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            return stillGood(now, away);
        } catch (Fault.Auth refused) {
            failure = refused;
            token = null;
            throw refused;
        } finally {
            requests++;
        }
        return token;
    }

    private String stillGood(Instant now, Fault otherwise) {
        if (token != null && now.isBefore(end)) {
            LOG.debug("{} continues with its old token: {}", app.system(), otherwise.getMessage());
            return token;
        }
        throw otherwise;
    }

    private static Fault again(Fault fault) {
        return fault instanceof Fault.Auth ? new Fault.Auth(fault.system(), fault.getMessage())
                : new Fault.Transient(fault.system(), fault.getMessage(), fault);
    }

    private void renew() {
        AccessToken access;
        synchronized (credential) {
            access = credential.refreshing(this::requested);
        }
        token = access.getValue();
        Duration life = Duration.ofSeconds(access.getLifetime());
        Duration slack = life.compareTo(AHEAD.multipliedBy(2)) > 0 ? AHEAD : life.dividedBy(2);
        end = time.instant().plus(life);
        renewAt = end.minus(slack);
    }

    private AccessToken requested() {
        HTTPResponse response = app.token(credential.grant(), scope);
        if (!response.indicatesSuccess()) {
            throw EntraErrors.fault(app.system(), credential.command(), response);
        }
        AccessTokenResponse granted = granted(response);
        RefreshToken refresh = granted.getTokens().getRefreshToken();
        credential.renewed(refresh == null ? null : refresh.getValue(), user(granted));
        return granted.getTokens().getAccessToken();
    }

    private AccessTokenResponse granted(HTTPResponse response) {
        try {
            return AccessTokenResponse.parse(response);
        } catch (ParseException e) {
            throw new Fault.Transient(app.system(), "Entra gave no readable answer");
        }
    }

    /** The id token came over TLS from its issuer, so its signature is not asked for: the name is for display only. */
    static String user(AccessTokenResponse granted) {
        if (!(granted.getCustomParameters().get("id_token") instanceof String idToken)) {
            return null;
        }
        try {
            JWTClaimsSet claims = JWTParser.parse(idToken).getJWTClaimsSet();
            String user = claims.getStringClaim("preferred_username");
            return user != null ? user : claims.getStringClaim("name");
        } catch (java.text.ParseException unreadable) {
            return null;
        }
    }
}
