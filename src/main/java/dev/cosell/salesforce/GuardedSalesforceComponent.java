package dev.cosell.salesforce;

import dev.cosell.http.OutgoingHosts;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * camel-salesforce with one login for all calls that need one. In 4.18.0 ten calls that meet an ended session log in
 * ten times, and a 401 of the token endpoint at the first login ends in a null pointer, so that the login never returns
 * and every later call waits for it.
 */
@Component("salesforce")
final class GuardedSalesforceComponent extends SalesforceComponent {
    private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(1);

    private final OutgoingHosts hosts;
    private SessionRenewal renewal;
    private ExecutorService logins;

    GuardedSalesforceComponent(OutgoingHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    protected void doStart() throws Exception {
        if (getConfig().getHttpClient() == null) {
            getConfig().setHttpClient(client());
        }
        super.doStart();
        // Jetty would go to whatever host an answer names, and take the token along.
        getHttpClient().setFollowRedirects(false);
        logins = getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "SalesforceLogin");
        renewal = new SessionRenewal(getSession(), hosts, logins);
        EndedSessions ended = new EndedSessions(getHttpClient(), renewal);
        // Takes the place of the handler of the same name; the order of the handlers stays.
        getHttpClient().getProtocolHandlers().put(ended);
        getHttpClient().getRequestListeners().addQueuedListener(ended::begins);
        getHttpClient().getRequestListeners().addQueuedListener(this::requireKnownHost);
    }

    /**
     * As camel-salesforce makes its own, but with a thread for each answer. Its ten were all taken when ten syncs asked
     * for the kinds of the fields at once, and none was left to take what Salesforce answered.
     */
    private SalesforceHttpClient client() throws GeneralSecurityException, IOException {
        SSLContextParameters ours = Optional.ofNullable(getSslContextParameters())
                .or(() -> Optional.ofNullable(retrieveGlobalSslContextParameters()))
                .orElseGet(SSLContextParameters::new);
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(ours.createSSLContext(getCamelContext()));
        ExecutorService workers = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this,
                "SalesforceHttpClient");
        SalesforceHttpClient client = new EndingHttpClient(getCamelContext(), workers, tls, EndingHttpClient.GRACE);
        client.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        return client;
    }

    /** The token goes with every call, with the farewell at the stop too. */
    private void requireKnownHost(Request request) {
        try {
            hosts.require(request.getURI());
        } catch (OutgoingHosts.Unknown unknown) {
            request.abort(unknown);
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (logins != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(logins);
        }
    }

    /** How many logins have ended; to be asked before the connection is looked at. */
    long logins() {
        return renewal.logins();
    }

    /**
     * The token in force; logs in, together with all who ask meanwhile, when there is none.
     *
     * @param refused a token that Salesforce has just refused; null for none
     * @param before  what {@link #logins} said; a login that failed since then is not repeated
     * @throws dev.cosell.verbs.Fault of a login that failed
     */
    String token(String refused, long before) {
        return renewal.awaited(refused, before);
    }
}
