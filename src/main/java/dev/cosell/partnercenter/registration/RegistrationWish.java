package dev.cosell.partnercenter.registration;

import dev.cosell.partnercenter.door.WebhookDoor;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the webhook registration shall be.
 *
 * @param url               where notifications shall go; empty when nothing shall be registered
 * @param secret            part of the address that must not be shown; may be empty
 * @param ownHeader         whether the signature shall travel in {@code x-ms-signature}
 * @param overwriteExisting whether the registration of another product is taken over
 * @param registrar         who registers
 */
public record RegistrationWish(String url, String secret, boolean ownHeader, boolean overwriteExisting,
        Registrar registrar) {
    static final String TEST_EVENT = "test-created";

    /** The address as it may be logged. */
    String shown() {
        return withoutSecret(url);
    }

    String withoutSecret(String text) {
        return secret.isEmpty() ? text : text.replace(secret, "***");
    }

    /** The events among those offered that are wanted, in the spelling of the offer. */
    static Set<String> wanted(Set<String> offered) {
        Set<String> wanted = new TreeSet<>();
        offered.stream().filter(name -> {
            String small = name.toLowerCase(Locale.ROOT);
            return WebhookDoor.EVENTS.contains(small) || TEST_EVENT.equals(small);
        }).forEach(wanted::add);
        return wanted;
    }

    @Override
    public String toString() {
        return shown();
    }
}
