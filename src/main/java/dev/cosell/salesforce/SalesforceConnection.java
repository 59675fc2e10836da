package dev.cosell.salesforce;

import dev.cosell.http.OutgoingHosts;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.support.jsse.KeyStoreParameters;

/** Sets up the camel-salesforce component, which owns login, sessions and the HTTP client. */
public final class SalesforceConnection {
    /**
     * Version of the API that all calls name; from 64.0 on the streaming API ends clients in a way that CometD does not
     * expect.
     */
    public static final String API_VERSION = "56.0";
    /** The name that our calls give themselves. */
    public static final String CLIENT_NAME = "CosellSync";

    /** The default of ten seconds would cut off slow answers that the request time-out still allows. */
    private static final long IDLE_TIMEOUT_MILLIS = 120_000;
    /** The default of 4 MiB is less than a full page of opportunities with long descriptions. */
    private static final int LARGEST_ANSWER = 128 * 1024 * 1024;

    private SalesforceConnection() {}

    /**
     * A component that logs in at the first call, so that the application starts while Salesforce is away.
     *
     * @param hosts where it may call, the host included that the login names
     */
    public static SalesforceComponent component(SalesforceSettings settings, OutgoingHosts hosts) {
        SalesforceComponent component = new GuardedSalesforceComponent(hosts);
        component.setLoginUrl(settings.loginUrl());
        component.setClientId(settings.clientId());
        component.setClientSecret(settings.clientSecret());
        component.setUserName(settings.userName());
        component.setPassword(settings.password());
        component.setRefreshToken(settings.refreshToken());
        component.setJwtAudience(settings.jwtAudience());
        if (settings.keyStore() != null && !settings.keyStore().isBlank()) {
            component.setKeystore(keyStore(settings));
        }
        component.setLazyLogin(true);
        component.setHttpClientIdleTimeout(IDLE_TIMEOUT_MILLIS);
        component.setHttpMaxContentLength(LARGEST_ANSWER);
        SalesforceEndpointConfig config = new SalesforceEndpointConfig();
        config.setApiVersion(API_VERSION);
        component.setConfig(config);
        return component;
    }

    private static KeyStoreParameters keyStore(SalesforceSettings settings) {
        KeyStoreParameters keyStore = new KeyStoreParameters();
        keyStore.setResource(settings.keyStore());
        keyStore.setPassword(settings.keyStorePassword());
        return keyStore;
    }
}
