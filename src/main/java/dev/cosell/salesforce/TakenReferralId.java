package dev.cosell.salesforce;

import dev.cosell.verbs.Fault;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * A write that is refused because another record has the referral's id. Usually another writer was first, and the next
 * look finds what it wrote. A write that is refused again after that look would be refused for ever.
 */
final class TakenReferralId {
    private static final String MET = "cosell.salesforce.taken";

    private TakenReferralId() {}

    /**
     * The fault of a write that has failed.
     *
     * @param exchange remembers a refusal from round to round
     * @param key      field with the referral's id
     */
    static Fault fault(Exchange exchange, CompositeAnswer answer, String key) {
        Fault fault = answer.fault(key);
        if (!(fault instanceof Fault.VersionConflict) || !answer.isTaken(key)) {
            return fault;
        }
        if (!answer.about().equals(exchange.getProperty(MET))) {
            exchange.setProperty(MET, answer.about());
            return fault;
        }
        return new Fault.Denied(SalesforceErrors.SYSTEM, fault.faults().get(0).words()
                + ". It stays so when all is read again: if the integration user may not see that record, give it"
                + " access; otherwise clear " + key + " there");
    }

    /**
     * What a write has stored.
     *
     * @throws Fault.Denied when it cannot be read
     */
    static Map<String, Object> seen(Map<String, Object> stored, String about) {
        if (stored == null) {
            throw new Fault.Denied(SalesforceErrors.SYSTEM, "Salesforce has written " + about
                    + ", but our user may not see it: give the integration user access to it, whoever owns it");
        }
        return stored;
    }
}
