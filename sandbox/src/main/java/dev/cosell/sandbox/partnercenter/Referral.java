package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import java.time.Instant;
import java.util.Map;

/**
 * One version of a referral as it is kept. The tree must not be changed; a new version is a new tree.
 *
 * @param bytes  the tree as the single read answers it
 * @param before the same of the version before, or of this one when it is the first
 */
record Referral(Map<String, Object> tree, byte[] bytes, byte[] before) {
    static final String MICROSOFT = "msft";

    static Referral first(Map<String, Object> tree) {
        byte[] bytes = Json.bytes(tree);
        return new Referral(tree, bytes, bytes);
    }

    Referral next(Map<String, Object> changed) {
        return new Referral(changed, Json.bytes(changed), bytes);
    }

    String id() {
        return (String) tree.get("id");
    }

    String engagementId() {
        return (String) tree.get("engagementId");
    }

    /** Null when the partner has set none. */
    String externalReferenceId() {
        return Trees.text(tree, "externalReferenceId");
    }

    /** With its inner quotes. */
    String eTag() {
        return (String) tree.get("eTag");
    }

    String status() {
        return Trees.text(tree, "status");
    }

    String substatus() {
        return Trees.text(tree, "substatus");
    }

    Instant updated() {
        return Instant.parse((String) tree.get("updatedDateTime"));
    }

    Instant created() {
        return Instant.parse((String) tree.get("createdDateTime"));
    }

    boolean microsofts() {
        return MICROSOFT.equals(tree.get("organizationId"));
    }

    /** Whether the partner under test owns it; a restored state without an owner counts as own. */
    boolean own() {
        return SampleDeals.ORGANIZATION.equals(tree.getOrDefault("organizationId", SampleDeals.ORGANIZATION));
    }

    boolean closed() {
        return "Closed".equals(status());
    }
}
