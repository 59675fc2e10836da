package dev.cosell.salesforce;

import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.apache.camel.component.salesforce.internal.client.SalesforceSecurityHandler;
import org.apache.camel.spi.annotations.Component;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * camel-salesforce whose first login cannot hang. In 4.18.0 a 401 of the token endpoint ends in a null pointer within the
 * component's handler of expired sessions, the login never returns, and every later call waits for it. A login is no call
 * with an expired session, so here the handler does not see it.
 */
@Component("salesforce")
final class GuardedSalesforceComponent extends SalesforceComponent {
    private static final String TOKEN_PATH = "/services/oauth2/token";
    private static final int UNAUTHORIZED = 401;

    private static final class ExceptLogin extends SalesforceSecurityHandler {
        ExceptLogin(SalesforceHttpClient client) {
            super(client);
        }

        @Override
        public boolean accept(Request request, Response response) {
            boolean firstLogin = response.getStatus() == UNAUTHORIZED && request.getPath().endsWith(TOKEN_PATH) && !isRepeatedCall(request);
            return !firstLogin && super.accept(request, response);
        }

        /** A login within the conversation of a call whose session had ended: the component copes with that one. */
        private static boolean isRepeatedCall(Request request) {
            return request instanceof HttpRequest http && http.getConversation().getExchanges().size() > 1;
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Takes the place of the handler of the same name; the order of the handlers stays.
        getHttpClient().getProtocolHandlers().put(new ExceptLogin(getHttpClient()));
    }
}
