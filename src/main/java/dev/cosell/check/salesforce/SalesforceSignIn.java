package dev.cosell.check.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.salesforce.PasswordLogin;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Whether our user gets in and may read opportunities, deleted ones included, as the poll does. */
public final class SalesforceSignIn implements Check {
    private final Calls calls;
    private final List<String> passwords;
    private final Clock clock;

    /** @param passwords settings that hold a password */
    public SalesforceSignIn(Calls calls, List<String> passwords, Clock clock) {
        this.calls = calls;
        this.passwords = passwords;
        this.clock = clock;
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
        Finding works = Finding.ok(where(), what(), "works, and opportunities can be read");
        return passwords.isEmpty() ? List.of(works) : List.of(works, Finding.warning(where(), "password",
                PasswordLogin.end(passwords, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
                PasswordLogin.remedy(passwords)));
    }
}
