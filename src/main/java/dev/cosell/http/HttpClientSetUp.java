package dev.cosell.http;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** The HTTP client does what the route says and nothing more: no retries, redirects or cookies of its own. */
public final class HttpClientSetUp implements HttpClientConfigurer {
    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching();
    }
}
