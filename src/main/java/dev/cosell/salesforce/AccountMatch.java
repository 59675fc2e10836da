package dev.cosell.salesforce;

import dev.cosell.sync.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the account by name and postal code, and the contact by e-mail (or name) within it. */
final class AccountMatch {
    private static final int MOST_CANDIDATES = 10;

    private AccountMatch() {}

    static boolean isGiven(Map<String, Object> fields) {
        return fields != null && !fields.isEmpty();
    }

    /** Account numbers and look-alikes are left to people: no match by anything but these two. */
    static String accounts(Map<String, Object> account) {
        return "SELECT Id, Name, BillingCity FROM Account WHERE " + sameAccount("", account) + " ORDER BY CreatedDate, Id LIMIT " + MOST_CANDIDATES;
    }

    private static String sameAccount(String path, Map<String, Object> account) {
        String postalCode = text(account, "BillingPostalCode");
        String name = text(account, "Name");
        if (name == null) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, List.of("The referral has no customer name, so no Salesforce account can be found or"
                    + " created. Fill in the customer's name in Partner Center"));
        }
        return path + "Name = " + SoqlText.string(name)
                + (postalCode == null ? "" : " AND " + path + "BillingPostalCode = " + SoqlText.string(postalCode));
    }

    static String contacts(Map<String, Object> account, Map<String, Object> contact) {
        String email = text(contact, "Email");
        String person = email != null ? "Email = " + SoqlText.string(email)
                : "LastName = " + literal(text(contact, "LastName")) + " AND FirstName = " + literal(text(contact, "FirstName"));
        return "SELECT Id, AccountId FROM Contact WHERE " + person + " AND " + sameAccount("Account.", account)
                + " ORDER BY CreatedDate, Id LIMIT " + MOST_CANDIDATES;
    }

    private static String literal(String text) {
        return text == null ? "null" : SoqlText.string(text);
    }

    private static String text(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    /** The id of the one account that matches, null when none does; several are for a person to sort out. */
    static String only(List<Map<String, Object>> rows, Map<String, Object> account) {
        if (rows.size() > 1) {
            String candidates = rows.stream().map(row -> row.get("Name") + ", " + (row.get("BillingCity") == null ? "no city" : row.get("BillingCity"))
                    + " (" + row.get("Id") + ")").collect(Collectors.joining("; "));
            throw new Fault.Data(SalesforceErrors.SYSTEM, List.of("Salesforce has several accounts for the customer \"" + account.get("Name") + "\": "
                    + candidates + ". Merge them, or make name and postal code differ, or create the opportunity by hand and enter the"
                    + " referral identifier"));
        }
        return rows.isEmpty() ? null : (String) rows.get(0).get("Id");
    }

    /** The oldest contact of the account, null when it has none. */
    static String within(List<Map<String, Object>> rows, String accountId) {
        return rows.stream().filter(row -> accountId.equals(row.get("AccountId"))).map(row -> (String) row.get("Id")).findFirst().orElse(null);
    }
}
