package dev.cosell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.entra.TokenSource;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.Test;

/** Bodies that are no JSON, answers in parts, and calls that were not made for want of a connection. */
class HttpSystemPartsTest {
    private static final TokenSource TOKENS = new TokenSource() {
        @Override
        public String token() {
            return "a token";
        }

        @Override
        public void discard(String token) {}
    };

    private final Connection connection = new Connection("dynamics", Clock.systemUTC());
    private final HttpSystem system = new HttpSystem(connection, "http://localhost:1", TOKENS, new ObjectMapper(),
            Clock.systemUTC());
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private void prepare(Object body) throws IOException {
        exchange.getMessage().setBody(new Request("POST", "/$batch", Map.of(), body));
        system.prepare(exchange);
    }

    private Answer answered(int status, String text) throws IOException {
        prepare(new Text("multipart/mixed; boundary=b", "--b--\r\n"));
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader("Content-Type", "multipart/mixed; boundary=b");
        exchange.getMessage().setBody(text.getBytes(StandardCharsets.UTF_8));
        system.receive(exchange);
        return exchange.getMessage().getBody(Answer.class);
    }

    @Test
    void aTextIsSentAsItIsWithItsOwnType() throws IOException {
        prepare(new Text("multipart/mixed; boundary=\"b\"", "ä\r\n"));
        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("multipart/mixed; boundary=\"b\"");
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo("ä\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void partsAreForTheCallerToJudge() throws IOException {
        connection.stop(new Fault.Auth("dynamics", "broken"));
        connection.tryNow();
        Answer answer = answered(200, "--b\r\n\r\nHTTP/1.1 403 Forbidden\r\n\r\n--b--\r\n");
        assertThat(answer.text()).contains("403 Forbidden");
        assertThat(connection.broken()).as("nobody has looked into it yet").isTrue();
        system.judge(List.of(new Answer(204, Map.of(), null, "")));
        assertThat(connection.broken()).isFalse();
    }

    /** Behind writes that are done, a part that wants a pause has not turned these away. */
    @Test
    void thePauseOfAPartIsForTheCallerToJudgeToo() throws IOException {
        Answer answer = answered(429,
                "--b\r\n\r\nHTTP/1.1 429 Too Many Requests\r\nRetry-After: 9\r\n\r\n{}\r\n--b--\r\n");
        assertThat(answer.status()).isEqualTo(429);
        Fault.Throttled throttled = catchThrowableOfType(Fault.Throttled.class, () -> system.judge(List.of(answer)));
        assertThat(throttled.retryAfter()).hasSeconds(9);
        assertThatThrownBy(() -> prepare(null)).isInstanceOf(Fault.Throttled.class);
    }

    @Test
    void aCallThatFoundNoFreeConnectionIsNoOutageAndPausesNobody() throws IOException {
        prepare(null);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new ConnectionRequestTimeoutException(
                "Timeout deadline: 30000 MILLISECONDS, actual: 30001 MILLISECONDS"));
        assertThatThrownBy(() -> system.unreachable(exchange)).isInstanceOf(Fault.Throttled.class)
                .hasMessage(
                        "All connections that dynamics may have at a time were busy for too long; the call was not made (CS-704)");
        prepare(null);
        assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer a token");
    }
}
