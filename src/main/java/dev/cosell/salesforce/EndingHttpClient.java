package dev.cosell.salesforce;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Jetty's client, of which every call ends. Of ten thousand calls over connections that break, 12.1.14 forgot one: it
 * told no answer, no failure and no time-out. A deal, or with a login all of Salesforce, would have waited for ever.
 */
final class EndingHttpClient extends SalesforceHttpClient {
    /** By then Jetty's own time-out has ended every call that it has not forgotten. */
    static final Duration GRACE = Duration.ofSeconds(10);
    /** A login, and the call once more. */
    private static final int AFTER_AN_ENDED_SESSION = 2;

    private final Duration grace;

    /**
     * @param workers where answers are worked on; ends with the client
     * @param grace   how much longer than its time-out a call may take until it is ended here
     */
    EndingHttpClient(CamelContext camel, ExecutorService workers, SslContextFactory.Client tls, Duration grace) {
        super(camel, workers, tls);
        this.grace = grace;
    }

    @Override
    public HttpRequest newHttpRequest(HttpConversation conversation, URI uri) {
        HttpRequest request = new EndingRequest(conversation, uri);
        request.timeout(getTimeout(), TimeUnit.MILLISECONDS);
        return request;
    }

    /** Of a login. */
    @Override
    public Request newRequest(URI uri) {
        return newHttpRequest(new HttpConversation(), uri);
    }

    private final class EndingRequest extends HttpRequest {
        EndingRequest(HttpConversation conversation, URI uri) {
            super(EndingHttpClient.this, conversation, uri);
        }

        @Override
        public void send(Response.CompleteListener listener) {
            if (listener == null) {
                super.send(null);
                return;
            }
            End end = new End(this, listener);
            try {
                super.send(end);
            } catch (RuntimeException | Error refused) {
                end.close();
                throw refused;
            }
        }
    }

    /** Tells a listener all that Jetty tells, and the end once. */
    private final class End implements Response.Listener {
        private final HttpRequest request;
        private final Response.CompleteListener told;
        /** The same, or nobody: who wants to know the end only. */
        private final Response.Listener follows;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Scheduler.Task watch;

        End(HttpRequest request, Response.CompleteListener told) {
            this.request = request;
            this.told = told;
            this.follows = told instanceof Response.Listener all ? all : new Response.Listener() { };
            watch(() -> forgotten(true), 1);
        }

        private void watch(Runnable then, int calls) {
            watch = getScheduler().schedule(then, calls * mostOfOne().toMillis(), TimeUnit.MILLISECONDS);
        }

        private Duration mostOfOne() {
            return Duration.ofMillis(getTimeout()).plus(grace);
        }

        private void forgotten(boolean byTheCall) {
            if (ended.get()) {
                return;
            }
            if (byTheCall && EndedSessions.takesOver(request.getConversation())) {
                watch(() -> forgotten(false), AFTER_AN_ENDED_SESSION);
                return;
            }
            TimeoutException cause = new TimeoutException("Nothing was told of the call within "
                    + mostOfOne().toSeconds() + " seconds");
            request.abort(cause);
            end(new Result(request, cause, new HttpResponse(request), cause));
        }

        private void end(Result result) {
            if (close()) {
                told.onComplete(result);
            }
        }

        /** Nothing is told from now on. @return whether something might have been */
        private boolean close() {
            watch.cancel();
            return ended.compareAndSet(false, true);
        }

        @Override
        public void onBegin(Response response) {
            follows.onBegin(response);
        }

        @Override
        public boolean onHeader(Response response, HttpField field) {
            return follows.onHeader(response, field);
        }

        @Override
        public void onHeaders(Response response) {
            follows.onHeaders(response);
        }

        @Override
        public void onContentSource(Response response, Content.Source content) {
            follows.onContentSource(response, content);
        }

        @Override
        public void onSuccess(Response response) {
            follows.onSuccess(response);
        }

        @Override
        public void onFailure(Response response, Throwable failure) {
            follows.onFailure(response, failure);
        }

        @Override
        public void onComplete(Result result) {
            end(result);
        }
    }
}
