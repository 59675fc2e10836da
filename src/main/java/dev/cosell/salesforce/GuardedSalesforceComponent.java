package dev.cosell.salesforce;

import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.spi.annotations.Component;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandlers;
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
    private static final String SECURITY_HANDLER = "CamelSalesforceSecurityHandler";
    private static final String TOKEN_PATH = "/services/oauth2/token";
    private static final int UNAUTHORIZED = 401;

    /** Within a call that logs in again the component handles the answer itself, and well. */
    private record ExceptLogin(ProtocolHandler handler) implements ProtocolHandler {
        @Override
        public String getName() {
            return handler.getName();
        }

        @Override
        public boolean accept(Request request, Response response) {
            boolean login = response.getStatus() == UNAUTHORIZED && request.getPath().endsWith(TOKEN_PATH)
                    && isAlone(request);
            return !login && handler.accept(request, response);
        }

        private static boolean isAlone(Request request) {
            return !(request instanceof HttpRequest http)
                    || http.getConversation().getExchanges().size() <= 1;
        }

        @Override
        public Response.Listener getResponseListener() {
            return handler.getResponseListener();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ProtocolHandlers handlers = getHttpClient().getProtocolHandlers();
        ProtocolHandler security = handlers.remove(SECURITY_HANDLER);
        if (security != null) {
            handlers.put(new ExceptLogin(security));
        }
    }
}
