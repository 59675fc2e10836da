package dev.cosell.alerts;

import dev.cosell.verbs.Fault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;

/**
 * The bean {@code alertPosts} of {@code routes/alerts.camel.yaml}: addresses, which are secrets, the signature, and
 * what an answer means.
 */
public final class Posts {
    private static final String HMAC = "HmacSHA256";
    /** How a secret of Standard Webhooks begins. */
    public static final String SECRET_PREFIX = "whsec_";

    private static final String ID = "webhook-id";

    private final Function<String, String> addresses;
    private final String secret;
    private final Clock clock;

    /**
     * @param addresses by channel
     * @param secret    signs what the generic webhook sends; in the form of Standard Webhooks, empty while that is off
     */
    public Posts(Function<String, String> addresses, String secret, Clock clock) {
        this.addresses = addresses;
        this.secret = secret;
        this.clock = clock;
    }

    public String address(String channel) {
        return addresses.apply(channel);
    }

    /**
     * Signs the body as Standard Webhooks has it: id, time and body, so that nobody can alter or repeat it. The id is
     * in the header already, but for an edited copy of the route that lacks this step.
     */
    public void sign(Exchange exchange) throws GeneralSecurityException {
        Message message = exchange.getMessage();
        String id = message.getHeader(ID, () -> "msg_" + UUID.randomUUID(), String.class);
        String time = String.valueOf(clock.instant().getEpochSecond());
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), HMAC));
        byte[] signature = mac.doFinal((id + "." + time + "." + message.getBody(String.class))
                .getBytes(StandardCharsets.UTF_8));
        message.setHeader(ID, id);
        message.setHeader("webhook-timestamp", time);
        message.setHeader("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
    }

    /**
     * @throws Fault.Transient when the receiver did not take it; the answer's text stays out, because it may repeat the
     * address
     */
    public void taken(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body Object ignored) {
        if (status < 200 || status >= 300) {
            throw new Fault.Transient("alerts", "the receiver answered " + status);
        }
    }
}
