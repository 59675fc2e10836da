package dev.cosell.check;

import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which deals one side already names, before the first start or at any time: at most 20 pages of referrals, one list of
 * 2,000 opportunities, and 200 records looked up.
 */
public final class KnownDeals implements Check {
    private static final int PAGES = 20;
    private static final int OPPORTUNITIES = 2000;
    private static final int LOOKED_UP = 200;

    private final Calls calls;
    private final CrmView crm;
    private final ReferralRules rules;
    private final LeadMode leads;
    private final Opportunities opportunities;

    /** @param leads what becomes of leads */
    public KnownDeals(Calls calls, CrmView crm, ReferralRules rules, LeadMode leads, Opportunities opportunities) {
        this.calls = calls;
        this.crm = crm;
        this.rules = rules;
        this.leads = leads;
        this.opportunities = opportunities;
    }

    @Override
    public String where() {
        return crm.system();
    }

    @Override
    public String what() {
        return "deals known already";
    }

    @Override
    public List<Finding> look() {
        List<Map<String, Object>> referrals = new ArrayList<>();
        Changes page = new Changes(List.of(), null, true);
        try {
            for (int number = 0; number < PAGES && page.more(); number++) {
                page = calls.ask("partner-center-changes", page.position(), Changes.class);
                page.records().stream().filter(rules::own).forEach(referrals::add);
            }
        } catch (Fault ofPartnerCenter) {
            return List.of(Finding.warning(where(), what(), "not checked, because Partner Center shows no referrals",
                    "Fix what is named above for partner-center, then check again"));
        }
        try {
            return compared(referrals, !page.more());
        } catch (Fault ofCrm) {
            return List.of(Finding.warning(where(), what(),
                    "not checked, because " + where() + " shows no opportunities", "Fix what is named above for "
                            + where() + ", then check again"));
        }
    }

    private List<Finding> compared(List<Map<String, Object>> referrals, boolean all) {
        NamedDeals deals = new NamedDeals(crm, rules, leads, opportunities.shared(OPPORTUNITIES), referrals, all);
        List<String> unseen = deals.unseen().stream().limit(LOOKED_UP).toList();
        Set<String> existing = unseen.isEmpty() ? Set.of() : opportunities.existing(unseen);
        return deals.findings(unseen.stream().filter(id -> !existing.contains(id)).toList());
    }
}
