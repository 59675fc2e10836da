package dev.cosell.dynamics;

import dev.cosell.sync.Writes.NewOpportunity;
import java.util.Map;

/**
 * How far the creation of an opportunity has come.
 *
 * @param account the account's row, found or created; null when it is not there yet
 * @param contact the contact's row, found or created; null when it is not there yet or nobody is named
 */
public record Creation(NewOpportunity order, Map<String, Object> account, Map<String, Object> contact) {

    boolean namesContact() {
        return !order.contact().isEmpty();
    }

    Creation with(Map<String, Object> foundAccount, Map<String, Object> foundContact) {
        return new Creation(order, foundAccount, foundContact);
    }
}
