package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Naming;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ValueCause;
import dev.cosell.text.Storable;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Lead;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;

/**
 * The lead that a referral names by its CRM id and that carries no Referral Identifier, as Microsoft's flows leave it:
 * no search finds it, and without it the lead would be made a second time.
 */
public final class NamedLeads {
    private static final int LONGEST = 100;
    private static final String ANEW = "clear the referral's CRM id in Partner Center";

    private final Map<String, CrmView> crms;
    private final Map<String, CrmRecordView> leads;
    private final LinkStore links;

    /**
     * @param crms  the enabled CRMs by name, by which the ids in referrals are read
     * @param leads how their leads are read
     */
    public NamedLeads(Map<String, CrmView> crms, Map<String, CrmRecordView> leads, LinkStore links) {
        this.crms = Map.copyOf(crms);
        this.leads = Map.copyOf(leads);
        this.links = links;
    }

    /**
     * Id of the lead to read.
     *
     * @param found the lead that carries the referral's id; null when none does
     * @return null when one was found, or the referral names nothing that may be a lead of this CRM
     */
    public String id(@Variable("pair") Pair pair, @Variable("lead") Map<String, Object> found) {
        return found != null || pair.isPushed() ? null
                : crms.get(pair.crm()).readLeadId(pair.referral().externalReference());
    }

    /**
     * The lead that was read, as the referral's own.
     *
     * @param shown null when there is no such lead, as the answer is then
     * @throws Fault.Data when the lead has ended, or is another referral's: a second one may be as wrong as this one
     */
    public Map<String, Object> taken(@Variable("pair") Pair pair, @Variable("lead") Map<String, Object> shown) {
        Lead lead = Lead.of(shown, leads.get(pair.crm()));
        if (lead != null) {
            refuseAnothers(pair, lead);
            refuseEnded(pair, lead);
        }
        return shown;
    }

    private void refuseAnothers(Pair pair, Lead lead) {
        String id = pair.referral().id();
        Optional<Link> joined = links.findByCrmId(pair.crm(), lead.id())
                .filter(link -> !id.equals(link.referralId()));
        if (joined.isPresent()) {
            throw another(pair, lead, "is joined with referral " + joined.get().referralId() + "; " + ANEW
                    + ", so that it gets a lead of its own");
        }
        String carried = lead.referralId();
        boolean its = new Naming(pair.referral().view(), crms.get(pair.crm())).isReferral(carried, pair.referral());
        if (carried != null && !its) {
            throw another(pair, lead, "carries the Referral Identifier \"" + Storable.shortened(carried, LONGEST)
                    + "\"; " + ANEW + ", so that it gets a lead of its own, or clear that field of the lead and use"
                    + " the operation retryParked (JMX)");
        }
    }

    private static Fault.Data another(Pair pair, Lead lead, String why) {
        return new Fault.Data(pair.crm(), ValueCause.LEAD_ANOTHERS,
                "the lead " + lead.id() + ", which the referral names, " + why);
    }

    private static void refuseEnded(Pair pair, Lead lead) {
        if (lead.isReadOnly()) {
            throw new Fault.Data(pair.crm(), ValueCause.LEAD_ENDED, "the lead " + lead.id()
                    + ", which the referral names, was converted, qualified or disqualified in the CRM; no second one "
                    + "is made. Enter " + pair.referral().id() + " as the Referral Identifier of the opportunity that "
                    + "it became, or " + ANEW + " to begin anew");
        }
    }
}
