package dev.cosell.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.connection.Pause;
import dev.cosell.entra.TokenSource;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Both ends of an HTTP call in a route: turns a {@link Request} into what camel-http sends and camel-http's result into
 * an {@link Answer} or a {@link Fault}.
 */
public final class HttpSystem {
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final Set<Integer> WORTH_A_RETRY = Set.of(408, 500, 502, 503, 504, 509);
    private static final String REQUEST = "cosell.request";
    private static final String TOKEN = "cosell.token";
    private static final String HEADERS = "cosell.headers";
    private static final String ATTEMPT = "cosell.attempt";

    private final String system;
    private final URI base;
    private final TokenSource tokens;
    private final ObjectMapper json;
    private final ReceivedJson received;
    private final Clock clock;
    private final Pause pause;
    private final CallRate rate;
    private final Turns turns;
    private final Manner manner;
    private final Connection connection;
    private final Object signIn = new Object();

    /** @param base address that relative request URIs are appended to, without a trailing slash */
    public HttpSystem(String system, String base, TokenSource tokens, ObjectMapper json, Clock clock) {
        this(new Connection(system, clock), base, tokens, json, clock);
    }

    /** @param connection broken, it refuses calls before they are made */
    public HttpSystem(Connection connection, String base, TokenSource tokens, ObjectMapper json, Clock clock) {
        this(connection, base, tokens, json, clock, new CallRate(connection.system(), 0, clock));
    }

    /** @param rate how many calls are made */
    public HttpSystem(Connection connection, String base, TokenSource tokens, ObjectMapper json, Clock clock,
            CallRate rate) {
        this(connection, base, tokens, json, clock, rate, Manner.PLAIN);
    }

    /** @param manner for a system that answers under several names, or expects headers of each call */
    public HttpSystem(Connection connection, String base, TokenSource tokens, ObjectMapper json, Clock clock,
            CallRate rate, Manner manner) {
        this.manner = manner;
        this.rate = rate;
        this.connection = connection;
        this.system = connection.system();
        this.turns = new Turns(system, rate);
        this.base = URI.create(base);
        this.tokens = tokens;
        this.json = json;
        this.received = new ReceivedJson(system, json);
        this.clock = clock;
        this.pause = connection.pause();
    }

    /**
     * Waits for the turn of the exchange's next call, before another system is asked for what that call is about.
     *
     * @throws Fault.Throttled as the call itself would
     */
    public void takeTurn(Exchange exchange) {
        pause.check();
        turns.take(exchange);
    }

    /** Whether its pace is what the work waits for. */
    public boolean isAtItsPace() {
        return rate.isUsedUp();
    }

    /**
     * Body in: {@link Request}. Leaves nothing on the message but what this call sends; the caller's headers come back
     * afterwards.
     */
    public void prepare(Exchange exchange) throws IOException {
        Request request = exchange.getMessage().getBody(Request.class);
        exchange.setProperty(ATTEMPT, connection.check());
        pause.check();
        turns.await(exchange, request);
        // Somebody else's call may have been told so while this one waited.
        pause.check();
        exchange.setProperty(HEADERS, new HashMap<>(exchange.getMessage().getHeaders()));
        exchange.setProperty(REQUEST, request);
        send(exchange, request);
    }

    /** After a 401: the same call once more with a new token, unless new ones are refused at the moment. */
    public void prepareAgain(Exchange exchange) throws IOException {
        Request request = exchange.getProperty(REQUEST, Request.class);
        turns.await(exchange, request);
        if (!connection.refusesFreshTokens()) {
            tokens.discard(exchange.getProperty(TOKEN, String.class));
        }
        send(exchange, request);
    }

    private void send(Exchange exchange, Request request) throws IOException {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        manner.headers().forEach(message::setHeader);
        request.headers().forEach(message::setHeader);
        String token = token(exchange.getProperty(ATTEMPT, boolean.class));
        if (request.check() != null) {
            request.check().run();
        }
        exchange.setProperty(TOKEN, token);
        message.setHeader("Authorization", "Bearer " + token);
        message.setHeader("Accept", "application/json");
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
        message.setHeader(Exchange.HTTP_URI, address(request.uri()));
        if (request.body() == null) {
            message.setBody(null);
        } else if (request.body() instanceof Text text) {
            message.setHeader(Exchange.CONTENT_TYPE, text.type());
            message.setBody(text.content().getBytes(StandardCharsets.UTF_8));
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(json.writeValueAsBytes(request.body()));
        }
    }

