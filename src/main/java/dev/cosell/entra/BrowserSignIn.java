package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.cosell.verbs.Fault;
import java.net.URI;
import java.util.Map;

/** Signs a user in with a browser: the authorization code grant with PKCE. One object for one sign-in. */
public final class BrowserSignIn {
    /** The address that the app registration has to know; Entra takes it with any port. */
    public static final URI REDIRECT = URI.create("http://localhost");

    private final EntraApp app;
    private final Scope scope;
    private final URI redirect;
    private final State state = new State();
    private final CodeVerifier verifier = new CodeVerifier();

    /** @param redirect where Entra sends the browser afterwards: {@link #REDIRECT}, with or without a port */
    public BrowserSignIn(EntraApp app, String scope, URI redirect) {
        this.app = app;
        this.scope = SignedIn.scope(scope);
        this.redirect = redirect;
    }

    /**
     * Where the user goes with a browser. An account is always asked for: a browser is often signed in as somebody
     * else.
     */
    public URI address() {
        return new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(app.clientId())).scope(scope)
                .state(state)
                .redirectionURI(redirect).codeChallenge(verifier, CodeChallengeMethod.S256)
                .customParameter("prompt", "select_account")
                .endpointURI(URI.create(app.tenant() + "/oauth2/v2.0/authorize")).build().toURI();
    }

    /** Whether an address that a browser was sent to is the answer to this sign-in and to no other. */
    public boolean isAnswer(URI address) {
        try {
            return state.equals(AuthorizationResponse.parse(address).getState());
        } catch (ParseException | IllegalArgumentException none) {
            return false;
        }
    }

    /**
     * Ends the sign-in with what came back.
     *
     * @param address an {@linkplain #isAnswer answer} to this sign-in
     * @throws Fault.Auth when the user declined, or Entra refuses the user
     */
    public SignedIn finish(URI address) {
        try {
            AuthorizationResponse answer = AuthorizationResponse.parse(address);
            if (answer instanceof AuthorizationErrorResponse refused) {
                throw refusal(refused);
            }
            return redeem(answer.toSuccessResponse().getAuthorizationCode());
        } catch (ParseException unreadable) {
            throw notAnAnswer();
        }
    }

    /**
     * The same with what a person has pasted: the whole address of the page that the browser could not show, or the
     * code in it. A code by itself names no sign-in, but the token endpoint takes it with the secret of this one only.
     *
     * @throws IllegalArgumentException when it is an answer to another sign-in, or none
     */
    public SignedIn finishPasted(String pasted) {
        String text = pasted.strip().replaceAll("^[\"'<]+|[\"'>]+$", "");
        if (!text.contains("=")) {
            if (!text.matches("[A-Za-z0-9._~-]{8,}")) {
                throw new IllegalArgumentException("That is neither the address of the last page nor the code in it");
            }
            return redeem(new AuthorizationCode(text));
        }
        int query = text.indexOf('?');
        URI address = address(query < 0 ? text : text.substring(query + 1));
        if (!isAnswer(address)) {
            throw new IllegalArgumentException(
                    "That is no answer to this sign-in. Paste the whole address of the last page, from http to its end");
        }
        return finish(address);
    }

    private URI address(String query) {
        try {
            return URI.create(redirect + "/?" + query);
        } catch (IllegalArgumentException cut) {
            return redirect;
        }
    }

    private SignedIn redeem(AuthorizationCode code) {
        HTTPResponse response = app.token(new AuthorizationCodeGrant(code, redirect, verifier), scope);
        if (!response.indicatesSuccess()) {
            throw EntraErrors.fault(app.system(), SignInStore.LOGIN, response);
        }
        return SignedIn.of(app, response);
    }

    private Fault refusal(AuthorizationErrorResponse refused) {
        String error = String.valueOf(refused.getErrorObject().getCode());
        int code = EntraErrors.codeIn(refused.getErrorObject().getDescription());
        return "access_denied".equals(error) && (code == 0 || code == EntraErrors.DECLINED)
                ? new Fault.Auth(app.system(), "The sign-in was declined. Start ./cosell login again to repeat it")
                : EntraErrors.fault(app.system(), SignInStore.LOGIN, Map.of("error", error), code);
    }

    private Fault notAnAnswer() {
        return new Fault.Auth(app.system(), "Entra gave no readable answer to the sign-in. Start ./cosell login again");
    }
}
