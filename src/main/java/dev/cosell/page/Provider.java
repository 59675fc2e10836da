package dev.cosell.page;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.cosell.http.OutgoingHosts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity provider that people sign in with, by OpenID Connect: authorization code with PKCE, state and nonce. All
 * its methods may wait for the provider.
 */
final class Provider {
    /** Where it sends browsers back to, below the public address. */
    static final String ANSWER = "/sign-in/answer";

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 15_000;
    private static final int LARGEST_BYTES = 512 * 1024;
    private static final Duration METADATA_GOOD_FOR = Duration.ofHours(1);
    private static final Scope SCOPE = new Scope("openid", "profile");
    private static final Pattern CODE = Pattern.compile("AADSTS\\d{4,9}");

    private final SignInSettings settings;
    private final ClientID client;
    private final Clock clock;
    private Known known;

    /** What the provider says of itself. */
    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator,
            JWTProcessor<SecurityContext> accessTokens, Instant end) {}

    Provider(SignInSettings settings, Clock clock) {
        this.settings = settings;
        this.client = new ClientID(settings.clientId());
        this.clock = clock;
    }

    private URI redirect() {
        return URI.create(settings.publicUrl() + ANSWER);
    }

    /** @param choose whether the person is asked which account, even where the provider knows one */
    URI address(Attempt attempt, boolean choose) {
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, client,
                redirect()).endpointURI(known().metadata().getAuthorizationEndpointURI()).state(attempt.state())
                .nonce(attempt.nonce()).codeChallenge(attempt.verifier(), CodeChallengeMethod.S256);
        return (choose ? request.prompt(Prompt.Type.SELECT_ACCOUNT) : request).build().toURI();
    }

    /**
     * Who has signed in.
     *
     * @param answer the query of the address that the browser was sent to; null for none
     * @throws Refused when it is no answer to this attempt, or this person may not come in
     */
    Person person(Attempt attempt, String answer) {
        try {
            AuthorizationResponse response = AuthorizationResponse.parse(URI.create(redirect() + "?" + answer));
            if (!attempt.state().equals(response.getState())) {
                throw new Refused(400, "This answers a sign-in that was not begun in this browser. Sign in again");
            }
            if (!response.indicatesSuccess()) {
                throw refused(response.toErrorResponse().getErrorObject());
            }
            return Roles.person(settings, claims(attempt, response.toSuccessResponse().getAuthorizationCode()));
        } catch (ParseException | IllegalArgumentException unreadable) {
            throw new Refused(400, "This is no answer to a sign-in. Sign in again");
        }
    }

    private IDTokenClaimsSet claims(Attempt attempt, AuthorizationCode code) throws ParseException {
        HTTPRequest request = new TokenRequest.Builder(known().metadata().getTokenEndpointURI(),
                new ClientSecretPost(client, new Secret(settings.clientSecret())),
                new AuthorizationCodeGrant(code, redirect(), attempt.verifier())).scope(SCOPE).build().toHTTPRequest();
        try {
            TokenResponse response = OIDCTokenResponseParser.parse(sent(request));
            if (!response.indicatesSuccess()) {
                throw refused(response.toErrorResponse().getErrorObject());
            }
            JWT token = ((OIDCTokenResponse) response).getOIDCTokens().getIDToken();
            if (token == null) {
                throw new BadJOSEException("there is none");
            }
            return known().validator().validate(token, attempt.nonce());
        } catch (IOException away) {
            throw away(away);
        } catch (BadJOSEException | JOSEException notGood) {
            LOG.warn("A sign-in to the operator page was refused: the identity token is not good ({})",
                    notGood.getMessage());
            throw new Refused(403, "What the identity provider says of you cannot be trusted, so nobody was signed in. "
                    + "Sign in again; if it stays so, the log says why");
        }
    }

    /**
     * Whoever an access token was given to, a person's assistant or a program of its own.
     *
     * @throws Refused when it is not good, is meant for another application, or names nobody who may come in
     */
    Person holder(String accessToken) {
        try {
            Person holder = Roles.person(settings, new IDTokenClaimsSet(known().accessTokens().process(accessToken,
                    null)));
            return new Person(holder.name(), holder.role());
        } catch (KeySourceException away) {
            throw away(away);
        } catch (BadJOSEException | JOSEException | java.text.ParseException | ParseException notGood) {
            LOG.warn("An access token was refused: {}", notGood.getMessage());
            throw new Refused(401, "This access token is not good here: it has to be one of the identity provider for "
                    + "this application, and not expired");
        }
    }

    /** What has a nonce says who signed in, and is no key to anything. */
    private JWTProcessor<SecurityContext> accessTokens(JWSKeySelector<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT,
                new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new HashSet<>(List.of(client.getValue(), "api://" + client.getValue())),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("sub", "exp"), Set.of("nonce")));
        return processor;
    }

    private synchronized Known known() {
        if (known == null || clock.instant().isAfter(known.end())) {
            try {
                Issuer issuer = new Issuer(settings.issuer());
                OIDCProviderMetadata metadata = metadata(issuer);
                settings.hosts().require(metadata.getTokenEndpointURI());
                settings.hosts().require(metadata.getJWKSetURI());
                JWSKeySelector<SecurityContext> keys = new JWSVerificationKeySelector<>(JWSAlgorithm.RS256,
                        JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), new Keys()).refreshAheadCache(false)
                                .build());
                known = new Known(metadata, new IDTokenValidator(issuer, client, keys, null), accessTokens(keys),
                        clock.instant().plus(METADATA_GOOD_FOR));
            } catch (OutgoingHosts.Unknown unknown) {
                LOG.warn("The identity provider at {} names an address of another host. {}", settings.issuer(),
                        unknown.getMessage());
                throw new Refused(503, "The identity provider cannot be used: the log says why");
            } catch (IOException away) {
                throw away(away);
            } catch (GeneralException | IllegalArgumentException odd) {
                LOG.warn("The identity provider at {} cannot be used: {}. Check management.sign-in.issuer",
                        settings.issuer(), odd.getMessage());
                throw new Refused(503, "The identity provider cannot be used: check management.sign-in.issuer; the log "
                        + "says more");
            }
        }
        return known;
    }

    private static OIDCProviderMetadata metadata(Issuer issuer) throws IOException, GeneralException {
        HTTPResponse answer = sent(new HTTPRequest(HTTPRequest.Method.GET, OIDCProviderMetadata.resolveURL(issuer)));
        answer.ensureStatusCode(HTTPResponse.SC_OK);
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
        if (!issuer.equals(metadata.getIssuer())) {
            throw new GeneralException("it says that its issuer is " + metadata.getIssuer());
        }
        return metadata;
    }

    private static HTTPResponse sent(HTTPRequest request) throws IOException {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setFollowRedirects(false);
        return request.send();
    }

    /** Fetches the provider's keys. */
    private static final class Keys extends DefaultResourceRetriever {
        Keys() {
            super(CONNECT_MILLIS, READ_MILLIS, LARGEST_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }

    private Refused away(Exception away) {
        LOG.warn("The identity provider at {} does not answer: {}", settings.issuer(), away.getMessage());
        return new Refused(503, "The identity provider does not answer. Try again in a moment");
    }

    /** Its own description is left out, because it repeats parts of the request. */
    private Refused refused(ErrorObject error) {
        String name = error == null || error.getCode() == null || !error.getCode().matches("[a-z_]{1,60}") ? "unknown"
                : error.getCode();
        Matcher code = CODE.matcher(error == null ? "" : String.valueOf(error.getDescription()));
        String reference = code.find() ? code.group() : name;
        if (name.equals("access_denied")) {
            return new Refused(403, "The sign-in was declined (" + reference + ")");
        }
        LOG.warn("The identity provider refused a sign-in to the operator page ({}). Check management.sign-in.client-id"
                + " and management.sign-in.client-secret, and that the app registration has the redirect address {}",
                reference, redirect());
        return new Refused(403, "The identity provider refused the sign-in (" + reference + "). Sign in again; if it "
                + "stays so, the log says what to check");
    }
}
