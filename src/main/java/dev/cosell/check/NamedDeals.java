package dev.cosell.check;

import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.verbs.CrmView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What referrals and opportunities say of each other, in numbers.
 *
 * @param opportunities those with the sync on, with identifier and link
 * @param referrals     our own
 * @param allReferrals  whether there are no more referrals than these
 */
record NamedDeals(CrmView crm, ReferralRules rules, List<Map<String, Object>> opportunities,
        List<Map<String, Object>> referrals, boolean allReferrals) {
    private static final int EXAMPLES = 3;
    private static final String WHAT = "deals known already";

    /** Ids of this CRM's records that open referrals name and that are not among the opportunities. */
    List<String> unseen() {
        Set<String> ids = new LinkedHashSet<>(naming().keySet());
        opportunities.forEach(each -> ids.remove(crm.id(each)));
        return List.copyOf(ids);
    }

    /** @param missing those of {@link #unseen} that the CRM does not have */
    List<Finding> findings(Collection<String> missing) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> naming = naming();
        Map<String, List<String>> identifying = sharedIdentifiers();
        Map<Boolean, List<String>> named = opportunities.stream()
                .filter(each -> identified(each) == null && naming.containsKey(crm.id(each))).map(crm::id)
                .collect(Collectors.partitioningBy(id -> identifying.keySet().containsAll(naming.get(id))));
        add(findings, named.get(true),
                "opportunities that a referral names whose id is the Referral Identifier of another",
                "The identifier counts, so the other one is joined. Correct the CRM id of the referral in Partner "
                        + "Center if the named one is a deal of its own, or switch its sync off if both are one deal");
        add(findings, named.get(false),
                "opportunities with the sync on that a referral names, without its id in their Referral Identifier",
                "They are joined when the sync first looks at them. Who is not the same deal: correct the CRM id of "
                        + "the referral, or switch the sync off, before the start");
        add(findings,
                opportunities.stream().filter(this::isUnknown)
                        .map(each -> crm.id(each) + " (" + crm.referralId(each) + ")").toList(),
                "opportunities whose Referral Identifier is no referral's id",
                "Nothing is created for them: enter the referral's id, or clear the field so that a new deal is shared. "
                        + "Those that are lost need nothing");
        add(findings, groups(identifying),
                "referrals whose id is the Referral Identifier of several opportunities",
                "Leave it on the right one and clear it on the others");
        add(findings, groups(naming), "opportunities that several open referrals name",
                "Enter the id of the right referral in the Referral Identifier of the opportunity");
        add(findings,
                missing.stream()
                        .flatMap(id -> naming.getOrDefault(id, List.of()).stream()
                                .map(referral -> id + " (referral " + referral + ")"))
                        .toList(),
                "opportunities that a referral names and that do not exist",
                "Correct the referral's CRM id in Partner Center, or clear it so that an opportunity is created");
        return findings.isEmpty() ? List.of(Finding.ok(crm.system(), WHAT,
                opportunities.size() + " opportunities with the sync on and " + referrals.size()
                        + " referrals" + (allReferrals ? "" : " (the oldest, not all)")
                        + " say nothing against each other"))
                : findings;
    }

    private void add(List<Finding> findings, List<String> found, String said, String remedy) {
        if (!found.isEmpty()) {
            String examples = String.join(", ", found.subList(0, Math.min(EXAMPLES, found.size())))
                    + (found.size() > EXAMPLES ? ", …" : "");
            findings.add(Finding.warning(crm.system(), WHAT, said + ": " + found.size() + ", " + examples, remedy));
        }
    }

    /** Ids of open referrals by the record that they name. */
    private Map<String, List<String>> naming() {
        Map<String, List<String>> naming = new LinkedHashMap<>();
        referrals.stream().filter(each -> !rules.closed(each) && crm.readId(rules.externalReference(each)) != null)
                .forEach(each -> naming
                        .computeIfAbsent(crm.readId(rules.externalReference(each)), id -> new ArrayList<>())
                        .add(rules.id(each)));
        return naming;
    }

    private Map<String, List<String>> sharedIdentifiers() {
        Map<String, List<String>> shared = new LinkedHashMap<>();
        opportunities.stream().filter(each -> identified(each) != null)
                .forEach(each -> shared.computeIfAbsent(identified(each), id -> new ArrayList<>()).add(crm.id(each)));
        return shared;
    }

    private static List<String> groups(Map<String, List<String>> by) {
        return by.entrySet().stream().filter(each -> each.getValue().size() > 1)
                .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")").toList();
    }

    private boolean isUnknown(Map<String, Object> opportunity) {
        String identified = identified(opportunity);
        return crm.referralId(opportunity) != null && (identified == null
                || allReferrals && referrals.stream().noneMatch(each -> identified.equalsIgnoreCase(rules.id(each))));
    }

    private String identified(Map<String, Object> opportunity) {
        return rules.readId(crm.referralId(opportunity));
    }
}
