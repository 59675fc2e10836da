package dev.cosell.salesforce;

import dev.cosell.sync.Changes.Change;
import dev.cosell.sync.Hint;

/** What the poll hands over for each change. */
public final class SalesforceHints {
    public Hint hint(Change change) {
        return change.hint(SalesforceErrors.SYSTEM);
    }
}
