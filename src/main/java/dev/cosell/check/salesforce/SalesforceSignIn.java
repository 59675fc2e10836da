package dev.cosell.check.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.util.List;
import java.util.Map;

/** Whether our user gets in and may read opportunities, deleted ones included, as the poll does. */
public final class SalesforceSignIn implements Check {
    private final Calls calls;

    public SalesforceSignIn(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String where() {
        return "salesforce";
    }

    @Override
    public String what() {
        return "sign-in";
    }

    @Override
    public List<Finding> look() {
        calls.ask("salesforce-query", "SELECT Id FROM Opportunity LIMIT 1", Map.class);
        return List.of(Finding.ok(where(), what(), "works, and opportunities can be read"));
    }
}
