package dev.cosell.stories;

import java.util.List;
import java.util.Map;

/** What can be odd about records and rights in a CRM, in the words of each. */
interface OddRecords {
    /** Why a CRM refuses a write, with the words that its people read. */
    enum Refusal {
        FIELD_SECURITY, VALIDATION_RULE, APPROVAL_LOCK, UNKNOWN_CHOICE, REQUIRED_FIELD, DUPLICATE_RULE, ROW_LOCK
    }

    /** The next write of the sync to an opportunity is refused; the one after it is not. */
    void refuseNextWrite(Refusal refusal);

    /** The next row that the sync creates for a new deal is refused. */
    void refuseNextCreate(Refusal refusal);

    /** What the CRM says, and what our remedy says. */
    List<String> words(Refusal refusal);

    void undelete(String crmId);

    /** From now on the opportunity's value is the sum of its products. */
    void addProducts(String crmId);

    /** Fields of the CRM's account. */
    Map<String, Object> account(String name, String postalCode, String city);

    Map<String, Object> contact(String first, String last, String email);

    /** @return id of a row that is new, whether there is one like it or not */
    String newAccount(Map<String, Object> fields);

    String newContact(String accountId, Map<String, Object> fields);

    void mergeAccounts(String winner, String loser);

    void mergeContacts(String winner, String loser);

    String contactId(String crmId);
}
