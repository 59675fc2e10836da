package dev.cosell.dynamics;

import dev.cosell.mapping.PartyRules;
import dev.cosell.verbs.PartyText;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far the creation of an opportunity has come.
 *
 * @param account the account's row, as it was found; null when it has to be created
 * @param contact the contact's row, as it was found; null when it has to be created, or nobody is named
 * @param owner   the id of the user who is to own it; null for the application user
 * @param rules   how account and contact are found
 */
public record Creation(NewOpportunity order, Map<String, Object> account, Map<String, Object> contact, String owner,
        PartyRules rules) {
    Creation(NewOpportunity order, PartyRules rules) {
        this(order, null, null, null, rules);
    }

    boolean lacksAccount() {
        return account == null;
    }

    boolean lacksContact() {
        return !order.contact().isEmpty() && contact == null;
    }

    Creation with(Map<String, Object> foundAccount, Map<String, Object> foundContact) {
        return new Creation(order, foundAccount, foundContact, owner, rules);
    }

    /**
     * For the audit: which account and contact are taken and which are created.
     *
     * @param made the record as it was created; null before
     */
    List<String> parties(Map<String, Object> made) {
        List<String> parties = new ArrayList<>();
        parties.add(lacksAccount()
                ? PartyText.newAccount(order.account().get("name"), id(made, Records.ACCOUNT, "accountid"))
                : PartyText.account(account.get("name"), account.get("accountid"),
                        rules.account().criteria(order.account()).keySet()));
        if (lacksContact()) {
            parties.add(PartyText.newContact(id(made, Records.CONTACT, "contactid")));
        } else if (contact != null) {
            parties.add(
                    PartyText.contact(contact.get("contactid"), rules.contact().criteria(order.contact()).keySet()));
        }
        return parties;
    }

    private static Object id(Map<String, Object> made, String party, String column) {
        return made != null && made.get(party) instanceof Map<?, ?> row ? row.get(column) : null;
    }

    Creation ownedBy(String user) {
        return new Creation(order, account, contact, user, rules);
    }
}
