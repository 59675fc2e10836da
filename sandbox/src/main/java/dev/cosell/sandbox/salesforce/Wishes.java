package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Call;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of a call ask for; null stands for nothing.
 *
 * @param batchSize       rows of a query answer
 * @param modifiedSince   a read is only wanted if there was a change after this time
 * @param unmodifiedSince a write is only wanted if there was none after this time
 * @param assigned        whether a write lets the assignment rules choose the owner, as it does unless told otherwise
 */
record Wishes(Integer batchSize, Instant modifiedSince, Instant unmodifiedSince, boolean assigned) {
    static final Wishes NONE = new Wishes(null, null, null, true);
    private static final String AUTO_ASSIGN = "Sforce-Auto-Assign";
    private static final Pattern BATCH_SIZE = Pattern.compile("batchSize=(\\d{1,5})");
    private static final int SMALLEST_BATCH = 200;
    private static final int LARGEST_BATCH = 2000;

    static Wishes of(Call call) {
        String options = call.header("Sforce-Query-Options");
        Matcher size = BATCH_SIZE.matcher(options == null ? "" : options);
        return new Wishes(
                size.find() ? Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, Integer.parseInt(size.group(1)))) : null,
                time(call.header("If-Modified-Since")), time(call.header("If-Unmodified-Since")),
                !"FALSE".equalsIgnoreCase(call.header(AUTO_ASSIGN)));
    }

    /** Of a call inside of a composite, which has none of the headers around it. @param headers its own, or null */
    static Wishes ofPart(Map<String, Object> headers) {
        boolean forbidden = headers != null && headers.entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase(AUTO_ASSIGN)
                        && "FALSE".equalsIgnoreCase(String.valueOf(header.getValue())));
        return new Wishes(null, null, null, !forbidden);
    }

    private static Instant time(String header) {
        try {
            return header == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }

    /** Whether a read shall be answered without a body, as what was last changed then is known already. */
    boolean knows(Instant changed) {
        return modifiedSince != null && !changed.isAfter(modifiedSince);
    }

    void refuseIfModified(Instant changed) {
        if (unmodifiedSince != null && changed.isAfter(unmodifiedSince)) {
            throw new Refusal(412, "PRECONDITION_FAILED",
                    "The record was modified after the time of If-Unmodified-Since");
        }
    }
}
