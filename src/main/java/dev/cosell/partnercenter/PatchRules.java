package dev.cosell.partnercenter;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields of an existing referral may change, and when; checked before Partner Center is asked. */
final class PatchRules {
    static final String TEAM = "team";
    static final String CONTACTS = "customerProfile.team";
    static final String EXTERNAL_REFERENCE = "externalReferenceId";
    private static final Set<String> REPLACEABLE = Set.of("name", "campaignId", "referralProgram", "salesStage",
            "status", "substatus",
            "statusReason", TEAM, EXTERNAL_REFERENCE, CONTACTS, DealType.SHARE, "details.closingDateTime",
            "details.currency",
            "details.dealValue", "details.notes", DealCompletion.SOLUTIONS);

    private PatchRules() {}

    /**
     * @param current the referral as it was read; empty when it was not
     * @param moves   whether the status moves in the same change
     * @throws Fault.Data naming every field that cannot be written
     */
    static void check(String id, Map<String, Object> current, Map<String, Object> patch, boolean moves) {
        List<Reason> faults = new ArrayList<>();
        patch.forEach((path, value) -> {
            String fault = fault(current, path, value, moves);
            if (fault != null) {
                faults.add(new Reason(DealCause.FIELD_FIXED, path, "Referral " + id + ": " + fault));
            }
        });
        if (!faults.isEmpty()) {
            throw new Fault.Data(ReferralView.SYSTEM, faults);
        }
    }

    /** Whether the field may change now. */
    static boolean takes(Map<String, Object> current, String path, Object value, boolean moves) {
        return fault(current, path, value, moves) == null;
    }

    /**
     * The part of a referral in which a field would lie and that is not there, as any part may be null; null when the
     * field can be reached.
     */
    static String missingPart(Map<String, Object> referral, String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String part = path.substring(0, dot);
            if (!(Paths.get(referral, part) instanceof Map<?, ?>)) {
                return part;
            }
        }
        return null;
    }

    /** @param part that a referral does not have */
    static String withoutPart(String part) {
        return "Partner Center shows no \"" + part + "\" of this deal and takes no change within it; enter it there";
    }

    private static String fault(Map<String, Object> current, String path, Object value, boolean moves) {
        if (path.equals(DealCompletion.NOTES)) {
            return "notes to Microsoft go with the request for help only; tell Microsoft's seller directly";
        }
        if (!REPLACEABLE.contains(path)) {
            return "Partner Center takes no change of \"" + path
                    + "\" once the deal exists: write create alone into the column to Partner Center of its mapping row";
        }
        if (path.equals(DealType.SHARE) && !Boolean.TRUE.equals(value) && Paths.isTrue(current, DealType.SHARE)) {
            return "a deal that Microsoft's sellers may see cannot be hidden from them again; set the visibility back "
                    + "on the opportunity";
        }
        if (path.equals(CONTACTS) && Paths.isTrue(current, DealType.SHARE)) {
            return "the customer's contact cannot be changed once Microsoft's sellers may see the deal; tell "
                    + "Microsoft's seller of the new one";
        }
        boolean waiting = "New".equalsIgnoreCase(Paths.text(current, "status")) && !moves;
        return waiting && !path.equals(EXTERNAL_REFERENCE) && !path.equals("statusReason")
                ? "\"" + path + "\" can be changed when the deal is accepted; accept it first" : null;
    }
}
