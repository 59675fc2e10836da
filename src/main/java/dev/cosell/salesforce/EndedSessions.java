package dev.cosell.salesforce;

import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.internal.HttpContentResponse;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Sends a call that met an ended session once more with a new one. Stands in for camel-salesforce's own handler, in
 * which each call logs in for itself and a refused first login never ends.
 */
final class EndedSessions implements ProtocolHandler {
    private static final String AUTHENTICATION = "/services/oauth2/";
    private static final String ATTEMPTS = EndedSessions.class.getName() + ".attempts";
    private static final String LOGINS = EndedSessions.class.getName() + ".logins";
    private static final String TAKEN = EndedSessions.class.getName() + ".taken";
    private static final String PASSWORD_EXPIRED = "INVALID_OPERATION_WITH_EXPIRED_PASSWORD";
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_ATTEMPTS = 2;

    private final SalesforceHttpClient client;
    private final SessionRenewal renewal;

    EndedSessions(SalesforceHttpClient client, SessionRenewal renewal) {
        this.client = client;
        this.renewal = renewal;
    }

    /** The component's own handler has this name, and gives way to it. */
    @Override
    public String getName() {
        return "CamelSalesforceSecurityHandler";
    }

    /** To be told of each call before it is sent. */
    void begins(Request request) {
        request.attribute(LOGINS, renewal.logins());
    }

    @Override
    public boolean accept(Request request, Response response) {
        return response.getStatus() == UNAUTHORIZED && request instanceof HttpRequest call
                && !call.getPath().startsWith(AUTHENTICATION)
                && attempts(call.getConversation()) < MOST_ATTEMPTS;
    }

    private static int attempts(HttpConversation conversation) {
        return conversation.getAttribute(ATTEMPTS) instanceof Integer made ? made : 0;
    }

    /** Whether a call met an ended session, so that a login and the same call follow before it ends. */
    static boolean takesOver(HttpConversation conversation) {
        return conversation.getAttribute(TAKEN) != null;
    }

    @Override
    public Response.Listener getResponseListener() {
        return new Refused();
    }

    private final class Refused extends BufferingResponseListener {
        Refused() {
            super(client.getMaxContentLength());
        }

        @Override
        public void onBegin(Response response) {
            ((HttpRequest) response.getRequest()).getConversation().setAttribute(TAKEN, true);
        }

        @Override
        public void onComplete(Result result) {
            HttpRequest request = (HttpRequest) result.getRequest();
            ContentResponse response = new HttpContentResponse(result.getResponse(), getContent(), getMediaType(),
                    getEncoding());
            if (result.isFailed()) {
                fail(request, response, result.getFailure());
            } else if (getContent() != null && getContentAsString().contains(PASSWORD_EXPIRED)) {
                // A login would succeed, and the next call would be refused again.
                passOn(request, response);
            } else {
                renewal.instead(token(request), before(request)).whenComplete((token, failure) -> {
                    if (failure == null) {
                        again(request, token);
                    } else {
                        fail(request, response, failure);
                    }
                });
            }
        }
    }

    private static long before(HttpRequest request) {
        return request.getAttributes().get(LOGINS) instanceof Long logins ? logins : -1;
    }

    private static String token(HttpRequest request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header == null ? null : header.substring(header.indexOf(' ') + 1);
    }

    private void again(HttpRequest request, String token) {
        HttpConversation conversation = request.getConversation();
        conversation.setAttribute(ATTEMPTS, attempts(conversation) + 1);
        Request repeated = client.copyRequest(request, request.getURI()).method(request.getMethod());
        if (repeated.getBody() != null) {
            repeated.getBody().rewind();
        }
        repeated.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + token));
        repeated.onRequestBegin(begun -> {
            if (request.getAbortCause() != null) {
                begun.abort(request.getAbortCause());
            }
        });
        conversation.updateResponseListeners(null);
        repeated.send(null);
    }

    private static void passOn(HttpRequest request, Response response) {
        HttpConversation conversation = request.getConversation();
        conversation.updateResponseListeners(null);
        conversation.getResponseListeners().emitSuccessComplete(new Result(request, response));
    }

    private static void fail(HttpRequest request, Response response, Throwable failure) {
        HttpConversation conversation = request.getConversation();
        conversation.updateResponseListeners(null);
        conversation.getResponseListeners().emitFailure(response, failure);
        conversation.getResponseListeners().notifyComplete(new Result(request, null, response, failure));
    }
}
