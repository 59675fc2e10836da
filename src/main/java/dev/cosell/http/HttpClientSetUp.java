package dev.cosell.http;

import java.net.URI;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * The HTTP client does what the route says and nothing more: no retries, redirects or cookies of its own, and no call
 * to a host that the settings do not name.
 */
public final class HttpClientSetUp implements HttpClientConfigurer {
    private final OutgoingHosts hosts;

    public HttpClientSetUp(OutgoingHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching();
        client.addExecInterceptorFirst("known-hosts", (request, scope, chain) -> {
            hosts.require(URI.create(scope.route.getTargetHost().toURI()));
            return chain.proceed(request, scope);
        });
    }
}
