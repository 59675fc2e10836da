package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** JSON Patch as far as the service takes it: replace and add, on the published paths, all or nothing. */
final class ReferralPatch {
    private static final Set<String> REPLACE = Set.of("campaignId",
            "consent/consentToShareReferralWithMicrosoftSellers",
            "customerProfile/team", "details/closingDateTime", "details/currency", "details/dealValue", "details/notes",
            "details/requirements/solutions", "externalReferenceId", "referralProgram", "salesStage", "status",
            "substatus",
            "statusReason", "team");
    private static final Pattern REPLACE_IN_REGISTRATION = Pattern
            .compile("registrations/0/(contract|solutionDetails/0)/[A-Za-z/]+");
    private static final Set<String> ADD = Set.of("customerProfile/team/-", "details/requirements/solutions/-",
            "team/-",
            "registrations/-");

    private ReferralPatch() {}

    /** The tree of the next version. */
    static Map<String, Object> apply(Referral current, List<Object> operations, FieldRules rules) {
        if (operations.isEmpty()) {
            throw ServiceError.invalid("referral", "The patch holds no operation.");
        }
        if (current.closed() && !operations.stream().allMatch(o -> "/registrations/-".equals(Trees.get(o, "path")))) {
            throw ServiceError.invalid("referral", "A closed referral cannot be changed.");
        }
        Map<String, Object> tree = Json.copy(current.tree());
        boolean moved = false;
        for (Object operation : operations) {
            String path = path(operation);
            if (path.equals("registrations/-")) {
                FieldRules.checkRegistration(current, Trees.get(operation, "value"));
            }
            one(tree, String.valueOf(Trees.get(operation, "op")), path, Trees.get(operation, "value"),
                    rules);
            moved |= path.equals("status") || path.equals("substatus");
        }
        checkConsent(current, tree);
        operations.forEach(operation -> rules.check(current, path(operation), tree));
        if (moved) {
            StatusTable.check(current, Trees.text(tree, "status"), Trees.text(tree, "substatus"));
            rules.checkReason(tree);
        }
        return tree;
    }

    private static String path(Object operation) {
        String path = Trees.text(operation, "path");
        if (path == null || !path.startsWith("/")) {
            throw ServiceError.invalid("path", "An operation has no valid path.");
        }
        return path.substring(1);
    }

    private static void one(Map<String, Object> tree, String op, String path, Object value, FieldRules rules) {
        boolean replace = op.equals("replace") && (REPLACE.contains(path) || rules.nameAllowed() && path.equals("name")
                || REPLACE_IN_REGISTRATION.matcher(path).matches());
        boolean add = op.equals("add") && ADD.contains(path);
        if (!replace && !add) {
            throw ServiceError.invalid("path",
                    "The operation '" + op + "' is not supported on the path '/" + path + "'.");
        }
        if (add) {
            append(tree, path.substring(0, path.length() - 2), value);
        } else {
            FieldValues.check(path, value);
            if (!rules.partsAreMade()) {
                requireParent(tree, path);
            }
            Trees.put(tree, path, path.equals("details/dealValue") ? new BigDecimal(value.toString()) : value);
        }
    }

    /** JSON Patch makes nothing on the way to what it replaces. */
    private static void requireParent(Map<String, Object> tree, String path) {
        int last = path.lastIndexOf('/');
        if (last >= 0 && !(Trees.get(tree, path.substring(0, last)) instanceof Map<?, ?>)) {
            throw ServiceError.invalid("path", "The path '/" + path + "' does not exist in the referral.");
        }
    }

    private static void append(Map<String, Object> tree, String path, Object value) {
        List<Object> longer = new ArrayList<>(Trees.list(tree, path));
        longer.add(path.equals("registrations") ? registered(value) : value);
        FieldValues.check(path, longer);
        Trees.put(tree, path, longer);
        if (path.equals("registrations")) {
            tree.put("registrationStatus", "ReviewPending");
        }
    }

    /** A registration as it is stored, waiting for its review. */
    private static Map<String, Object> registered(Object wanted) {
        Map<String, Object> stored = Json.copy(Map.of());
        ((Map<?, ?>) wanted).forEach((name, value) -> stored.put(name.toString(), value));
        String now = Instant.now().toString();
        stored.put("id", UUID.randomUUID().toString());
        stored.put("registrationDateTime", now);
        stored.put("status", "ReviewPending");
        stored.put("statusReason", null);
        stored.put("statusHistory", Map.of("reviewPendingDateTime", now));
        return stored;
    }

    static void checkConsent(Referral current, Map<String, Object> tree) {
        String share = "consent/consentToShareReferralWithMicrosoftSellers";
        if (Boolean.TRUE.equals(Trees.get(current.tree(), share)) && !Boolean.TRUE.equals(Trees.get(tree, share))) {
            throw ServiceError.invalid("consent", "A deal that Microsoft sellers can see cannot be hidden again.");
        }
    }
}