    /**
     * While a call waited for the pace or for another call's token, the connection may have broken; then nobody is
     * asked again.
     */
    private String token(boolean attempt) {
        synchronized (signIn) {
            if (!attempt) {
                connection.check();
            }
            try {
                return tokens.token();
            } catch (Fault.Auth refused) {
                throw connection.noted(refused);
            }
        }
    }

    /** Only our own host ever sees a token, whatever a link in an answer says. */
    private String address(String uri) {
        URI wanted = URI.create(uri);
        if (!wanted.isAbsolute()) {
            return base + uri;
        }
        if (!base.getScheme().equals(wanted.getScheme()) || !manner.isOne(base, wanted)) {
            throw new Fault.Data(system, Trouble.STRANGE_ANSWER,
                    system + " answered with a link to another host (" + wanted.getHost() + "); it was not followed");
        }
        return uri;
    }

    /**
     * Body out: {@link Answer} for success and for refusals that only the caller can judge (400, 403, 404, 409, 412,
     * …). One in parts is the caller's to {@link #judge}, whatever its status, which is that of some part of it.
     */
    public void receive(Exchange exchange) {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Answer answer = answer(status, message);
        restore(exchange);
        exchange.removeProperty(REQUEST);
        exchange.removeProperty(TOKEN);
        exchange.removeProperty(ATTEMPT);
        if (answer.ok() && answer.json() == null && !answer.text().isBlank() && !answer.inParts()) {
            throw StrangeAnswer.fault(system, "with something that is no JSON");
        }
        if (!answer.inParts()) {
            judge(List.of(answer));
        }
        message.setBody(answer);
    }

    /**
     * What the answers that came in one call mean for all calls: throws the {@link Fault} of one that says "later", and
     * tells the connection whether it works. Refusals that only the caller can judge pass. Of an answer in parts, each
     * part is to be handed in.
     */
    public void judge(List<Answer> answers) {
        answers.forEach(this::judge);
        if (answers.stream().noneMatch(answer -> answer.status() == 403)) {
            connection.worked();
        }
    }

    private void judge(Answer answer) {
        int status = answer.status();
        if (status == 429 || status == 503 && answer.header("Retry-After") != null) {
            Duration wanted = RetryAfter.of(answer, clock);
            if (status == 429) {
                rate.refused();
            }
            throw pause.noted(new Fault.Throttled(system,
                    system + " answered " + status + ", next call in " + wanted.toSeconds() + " s", wanted));
        }
        if (Redirect.is(status)) {
            throw Redirect.fault(system, system, status, "");
        }
        if (WORTH_A_RETRY.contains(status)) {
            String words = system + " answered " + status + ": " + answer.reason();
            throw status == UNAVAILABLE ? Fault.Transient.undone(system, words, null)
                    : status == SERVER_ERROR ? new Fault.ServerError(system, words)
                    : new Fault.Transient(system, words);
        }
        Fault.Auth refused = RefusedSignIn.fault(system, answer, tokens.remedy());
        if (refused != null) {
            throw connection.noted(refused);
        }
    }

    @SuppressWarnings("unchecked")
    private static void restore(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        if (exchange.removeProperty(HEADERS) instanceof Map<?, ?> headers) {
            exchange.getMessage().getHeaders().putAll((Map<String, Object>) headers);
        }
    }

    /** For the route's catch of connection failures. */
    public void unreachable(Exchange exchange) {
        restore(exchange);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (cause instanceof ConnectionRequestTimeoutException) {
            throw new Fault.Throttled(system,
                    "All connections that " + system
                            + " may have at a time were busy for too long; the call was not made",
                    RetryAfter.UNSAID);
        }
        String words = system + " is not reachable: " + cause.getMessage();
        throw NotConnected.is(cause) ? Fault.Transient.undone(system, words, cause)
                : new Fault.Transient(system, words, cause);
    }

    private Answer answer(int status, Message message) {
        byte[] bytes = message.getBody(byte[].class);
        Map<String, String> headers = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (value != null && !name.startsWith("Camel")) {
                headers.put(name.toLowerCase(Locale.ROOT),
                        value instanceof Iterable<?> many && many.iterator().hasNext()
                                ? String.valueOf(many.iterator().next()) : value.toString());
            }
        });
        if (bytes == null || bytes.length == 0) {
            return new Answer(status, headers, null, "");
        }
        Object tree = new Answer(status, headers, null, "").inParts() ? null : tree(bytes);
        return new Answer(status, headers, tree,
                status < 300 && tree != null ? "" : new String(bytes, StandardCharsets.UTF_8));
    }

    private Object tree(byte[] bytes) {
        try {
            return received.tree(bytes);
        } catch (IOException notJson) {
            return null;
        }
    }
}
