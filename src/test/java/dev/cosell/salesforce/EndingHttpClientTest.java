package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call whose end Jetty had forgotten held its deal up for ever; a server that takes its time stands in for that. */
@Timeout(60)
class EndingHttpClientTest {
    private static final Duration HALF = Duration.ofMillis(100);

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private HttpServer server;
    private URI slow;
    private URI quick;
    private EndingHttpClient client;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                awaitUnchecked();
            }
            exchange.getResponseHeaders().set("Sforce-Limit-Info", "api-usage=1/5");
            exchange.sendResponseHeaders(201, 4);
            exchange.getResponseBody().write("told".getBytes());
            exchange.close();
        });
        server.start();
        URI root = URI.create("http://localhost:" + server.getAddress().getPort());
        slow = root.resolve("/slow");
        quick = root.resolve("/quick");
        client = new EndingHttpClient(null, null, new SslContextFactory.Client(), HALF);
        client.setTimeout(HALF.toMillis());
        client.setSession(new SalesforceSession(new DefaultCamelContext(), client, HALF.toMillis(), login(root)));
        client.start();
    }

    private static SalesforceLoginConfig login(URI root) {
        SalesforceLoginConfig login = new SalesforceLoginConfig();
        login.setLoginUrl(root.toString());
        login.setClientId("nobody");
        login.setClientSecret("no-secret");
        login.setLazyLogin(true);
        return login;
    }

    private void awaitUnchecked() {
        try {
            mayAnswer.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws Exception {
        mayAnswer.countDown();
        client.stop();
        server.stop(0);
        workers.shutdownNow();
    }

    /** One that Jetty itself lets take longer than the test. */
    private HttpRequest call(URI uri) {
        HttpRequest request = client.newHttpRequest(new HttpConversation(), uri);
        request.timeout(1, TimeUnit.MINUTES);
        return request;
    }

    /** What a caller was told of the end of its call; text and header of an answer, too. */
    private static final class Told extends BufferingResponseListener {
        private final List<Result> ends = new CopyOnWriteArrayList<>();

        @Override
        public void onComplete(Result result) {
            ends.add(result);
        }

        Result end() {
            Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> !ends.isEmpty());
            return ends.get(0);
        }
    }

    @Test
    void aCallOfWhichNothingIsToldHeldItsDealUpForEver() {
        Told told = new Told();
        call(slow).send(told);

        assertThat(told.end().getFailure()).isInstanceOf(TimeoutException.class)
                .hasMessageContaining("Nothing was told");
        mayAnswer.countDown();
        Told next = new Told();
        call(quick).send(next);
        assertThat(next.end().isSucceeded()).isTrue();
        assertThat(told.ends).as("the end is told once").hasSize(1);
    }

    @Test
    void aLoginOfWhichNothingIsToldHeldAllOfSalesforceUpForEver() {
        Request login = client.POST(slow).timeout(1, TimeUnit.MINUTES);

        assertThatThrownBy(login::send).isInstanceOf(TimeoutException.class).hasMessageContaining("Nothing was told");
    }

    @Test
    void anAnswerIsToldOnceWithItsStatusHeadersAndText() {
        Told told = new Told();
        call(quick).send(told);

        assertThat(told.end().getResponse().getStatus()).isEqualTo(201);
        assertThat(told.end().getResponse().getHeaders().get("Sforce-Limit-Info")).isEqualTo("api-usage=1/5");
        assertThat(told.getContentAsString()).isEqualTo("told");
        assertThat(told.ends).hasSize(1);
    }

    @Test
    void whoWantsToKnowTheEndOnlyIsToldIt() {
        List<Result> ends = new CopyOnWriteArrayList<>();
        call(quick).send(ends::add);

        Awaitility.await().until(() -> !ends.isEmpty());
        assertThat(ends).singleElement().matches(Result::isSucceeded);
    }

    /** Its caller has the exception, and would go on twice. */
    @Test
    void ofACallThatCannotBeMadeNothingIsToldLater() {
        Told told = new Told();
        assertThatThrownBy(() -> call(URI.create("no-address")).send(told)).isInstanceOf(RuntimeException.class);

        Told next = new Told();
        call(slow).send(next);
        assertThat(next.end().isFailed()).isTrue();
        assertThat(told.ends).isEmpty();
    }

    /** What is made of an ended session is a login and the same call again. */
    @Test
    void aCallThatMetAnEndedSessionHasTheTimeOfThree() {
        HttpRequest request = call(slow);
        new EndedSessions(client, null).getResponseListener().onBegin(new HttpResponse(request));
        Told told = new Told();
        long begun = System.nanoTime();
        request.send(told);

        assertThat(told.end().getFailure()).isInstanceOf(TimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(HALF.multipliedBy(6));
    }
}
