package dev.cosell.sync.steps;

import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Referral;
import dev.cosell.text.LoggedDeal;
import dev.cosell.text.Sentences;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log in which people follow a deal: one line for each decision that did or said something. */
final class Journey {
    static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    private Journey() {}

    /**
     * @param deal       as {@link #deal} names it
     * @param referralId null when there is no referral
     * @param crmId      null when the CRM has no record
     */
    static void tell(Decision decision, String deal, String referralId, String crmId) {
        LoggedDeal.during(decision.pair().crm(), referralId, crmId, () -> tell(decision, deal));
    }

    private static void tell(Decision decision, String deal) {
        LOG.atLevel(decision.warnings().isEmpty() ? Level.INFO : Level.WARN).log("{}: {} {} → {}{}",
                decision.pair().crm(), deal,
                decision.situation(), decision.action(),
                decision.isWorthTelling() ? ": " + Sentences.joined(decision.sentences())
                        : " (" + decision.situation().code() + ")");
    }

    static void parked(String crm, Object name, String referralId, String crmId, String reason) {
        LoggedDeal.during(crm, referralId, crmId, () ->
                LOG.warn("{}: {} not synced: {}", crm, deal(name, referralId, crmId), reason));
    }

    /** A record that moved meanwhile, or that another sync has, is looked at again without a word. */
    static void notParked(Exception failed) {
        if (failed instanceof Fault.Transient || failed instanceof Fault.Throttled || failed instanceof Fault.Auth) {
            LOG.warn("{}; the change waits in the queue", failed.getMessage());
        } else if (!(failed instanceof Fault)) {
            LOG.error("A record could not be parked; its change waits in the queue", failed);
        }
    }

    static void dropped(List<Reason> problems) {
        LOG.error("A hint could not be worked on and is dropped: {}", Sentences.joined(problems));
    }

    /** @param record of the CRM; null for none, as {@code referral} */
    static Object name(Referral referral, CrmRecord record) {
        return referral != null ? referral.name() : record instanceof Opportunity opportunity ? opportunity.name()
                : null;
    }

    /**
     * A deal as the log names it.
     *
     * @param name null when no record tells
     */
    static String deal(Object name, String referralId, String crmId) {
        return (name == null ? "" : "\"" + name + "\" ") + "(" + referralId + " ↔ " + crmId + ")";
    }
}
