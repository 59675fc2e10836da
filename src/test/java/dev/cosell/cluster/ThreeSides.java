package dev.cosell.cluster;

import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.DealField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Partner Center and both CRMs have at one moment. */
final class ThreeSides {
    private final Map<String, CrmDriver> crms;
    private final Map<String, Map<String, Object>> referrals;
    private final Map<String, Map<String, List<Map<String, Object>>>> opportunities = new LinkedHashMap<>();

    private ThreeSides(Cluster cluster) {
        crms = cluster.crms();
        referrals = cluster.portal().list("/sandbox/deals").stream().filter(each ->
                !"msft".equals(each.get("organizationId")))
                .collect(Collectors.toMap(each -> (String) each.get("id"), each -> each, (one, other) -> one,
                        LinkedHashMap::new));
        crms.forEach((name, crm) -> opportunities.put(name, crm.opportunities().stream().filter(each ->
                crm.referralId(each) != null)
                .collect(Collectors.groupingBy(crm::referralId, HashMap::new, Collectors.toList()))));
    }

    static ThreeSides of(Cluster cluster) {
        return new ThreeSides(cluster);
    }

    /** The referral of an opportunity; null while it has none. */
    String referralOf(String crm, String crmId) {
        return opportunities.get(crm).entrySet().stream().filter(each -> each.getValue().stream()
                .anyMatch(opportunity -> crmId.equals(crms.get(crm).id(opportunity)))).map(Map.Entry::getKey)
                        .findFirst().orElse(null);
    }

    /** Whether both CRMs have an opportunity of a referral. */
    boolean joined(String referralId) {
        return referrals.containsKey(referralId) && opportunities.values().stream().allMatch(each ->
                each.containsKey(referralId));
    }

    /** The one opportunity of a referral. */
    String crmId(String crm, String referralId) {
        return crms.get(crm).id(opportunities.get(crm).get(referralId).get(0));
    }

    /** Whether a field of a deal has this value on all sides. */
    boolean show(String referralId, DealField field, String value) {
        return value.equals(field.inPortal(referrals.get(referralId))) && crms.entrySet().stream().allMatch(crm ->
                value.equals(field.inCrm(crm.getValue(), opportunities.get(crm.getKey()).get(referralId).get(0))));
    }

    String inPortal(String referralId, DealField field) {
        return field.inPortal(referrals.get(referralId));
    }

    /**
     * What the application says in each CRM about what it did with the deal of an edit, newest first; nothing where the
     * deal never arrived.
     */
    String audit(Edit edit) {
        return crms.entrySet().stream().map(crm -> crm.getKey() + ": " + crm.getValue().opportunities().stream()
                .filter(each -> edit.referralId().equals(crm.getValue().referralId(each))
                        || edit.referralId().equals(crm.getValue().id(each)))
                .map(crm.getValue()::audit).toList()).collect(Collectors.joining(System.lineSeparator()));
    }

    /** Fields that are not the same on all sides, in words. */
    List<String> differences(String referralId) {
        List<String> found = new ArrayList<>();
        for (DealField field : People.FIELDS) {
            String value = inPortal(referralId, field);
            if (!show(referralId, field, value)) {
                found.add(field + " of " + referralId + " is " + value + " in the portal, and in the CRMs "
                        + crms.keySet().stream().map(name -> field.inCrm(crms.get(name), opportunities.get(name)
                                .get(referralId).get(0))).toList());
            }
        }
        return found;
    }

    /** Referrals and opportunities that nobody made or that stand twice, in words. */
    List<String> doubled(List<String> made) {
        List<String> found = new ArrayList<>();
        referrals.keySet().stream().filter(id -> !made.contains(id)).forEach(id -> found.add("referral " + id));
        opportunities.forEach((crm, all) -> all.forEach((referralId, each) -> {
            if (each.size() > 1 || !made.contains(referralId)) {
                found.add(each.size() + " opportunities of " + referralId + " in " + crm);
            }
        }));
        return found;
    }
}
