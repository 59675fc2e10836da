package dev.cosell.stories;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A seller in one of the CRMs: the stories speak of deals, each CRM has its own words for them. */
public interface CrmDriver {
    String name();

    Api api();

    /**
     * A shared opportunity with account, contact and one solution; {@code fields} over the defaults in the CRM's own
     * words.
     */
    String newOpportunity(Map<String, Object> fields);

    Map<String, Object> opportunity(String id);

    List<Map<String, Object>> opportunities();

    /** All opportunities that carry this referral id. */
    default List<Map<String, Object>> opportunitiesOf(String referralId) {
        return opportunities().stream().filter(opportunity -> referralId.equals(referralId(opportunity))).toList();
    }

    String id(Map<String, Object> opportunity);

    BigDecimal value(Map<String, Object> opportunity);

    String closeDate(Map<String, Object> opportunity);

    String referralId(Map<String, Object> opportunity);

    String referralLink(Map<String, Object> opportunity);

    String audit(Map<String, Object> opportunity);

    boolean syncWanted(Map<String, Object> opportunity);

    String accountId(Map<String, Object> opportunity);

    String accountName(Map<String, Object> opportunity);

    boolean won(Map<String, Object> opportunity);

    boolean lost(Map<String, Object> opportunity);

    void changeValue(String id, int value);

    void changeValueAndDate(String id, int value, String date);

    void win(String id);

    /** A seller works on after the deal was closed, with whatever this CRM asks for first. */
    void editClosed(String id, int value);

    /** Gives the opportunity's account a right country code. */
    void mendCountry(String id);

    /** Fields that ask for Microsoft's help with a proof of concept. */
    Map<String, Object> askForHelp();

    Map<String, Object> visibleToMicrosoft();

    Map<String, Object> withoutContact();

    Map<String, Object> withoutSolution();

    Map<String, Object> country(String code);

    /** Fields that share the opportunity with Partner Center, or do not. */
    Map<String, Object> shared(boolean wanted);

    /** E-mail address of the seller in whose name this driver acts. */
    String sellerEmail();

    /** E-mail address of the user who owns an opportunity. */
    String ownerEmail(String id);

    /** Puts a new user on the opportunity's sales team. */
    void colleague(String id, String firstName, String lastName, String email);

    /** Path pattern of the API call that writes an existing opportunity, for fault rules: method and path. */
    Map<String, Object> writeCall();

    /** The CRM's own name of a field. */
    String field(CrmField field);

    /** The same id as people and other programs write it, too. */
    String otherSpelling(String id);

    /** Path pattern of the API call that creates an opportunity, for fault rules. */
    String createPath();

    /** Puts a closed or a waiting deal to work. */
    void work(String id);

    void lose(String id);

    /** Whether the Audit field of a closed opportunity can be written. */
    boolean talksWhenClosed();

    /** The seller among the leads. */
    LeadDriver leads();

    /** The condition of a list, in the CRM's own words, for opportunities of this value. */
    String whereValueIs(int value);

    /** The next writes of this opportunity, so many, end with an error of the CRM's own. */
    void failWrites(String id, int times, String words);
}
