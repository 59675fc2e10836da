package dev.cosell.salesforce;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The version of an opportunity. SystemModstamp alone does not tell two edits within one second apart, so a digest of
 * the row's own fields stands beside it.
 */
final class RecordVersion {
    private static final String STAMP = "SystemModstamp";
    private static final Set<String> NOT_CONTENT = Set.of(STAMP, "LastModifiedDate", "LastModifiedById", "IsDeleted");
    private static final int DIGEST_BYTES = 6;

    private final String auditField;

    /** @param auditField written by ourselves after the fact and not read by every query, so no part of the version */
    RecordVersion(String auditField) {
        this.auditField = auditField;
    }

    /** Tells also states apart that differ in the Audit alone. */
    static RecordVersion ofAllFields() {
        return new RecordVersion(null);
    }

    String of(Map<String, Object> row) {
        Map<String, String> content = new TreeMap<>();
        row.forEach((name, value) -> {
            if (value != null && !(value instanceof Map) && !(value instanceof Iterable) && !NOT_CONTENT.contains(name)
                    && !name.equals(auditField)) {
                content.put(name, value instanceof Number number ? plain(number) : value.toString());
            }
        });
        return row.get(STAMP) + "#" + digest(content);
    }

    /** The SystemModstamp within a version. */
    static String stamp(String version) {
        int end = version.indexOf('#');
        return end < 0 ? version : version.substring(0, end);
    }

    private static String plain(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    private static String digest(Map<String, String> content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            content.forEach((name, value) -> {
                sha.update(name.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
                sha.update(value.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            });
            return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
