package dev.cosell.salesforce;

import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.verbs.Candidates;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.PartyText;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the account of a new opportunity, and the contact within it, by the configured rules. Rows in the recycle bin
 * are not looked at.
 */
final class AccountMatch {
    private static final int MOST_CANDIDATES = 11;

    private final PartyRules rules;

    AccountMatch(PartyRules rules) {
        this.rules = rules;
    }

    /**
     * By name and postal code, a contact by e-mail address or name: what {@code application.properties} says as
     * shipped.
     */
    static PartyRules defaults() {
        return new PartyRules(MatchRule.parse("Name + BillingPostalCode, Name"),
                MatchRule.parse("Email, FirstName + LastName"));
    }

    static boolean isGiven(Map<String, Object> fields) {
        return fields != null && !fields.isEmpty();
    }

    /** @throws Fault.Data when the referral says nothing by which its account could be found */
    String accounts(NewOpportunity wanted) {
        if (!(wanted.account().get("Name") instanceof String name) || name.isBlank()) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.NO_CUSTOMER,
                    "The referral " + wanted.referralId() + " names no customer, so no Salesforce account can be found"
                            + " or created. " + PartyText.byHand("Salesforce", wanted.referralId()));
        }
        if (rules.account().criteria(wanted.account()).isEmpty()) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.NO_CRITERIA,
                    "The referral " + wanted.referralId() + " says nothing by which the account of \"" + name
                            + "\" can be found (" + rules.account()
                            + "): add a combination to the setting salesforce.account-match. "
                            + PartyText.byHand("Salesforce", wanted.referralId()) + " where none fits");
        }
        return "SELECT Id, Name, BillingCity FROM Account WHERE " + sameAccount("", wanted.account())
                + " ORDER BY CreatedDate, Id LIMIT " + MOST_CANDIDATES;
    }

    private String sameAccount(String path, Map<String, Object> account) {
        return condition(path, rules.account().criteria(account));
    }

    /** Null when the referral says nothing by which the person could be found. */
    String contacts(Map<String, Object> account, Map<String, Object> contact) {
        Map<String, Object> criteria = rules.contact().criteria(contact);
        return criteria.isEmpty() ? null
                : "SELECT Id, Name, Email, AccountId FROM Contact WHERE " + condition("", criteria) + " AND "
                        + sameAccount("Account.", account) + " ORDER BY CreatedDate, Id LIMIT " + MOST_CANDIDATES;
    }

    private static String condition(String path, Map<String, Object> criteria) {
        return criteria.entrySet().stream().map(each -> path + each.getKey() + " = " + literal(each.getValue()))
                .collect(Collectors.joining(" AND "));
    }

    private static String literal(Object value) {
        return value instanceof String text ? SoqlText.string(text)
                : value instanceof Number number ? SoqlText.number(number) : String.valueOf(value);
    }

    /** The one account that matches, null when none does; several are for a person to sort out. */
    Map<String, Object> only(List<Map<String, Object>> rows, Map<String, Object> account) {
        if (rows.size() > 1) {
            throw new Candidates(SalesforceErrors.SYSTEM, "Salesforce", "account", rows).fault(
                    "the customer \"" + account.get("Name") + "\"",
                    rules.account().criteria(account).keySet(), "Name", "BillingCity", "Id");
        }
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** The one contact of the account that matches, null when none does; several are for a person to sort out. */
    Map<String, Object> within(List<Map<String, Object>> rows, String accountId, Map<String, Object> contact) {
        List<Map<String, Object>> own = rows.stream().filter(row -> accountId.equals(row.get("AccountId"))).toList();
        if (own.size() > 1) {
            throw new Candidates(SalesforceErrors.SYSTEM, "Salesforce", "contact", own).fault("the customer's person "
                    + contact.get("FirstName") + " " + contact.get("LastName"),
                    rules.contact().criteria(contact).keySet(), "Name", "Email", "Id");
        }
        return own.isEmpty() ? null : own.get(0);
    }

    /** For the audit: the account that was found, or that one is created when the row is null. */
    String accountStory(Map<String, Object> row, Map<String, Object> account) {
        return row == null ? PartyText.newAccount(account.get("Name"), null)
                : PartyText.account(row.get("Name"), row.get("Id"), rules.account().criteria(account).keySet());
    }

    /** The same of the contact. */
    String contactStory(Map<String, Object> row, Map<String, Object> contact) {
        return row == null ? PartyText.newContact(null)
                : PartyText.contact(row.get("Id"), rules.contact().criteria(contact).keySet());
    }
}
