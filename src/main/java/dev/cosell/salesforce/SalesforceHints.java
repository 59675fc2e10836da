package dev.cosell.salesforce;

import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Hint;

/** What the poll hands over for each change. */
public final class SalesforceHints {
    public Hint hint(Change change) {
        return change.hint(SalesforceErrors.SYSTEM);
    }
}
