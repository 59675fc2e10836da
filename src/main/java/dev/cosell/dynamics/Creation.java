package dev.cosell.dynamics;

import dev.cosell.sync.Writes.NewOpportunity;
import java.util.Map;

/**
 * How far the creation of an opportunity has come.
 *
 * @param account the account's row, as it was found; null when it has to be created
 * @param contact the contact's row, as it was found; null when it has to be created, or nobody is named
 */
public record Creation(NewOpportunity order, Map<String, Object> account, Map<String, Object> contact) {

    boolean lacksAccount() {
        return account == null;
    }

    boolean lacksContact() {
        return !order.contact().isEmpty() && contact == null;
    }

    Creation with(Map<String, Object> foundAccount, Map<String, Object> foundContact) {
        return new Creation(order, foundAccount, foundContact);
    }
}
