package dev.cosell.partnercenter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls, in their order, by which Partner Center takes a change that its rules allow. */
record UpdateSteps(Refusals refusals, PatchValues values) {
    static final String NAME = "name";
    static final Set<String> STATE = Set.of("status", "substatus", "statusReason");

    /**
     * @param patch   what is to change, by path
     * @param current the referral as it was read; empty when it is not known
     */
    List<UpdatePlan.Step> of(Map<String, Object> patch, Map<String, Object> current, StatusMachine.Move move) {
        List<UpdatePlan.Step> steps = new ArrayList<>();
        List<Map<String, Object>> fields = fields(patch, current);
        if (move.acceptFirst()) {
            steps.add(
                    new UpdatePlan.Step(List.of(replace("status", "Active"), replace("substatus", "Accepted")), null));
        }
        if (move.closes() && patch.containsKey(DealType.SHARE) && !fields.isEmpty()) {
            // Whether a deal can be shared by the call that closes it, nobody says.
            steps.add(new UpdatePlan.Step(fields, null));
            fields = new ArrayList<>();
        }
        fields.addAll(state(patch, current, move));
        // The CRM id of a deal that nobody has accepted yet: sources differ on whether Partner Center takes it, and it
        // can come later.
        boolean early = "New".equalsIgnoreCase(Paths.text(current, "status")) && fields.size() == 1
                && patch.containsKey(PatchRules.EXTERNAL_REFERENCE);
        if (!fields.isEmpty() && !(early && refusals.refused(Refusals.Feature.EARLY_CRM_ID))) {
            steps.add(new UpdatePlan.Step(fields, early ? Refusals.Feature.EARLY_CRM_ID : null));
        }
        // A closed referral takes nothing more, and one that is not accepted yet takes it only once it is.
        steps.addAll(move.closes() ? steps.size() - 1 : steps.size(), ofNullParts(patch, current));
        if (patch.containsKey(NAME) && !refusals.refused(Refusals.Feature.NAME_PATCH)) {
            steps.add(move.closes() ? steps.size() - 1 : steps.size(),
                    new UpdatePlan.Step(List.of(replace(NAME, patch.get(NAME))),
                            Refusals.Feature.NAME_PATCH));
        }
        return steps;
    }

    private List<Map<String, Object>> fields(Map<String, Object> patch, Map<String, Object> current) {
        List<Map<String, Object>> operations = new ArrayList<>();
        patch.forEach((path, value) -> {
            if (!path.equals(NAME) && !STATE.contains(path) && missingPart(current, path) == null) {
                operations.add(replace(path, values.of(path, value, current)));
            }
        });
        return operations;
    }

    private static String missingPart(Map<String, Object> current, String path) {
        return current.isEmpty() ? null : PatchRules.missingPart(current, path);
    }

    /**
     * JSON Patch makes nothing on the way to what it replaces, and nobody says whether Partner Center does: fields of
     * parts that are null go by calls of their own.
     */
    private List<UpdatePlan.Step> ofNullParts(Map<String, Object> patch, Map<String, Object> current) {
        Map<String, List<Map<String, Object>>> byPart = new LinkedHashMap<>();
        patch.forEach((path, value) -> {
            String part = missingPart(current, path);
            if (part != null) {
                byPart.computeIfAbsent(part, first -> new ArrayList<>())
                        .add(replace(path, values.of(path, value, current)));
            }
        });
        return byPart.values().stream()
                .map(fields -> new UpdatePlan.Step(fields, Refusals.Feature.FIELD_OF_NULL_PART)).toList();
    }

    private static List<Map<String, Object>> state(Map<String, Object> patch, Map<String, Object> current,
            StatusMachine.Move move) {
        List<Map<String, Object>> operations = new ArrayList<>();
        if (move.moves()) {
            if (!move.status().equalsIgnoreCase(Paths.text(current, "status")) || move.acceptFirst()) {
                operations.add(replace("status", move.status()));
            }
            operations.add(replace("substatus", move.substatus()));
        }
        if (patch.containsKey("statusReason")) {
            operations.add(replace("statusReason", patch.get("statusReason")));
        }
        return operations;
    }

    static Map<String, Object> replace(String path, Object value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "replace");
        operation.put("path", "/" + path.replace('.', '/'));
        operation.put("value", value);
        return operation;
    }
}
