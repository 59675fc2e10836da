package dev.cosell.partnercenter.door;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.verbs.Hint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/**
 * The steps of letting a notification in: take it, check it, and keep nothing of it but the id of the record it names,
 * whether it is about another's referral of the deal, and when it changed.
 */
public final class WebhookDoor {
    public static final Set<String> EVENTS = Set.of("referral-created", "referral-updated", "related-referral-created",
            "related-referral-updated");
    private static final String RELATED = "related-";
    private static final String PATH = "/webhooks/partner-center";
    private static final Pattern LAST_SEGMENT = Pattern.compile(
            "/([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})/?$");
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final WebhookSignature signature;
    private final int largestBody;
    private final byte[] path;

    /**
     * @param largestBody in bytes
     * @param pathSecret  last segment of the only path that is answered; empty for none
     */
    public WebhookDoor(WebhookSignature signature, int largestBody, String pathSecret) {
        this.signature = signature;
        this.largestBody = largestBody;
        this.path = bytes(pathSecret.isEmpty() ? PATH : PATH + "/" + pathSecret);
    }

    /** The bytes and the four headers that matter; the route throws all other headers away. */
    public Notification take(Message message) {
        requirePath(message.getHeader(Exchange.HTTP_URI, String.class));
        byte[] body = message.getBody(byte[].class);
        return new Notification(body == null ? new byte[0] : body, message.getHeader("Authorization", String.class),
                message.getHeader("x-ms-signature", String.class),
                message.getHeader("X-MS-Certificate-Url", String.class),
                message.getHeader("X-MS-Signature-Algorithm", String.class));
    }

    /** The time it takes says nothing about how much of a guess is right. */
    private void requirePath(String target) {
        int query = target.indexOf('?');
        if (!MessageDigest.isEqual(path, bytes(query < 0 ? target : target.substring(0, query)))) {
            throw new WebhookRefusal(404, "not found");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Notification verified(Notification notification) {
        notification.requireHeaders();
        if (notification.body().length > largestBody) {
            throw new WebhookRefusal(413, "too large");
        }
        signature.verify(notification);
        return notification;
    }

    /** Null when the event is of no interest: a test, or one of the many other kinds. */
    public Hint hint(Notification notification) {
        Map<String, Object> event = parsed(notification.body());
        String name = text(event, "EventName").toLowerCase(Locale.ROOT);
        if (!EVENTS.contains(name)) {
            return null;
        }
        Matcher id = LAST_SEGMENT.matcher(text(event, "ResourceUri"));
        if (!id.find()) {
            throw malformed();
        }
        Hint.Origin origin = name.startsWith(RELATED) ? Hint.Origin.RELATED : Hint.Origin.WEBHOOK;
        return new Hint(ReferralView.SYSTEM, id.group(1).toLowerCase(Locale.ROOT), null, origin)
                .changedAt(changedAt(event.get("ResourceChangeUtcDate")));
    }

    /** Null when it cannot be read: the time only spares a look at a change that is known already. */
    private static Instant changedAt(Object time) {
        try {
            return time instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static Map<String, Object> parsed(byte[] body) {
        try {
            if (STRICT.readValue(body, Object.class) instanceof Map<?, ?> object) {
                Map<String, Object> event = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                object.forEach((name, value) -> event.put(name.toString(), value));
                return event;
            }
        } catch (IOException notJson) {
            throw malformed();
        }
        throw malformed();
    }

    private static String text(Map<String, Object> event, String name) {
        if (event.get(name) instanceof String text) {
            return text;
        }
        throw malformed();
    }

    private static WebhookRefusal malformed() {
        return new WebhookRefusal(400, "not a notification");
    }

    public void accepted(Exchange exchange) {
        answer(exchange, 200, "accepted");
    }

    /** For what the route catches: a refusal says its status, anything else asks the sender to come again. */
    public void refused(Exchange exchange) {
        Object caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT);
        if (caught instanceof WebhookRefusal refusal) {
            answer(exchange, refusal.status(), refusal.getMessage());
        } else {
            answer(exchange, 503, "not stored, send again");
        }
    }

    private static void answer(Exchange exchange, int status, String text) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setBody(text);
    }
}
