package dev.cosell.salesforce.stream;

import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.SalesforceSignIn.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.cometd.common.HashMapMessage;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One CometD client with one subscription, used once. Whatever goes wrong ends it, also what CometD would mend by
 * itself: an answer that was lost may have held events, and only a subscription from the last position brings them
 * again.
 */
final class EventClient {
    /** Called from threads of the client. */
    interface Listener {
        void listening(EventClient client);

        /** Salesforce has answered. */
        void alive(EventClient client);

        /** The next answer is asked for when this returns. */
        void event(EventClient client, Map<String, Object> data);

        void failed(EventClient client, Failure failure);
    }

    /** Longer than a long poll (110 s), because not every answer says how long the next may take. */
    private static final Duration NETWORK_DELAY = Duration.ofSeconds(120);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    /** After an interruption one answer may hold thousands of events. */
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final int THREADS = 8;

    private final String channel;
    private final long replayFrom;
    private final Listener listener;
    private final HttpClient http = new HttpClient();
    private final BayeuxClient bayeux;

    /** @param replayFrom a replay id, or -1 for new events only */
    EventClient(Session session, String channel, long replayFrom, Listener listener) {
        this.channel = channel;
        this.replayFrom = replayFrom;
        this.listener = listener;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("salesforce-events");
        threads.setDaemon(true);
        http.setExecutor(threads);
        http.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        http.setFollowRedirects(false);
        bayeux = new BayeuxClient(session.instanceUrl() + "/cometd/" + SalesforceConnection.API_VERSION,
                transport(session.token()));
    }

    private ClientTransport transport(String token) {
        // CometD adds to it.
        Map<String, Object> options = new HashMap<>(
                Map.of(ClientTransport.MAX_NETWORK_DELAY_OPTION, NETWORK_DELAY.toMillis(),
                        ClientTransport.MAX_MESSAGE_SIZE_OPTION, LARGEST_ANSWER));
        return new JettyHttpClientTransport(options, http) {
            @Override
            protected void customize(Request request) {
                request.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, "OAuth " + token));
            }
        };
    }

    /** Returns at once; the listener hears how it goes. */
    void open() throws Exception {
        http.start();
        bayeux.getChannel(Channel.META_CONNECT)
                .addListener((ClientSessionChannel.MessageListener) (meta, answer) -> judged(answer));
        bayeux.handshake(Map.of(Message.EXT_FIELD, Map.of("replay", true)), answer -> {
            if (judged(answer)) {
                subscribe();
            }
        });
    }

    private void subscribe() {
        HashMapMessage request = new HashMapMessage();
        request.getExt(true).put("replay", Map.of(channel, replayFrom));
        bayeux.getChannel(channel).subscribe(request, (same, message) -> listener.event(this, message.getDataAsMap()),
                answer -> {
            if (judged(answer)) {
                listener.listening(this);
            }
        });
    }

    private boolean judged(Message answer) {
        if (answer.isSuccessful()) {
            listener.alive(this);
            return true;
        }
        listener.failed(this, Failure.of(answer));
        return false;
    }

    /** Tells Salesforce, for a moment at most, and goes. */
    void leave() throws Exception {
        bayeux.disconnect(FAREWELL.toMillis());
        abandon();
    }

    /** Frees everything without a word. */
    void abandon() throws Exception {
        bayeux.abort();
        http.stop();
    }
}
