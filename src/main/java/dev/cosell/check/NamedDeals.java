package dev.cosell.check;

import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.verbs.CrmView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What referrals and opportunities say of each other, in numbers.
 *
 * @param leads         what becomes of leads
 * @param opportunities those with the sync on, with identifier and link
 * @param referrals     our own
 * @param allReferrals  whether there are no more referrals than these
 */
record NamedDeals(CrmView crm, ReferralRules rules, LeadMode leads, List<Map<String, Object>> opportunities,
        List<Map<String, Object>> referrals, boolean allReferrals) {
    private static final int EXAMPLES = 3;
    private static final String WHAT = "deals known already";

    /**
     * Ids of this CRM's records that open referrals name and that are not among the opportunities. Those that a lead
     * names may be leads: they are asked for only where an opportunity would have to be there.
     */
    List<String> unseen() {
        Set<String> ids = new LinkedHashSet<>();
        open().filter(each -> leads == LeadMode.OPPORTUNITIES || !rules.lead(each)).map(this::named)
                .filter(id -> id != null).forEach(ids::add);
        opportunities.forEach(each -> ids.remove(crm.id(each)));
        return List.copyOf(ids);
    }

    /** @param missing those of {@link #unseen} that the CRM does not have */
    List<Finding> findings(Collection<String> missing) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> naming = naming();
        Map<String, String> known = known();
        Map<String, List<String>> identifying = sharedIdentifiers(known);
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
                opportunities.stream().filter(each -> isUnknown(each, naming, known))
                        .map(each -> crm.id(each) + " (" + crm.referralId(each) + ")").toList(),
                "opportunities whose Referral Identifier is no referral's id",
                "Nothing is created for them: enter the referral's id, or clear the field so that a new deal is shared."
                        + " Those that are lost need nothing");
        add(findings, groups(identifying),
                "referrals whose id is the Referral Identifier of several opportunities",
                "Leave it on the right one and clear it on the others");
        add(findings, groups(naming), "opportunities that several open referrals name",
                "Enter the id of the right referral in the Referral Identifier of the opportunity");
        add(findings,
                opportunities.stream().filter(each -> isNamedByAnother(each, naming, known))
                        .map(each -> crm.id(each) + " (" + crm.referralId(each) + ")").toList(),
                "opportunities that an open referral names and whose Referral Identifier is another referral's",
                "They go with the one in their Referral Identifier, also when it is closed: enter the id of the right "
                        + "one there");
        add(findings, namings(open().filter(each -> !rules.lead(each) && missing.contains(named(each)))),
                "opportunities that a referral names and that do not exist",
                "Correct the referral's CRM id in Partner Center, or clear it so that an opportunity is created");
        addLeads(findings, missing);
        return findings.isEmpty() ? List.of(Finding.ok(crm.system(), WHAT,
                opportunities.size() + " opportunities with the sync on and " + referrals.size()
                        + " referrals" + (allReferrals ? "" : " (the oldest, not all)")
                        + " say nothing against each other"))
                : findings;
    }

    /** Leads that go on as leads are taken over. */
    private void addLeads(List<Finding> findings, Collection<String> missing) {
        if (leads == LeadMode.OPPORTUNITIES) {
            add(findings, namings(open().filter(each -> rules.lead(each) && namesNoOpportunity(each, missing))),
                    "records that the referral of a lead names and that are no opportunities",
                    "With leads = opportunities a lead of the CRM is not taken over: clear the referral's CRM id in "
                            + "Partner Center, so that an opportunity is created and named there, and close the lead; "
                            + "or start with leads = leads");
        }
    }

    private void add(List<Finding> findings, List<String> found, String said, String remedy) {
        if (!found.isEmpty()) {
            String examples = String.join(", ", found.subList(0, Math.min(EXAMPLES, found.size())))
                    + (found.size() > EXAMPLES ? ", …" : "");
            findings.add(Finding.warning(crm.system(), WHAT, said + ": " + found.size() + ", " + examples, remedy));
        }
    }

    /** Those that are open: a closed one is an older deal, unless the opportunity itself names it. */
    private Stream<Map<String, Object>> open() {
        return referrals.stream().filter(each -> !rules.closed(each));
    }

    /** Id of this CRM's record that a referral names; null when it names none. */
    private String named(Map<String, Object> referral) {
        return crm.readId(rules.externalReference(referral));
    }

    private List<String> namings(Stream<Map<String, Object>> naming) {
        return naming.map(each -> (named(each) == null ? rules.externalReference(each) : named(each)) + " (referral "
                + rules.id(each) + ")").toList();
    }

    /** Whether a referral names what may be a lead and is no opportunity. */
    private boolean namesNoOpportunity(Map<String, Object> referral, Collection<String> missing) {
        return crm.readLeadId(rules.externalReference(referral)) != null
                && (named(referral) == null || missing.contains(named(referral)));
    }

    /** Ids of open referrals by the record that they name. */
    private Map<String, List<String>> naming() {
        Map<String, List<String>> naming = new LinkedHashMap<>();
        open().filter(each -> named(each) != null).forEach(
                each -> naming.computeIfAbsent(named(each), id -> new ArrayList<>()).add(rules.id(each)));
        return naming;
    }

    private Map<String, List<String>> sharedIdentifiers(Map<String, String> known) {
        Map<String, List<String>> shared = new LinkedHashMap<>();
        opportunities.stream().filter(each -> identified(each) != null)
                .forEach(each -> shared.computeIfAbsent(known.getOrDefault(identified(each), identified(each)),
                        id -> new ArrayList<>()).add(crm.id(each)));
        return shared;
    }

    private static List<String> groups(Map<String, List<String>> by) {
        return by.entrySet().stream().filter(each -> each.getValue().size() > 1)
                .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")").toList();
    }

    /** Whether nothing can be joined with it: a text of somebody's own is in nobody's way where a referral names it. */
    private boolean isUnknown(Map<String, Object> opportunity, Map<String, List<String>> naming,
            Map<String, String> known) {
        String identified = identified(opportunity);
        return crm.referralId(opportunity) != null && (identified == null ? !naming.containsKey(crm.id(opportunity))
                : allReferrals && !known.containsKey(identified));
    }

    /** Whether the opportunity goes with another referral than the open ones that name it. */
    private boolean isNamedByAnother(Map<String, Object> opportunity, Map<String, List<String>> naming,
            Map<String, String> known) {
        String id = known.get(identified(opportunity));
        List<String> namers = naming.getOrDefault(crm.id(opportunity), List.of());
        return id != null && !namers.isEmpty() && !namers.contains(id);
    }

    /** Ids of referrals by what a Referral Identifier may call them: their own id or their engagement's. */
    private Map<String, String> known() {
        Map<String, String> known = new HashMap<>();
        referrals.stream().filter(each -> rules.engagementId(each) != null)
                .forEach(each -> known.put(rules.engagementId(each).toLowerCase(Locale.ROOT), rules.id(each)));
        referrals.forEach(each -> known.put(rules.id(each).toLowerCase(Locale.ROOT), rules.id(each)));
        return known;
    }

    /** The id in the Referral Identifier; null when there is none. */
    private String identified(Map<String, Object> opportunity) {
        return rules.readId(crm.referralId(opportunity));
    }
}
