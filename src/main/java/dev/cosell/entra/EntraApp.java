package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.net.URI;

/**
 * An app registration in Entra, and how it asks for something.
 *
 * @param system whose connection this is, for messages and names of settings
 * @param tenant address of the tenant, such as {@code https://login.microsoftonline.com/contoso.example}
 * @param secret empty for a public client
 */
public record EntraApp(String system, String tenant, String clientId, String secret) {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;

    /** @throws Fault.Transient when there is no answer */
    HTTPResponse token(AuthorizationGrant grant, Scope scope) {
        URI endpoint = URI.create(tenant + "/oauth2/v2.0/token");
        ClientID client = new ClientID(clientId);
        TokenRequest.Builder request = secret.isEmpty() ? new TokenRequest.Builder(endpoint, client, grant)
                : new TokenRequest.Builder(endpoint, new ClientSecretPost(client, new Secret(secret)), grant);
        return send(request.scope(scope).build().toHTTPRequest());
    }

    /** @throws Fault.Transient when there is no answer */
    HTTPResponse send(HTTPRequest request) {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setFollowRedirects(false);
        try {
            return request.send();
        } catch (IOException e) {
            throw new Fault.Transient(system, "Entra did not answer at " + request.getURI(), e);
        }
    }

    @Override
    public String toString() {
        return system + " at " + tenant + " as " + clientId;
    }
}
