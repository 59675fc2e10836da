package dev.cosell.operations;

import java.util.List;

/** What an operator sees of the webhook: who gets Partner Center's notifications, and whether they get through. */
public interface WebhookMXBean {
    /** One sentence about who gets the notifications. */
    String getRegistration();

    /** What a person must look at; empty when all is well. */
    String getAlarm();

    /** When the registration was last looked at with success (ISO 8601, UTC); empty before. */
    String getLastChecked();

    /** How the last test notification fared; empty when none was asked for since the start. */
    String getLastTest();

    /**
     * The latest origins of certificates that notifications named and that are not in
     * {@code webhook.certificate-origins}.
     */
    List<String> getRejectedCertificateOrigins();
}
