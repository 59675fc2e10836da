package dev.cosell.verbs;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The bodies of the writing verbs (docs/verbs.md). Maps hold the field names of the system that is written to. */
public final class Writes {
    private Writes() {}

    /**
     * A new opportunity for a referral. Safe to repeat: the target finds it again by the referral id.
     *
     * @param referralId value of the Referral Identifier, unique per opportunity
     * @param fields     opportunity fields, virtual ones (currency as ISO code) included
     * @param account    account fields; the account is searched by the rule of the settings and created when there is
     *     none
     * @param contact    contact fields; empty when the referral names nobody
     * @param solutions  solution rows: maps with {@code id} and {@code name}
     * @param team       e-mail addresses of the partner's team on the deal, among whom the owner may be found
     */
    public record NewOpportunity(String referralId, Map<String, Object> fields, Map<String, Object> account,
            Map<String, Object> contact,
            List<Map<String, Object>> solutions, List<String> team) {
        /** For a deal without a team. */
        public NewOpportunity(String referralId, Map<String, Object> fields, Map<String, Object> account,
                Map<String, Object> contact,
                List<Map<String, Object>> solutions) {
            this(referralId, fields, account, contact, solutions, List.of());
        }
    }

    /**
     * A new lead for a referral that nobody has accepted. Safe to repeat: the target finds it again by the referral id.
     *
     * @param fields lead fields, virtual ones (currency as ISO code) included
     */
    public record NewLead(String referralId, Map<String, Object> fields) {}

    /**
     * A change of an existing record.
     *
     * @param version the version the change was computed from: a record that moved since is not written
     * @param patch   only what differs; a null value clears the field
     * @param current the record as read, for verbs that must compare lists row by row
     * @param sources of what the patch of a referral may lack
     */
    public record Update(String id, String version, Map<String, Object> patch, Map<String, Object> current,
            Sources sources) {
        public Update(String id, String version, Map<String, Object> patch, Map<String, Object> current) {
            this(id, version, patch, current, Sources.UNKNOWN);
        }
    }

    /**
     * Where the values of a referral come from, for people who are to mend them there.
     *
     * @param fields  the CRM's fields as the mapping names them, by the dotted path in the referral; those of a person
     *     stand under the path of the list, as in {@code team.email}. Empty when nothing is known
     * @param leftOut by path, why the field's value is not in the referral, in a sentence that names field and value
     */
    public record Sources(Map<String, String> fields, Map<String, String> leftOut) {
        public static final Sources UNKNOWN = new Sources(Map.of(), Map.of());
    }

    /**
     * An update that also closes the opportunity; the fields of {@code update} are written before it closes.
     *
     * @param reason null or empty when none is known
     * @param ended  when the deal was closed in Partner Center; null when that is not known
     */
    public record Close(Update update, Outcome outcome, String reason, Instant ended) {
        /** Of a deal that ends now, as far as anybody knows. */
        public Close(Update update, Outcome outcome, String reason) {
            this(update, outcome, reason, null);
        }
    }

    public enum Outcome { WON, LOST }

    /**
     * A new referral for an opportunity.
     *
     * @param crmId    the opportunity's id, sent as {@code externalReferenceId}
     * @param document the referral document without the parts that depend on the kind of deal
     * @param faults   values that could not be converted; reported together with what the system finds
     *     missing
     * @param retry    true when an earlier attempt may have succeeded: look for it before creating
     * @param settled  false while that attempt is so recent that not finding its record proves nothing
     * @param begun    when the first attempt was noted, by our clock; null when that is not known, or this is the first
     * @param sources  of the document's values
     */
    public record NewReferral(String crm, String crmId, Map<String, Object> document, List<Reason> faults,
                              boolean retry, boolean settled, Instant begun, Sources sources) {
        public NewReferral(String crm, String crmId, Map<String, Object> document, List<Reason> faults, boolean retry,
                boolean settled) {
            this(crm, crmId, document, faults, retry, settled, null, Sources.UNKNOWN);
        }

        public NewReferral(String crm, String crmId, Map<String, Object> document, List<Reason> faults, boolean retry) {
            this(crm, crmId, document, faults, retry, true);
        }
    }
}
