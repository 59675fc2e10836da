package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.cosell.verbs.Fault;

/**
 * What a user's sign-in brought.
 *
 * @param user null when Entra did not say
 */
public record SignedIn(String refreshToken, String user) {

    /** The scope that also brings a refresh token and the user's name. */
    static Scope scope(String audience) {
        Scope scope = Scope.parse(audience);
        scope.add("offline_access");
        scope.add("openid");
        scope.add("profile");
        return scope;
    }

    /** @throws Fault when the answer, which is a success, cannot be used */
    static SignedIn of(EntraApp app, HTTPResponse response) {
        try {
            AccessTokenResponse granted = AccessTokenResponse.parse(response);
            if (granted.getTokens().getRefreshToken() == null) {
                throw new Fault.Auth(app.system(),
                        "Entra gave no refresh token: an administrator must allow the app offline_access");
            }
            return new SignedIn(granted.getTokens().getRefreshToken().getValue(), EntraTokens.user(granted));
        } catch (ParseException e) {
            throw new Fault.Transient(app.system(),
                    "Entra gave no readable answer to the sign-in. Start ./cosell login again");
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "sign-in of " + user;
    }
}
