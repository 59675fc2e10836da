package dev.cosell.dynamics;

import dev.cosell.sync.Writes.NewOpportunity;
import java.util.Map;

/**
 * How far the creation of an opportunity has come.
 *
 * @param account the account's row, as it was found; null when it has to be created
 * @param contact the contact's row, as it was found; null when it has to be created, or nobody is named
 * @param owner   the id of the user who is to own it; null for the application user
 */
public record Creation(NewOpportunity order, Map<String, Object> account, Map<String, Object> contact, String owner) {
    Creation(NewOpportunity order) {
        this(order, null, null, null);
    }

    boolean lacksAccount() {
        return account == null;
    }

    boolean lacksContact() {
        return !order.contact().isEmpty() && contact == null;
    }

    Creation with(Map<String, Object> foundAccount, Map<String, Object> foundContact) {
        return new Creation(order, foundAccount, foundContact, owner);
    }

    Creation ownedBy(String user) {
        return new Creation(order, account, contact, user);
    }
}
