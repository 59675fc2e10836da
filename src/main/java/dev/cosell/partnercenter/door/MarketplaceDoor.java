package dev.cosell.partnercenter.door;

import dev.cosell.partnercenter.MarketplaceLeads;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.camel.Message;

/**
 * Lets leads of the commercial marketplace in. Microsoft signs nothing there, so the secret in the path is all that
 * tells the marketplace from anybody else.
 */
public final class MarketplaceDoor {
    private static final int LARGEST_BODY = 65_536;

    private final byte[] secret;

    /** @param secret last segment of the path; empty keeps the door closed */
    public MarketplaceDoor(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** The lead's text, when path and size are right; a wrong path looks as if there were nothing at all. */
    public String take(Message message) {
        String given = message.getHeader("word", String.class);
        if (secret.length == 0 || given == null
                || !MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8))) {
            throw new WebhookRefusal(404, "not found");
        }
        byte[] body = message.getBody(byte[].class);
        if (body != null && body.length > LARGEST_BODY) {
            throw new WebhookRefusal(413, "too large");
        }
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    public String verified(String text) {
        if (!MarketplaceLeads.valid(text)) {
            throw new WebhookRefusal(400, "not a lead");
        }
        return text;
    }
}
