package dev.cosell.partnercenter.door;

/**
 * A notification as it came, of which nothing is believed yet. Headers that were absent are null.
 *
 * @param body           the raw bytes: the signature covers exactly these
 * @param authorization  header {@code Authorization}
 * @param msSignature    header {@code x-ms-signature}
 * @param certificateUrl header {@code X-MS-Certificate-Url}
 * @param algorithm      header {@code X-MS-Signature-Algorithm}
 */
public record Notification(byte[] body, String authorization, String msSignature, String certificateUrl,
        String algorithm) {

    /** The signature in base64 from whichever header holds it; null when there is none. */
    String signature() {
        if (msSignature != null && !msSignature.isBlank()) {
            String value = msSignature.strip();
            return scheme(value) ? value.substring(SCHEME.length()).strip() : value;
        }
        return authorization != null && scheme(authorization.strip())
                ? authorization.strip().substring(SCHEME.length()).strip() : null;
    }

    /** Throws {@link WebhookRefusal} when a header is missing without which nothing can be checked. */
    void requireHeaders() {
        String signature = signature();
        if (signature == null || signature.isEmpty()) {
            throw new WebhookRefusal(401, "signature missing");
        }
        if (certificateUrl == null || algorithm == null) {
            throw new WebhookRefusal(400, "signature headers missing");
        }
    }

    private static final String SCHEME = "Signature ";

    private static boolean scheme(String value) {
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
