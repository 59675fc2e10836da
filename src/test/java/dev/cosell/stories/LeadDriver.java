package dev.cosell.stories;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A seller who looks at leads in one of the CRMs. */
public interface LeadDriver {
    /** The same seller among opportunities. */
    CrmDriver crm();

    /** All leads that carry this referral id. */
    List<Map<String, Object>> of(String referralId);

    /** All leads of a person with this e-mail address. */
    List<Map<String, Object>> withEmail(String email);

    String id(Map<String, Object> lead);

    String referralId(Map<String, Object> lead);

    String company(Map<String, Object> lead);

    String lastName(Map<String, Object> lead);

    /** Empty for none, as the other fields of the person are. */
    String firstName(Map<String, Object> lead);

    String email(Map<String, Object> lead);

    String phone(Map<String, Object> lead);

    String title(Map<String, Object> lead);

    String notes(Map<String, Object> lead);

    /** Where the lead comes from, if this CRM has a field for it as shipped. */
    Optional<String> source(Map<String, Object> lead);

    String audit(Map<String, Object> lead);

    boolean open(Map<String, Object> lead);

    boolean accepted(Map<String, Object> lead);

    boolean refused(Map<String, Object> lead);

    /** Another program makes a lead, as Microsoft's flow does: open, and without the referral's id. */
    String made(String company, String lastName, String email);

    /** A seller makes an opportunity of the lead, in the CRM's own way: it takes no change any more. */
    void convert(String id);

    /** The seller types something into the lead's Referral Identifier; null empties it. */
    void identify(String id, String text);

    void rename(String id, String lastName);

    void promote(String id, String title);

    void delete(String id);

    /** Whether an opportunity waits on hold. */
    boolean onHold(Map<String, Object> opportunity);

    /** A rule of this CRM refuses the next write. */
    void refuseNextWrite();

    /** The call that creates an opportunity, for fault rules. */
    Map<String, Object> createOpportunityCall();

    /** The call that creates a lead, for fault rules. */
    Map<String, Object> createCall();
}
