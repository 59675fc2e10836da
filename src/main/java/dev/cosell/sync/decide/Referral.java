package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.SystemRecord;
import dev.cosell.verbs.Writes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A referral as it was read, with the rules that say what it means; each method is explained there. */
public record Referral(Map<String, Object> fields, ReferralRules view) implements SystemRecord {
    /** @param fields null when there is none, as is the referral then */
    public static Referral of(Map<String, Object> fields, ReferralRules rules) {
        return fields == null ? null : new Referral(fields, rules);
    }

    /** Whether it was changed after the record of the CRM, or nobody knows when that was. */
    boolean isNewerThan(CrmRecord record) {
        Instant there = modifiedAt();
        Instant here = record.modifiedAt();
        return here == null || there != null && there.isAfter(here);
    }

    boolean isOwn() {
        return view.own(fields);
    }

    public boolean isMicrosofts() {
        return view.microsofts(fields);
    }

    String owner() {
        return view.owner(fields);
    }

    public Referral withMicrosofts(Referral microsofts) {
        return new Referral(view.withMicrosofts(fields, microsofts.fields), view);
    }

    String news(List<String> paths, Object before, Object now) {
        return view.news(fields, paths, before, now);
    }

    public boolean isLead() {
        return view.lead(fields);
    }

    public List<String> missingInDeal() {
        return view.missingInDeal(fields);
    }

    public boolean isClosed() {
        return view.closed(fields);
    }

    boolean isWon() {
        return view.won(fields);
    }

    public String reason() {
        return view.reason(fields);
    }

    public Instant closedAt() {
        return view.closedAt(fields);
    }

    boolean isAwaitingAnswer() {
        return view.awaitingAnswer(fields);
    }

    public String externalReference() {
        return view.externalReference(fields);
    }

    public String engagementId() {
        return view.engagementId(fields);
    }

    String namedAs() {
        return view.namedAs(fields);
    }

    public String link() {
        return view.link(fields);
    }

    String refusal(String path, Object value) {
        return view.refusal(fields, path, value);
    }

    String needlessInLoss(String path, Object value) {
        return view.needlessInLoss(fields, path, value);
    }

    Map<String, Object> standInForReason(Map<String, Object> patch) {
        return view.standInForReason(fields, patch);
    }

    boolean isToBeLedBy(Map<String, Object> contact) {
        return view.isToBeLedBy(contact, fields);
    }

    List<?> contactsLedBy(Map<String, Object> contact) {
        return view.contactsLedBy(contact, fields);
    }

    ReferralRules.StatusMove move(Map<String, Object> wanted) {
        return view.move(fields, wanted);
    }

    String caution(Map<String, Object> patch, Instant now) {
        return view.caution(fields, patch, now);
    }

    public List<Deadline> deadlines(boolean asked, TimeRules.Timing timing) {
        return view.deadlines(fields, asked, timing);
    }

    /** As the lead tables see it. */
    public Referral asLead() {
        return new Referral(LeadDocument.of(fields), view);
    }

    /** The update of this referral at the version that was read. */
    public Writes.Update update(Map<String, Object> patch) {
        return new Writes.Update(id(), version(), patch, fields);
    }

    /** The name of the deal; null when it has none. */
    public Object name() {
        return fields.get("name");
    }
}
