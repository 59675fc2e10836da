package dev.cosell.check.partnercenter;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whether the user gets in and may read referrals: one page of one referral. */
public final class PartnerCenterCheck implements Check {
    private final Calls calls;

    public PartnerCenterCheck(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String where() {
        return "partner-center";
    }

    @Override
    public String what() {
        return "sign-in";
    }

    @Override
    public List<Finding> look() {
        Answer page = calls.ask("partner-center-call", new Request("GET", "/referrals?$top=1",
                Map.of("client-request-id", UUID.randomUUID().toString()), null), Answer.class);
        if (page.status() == 403) {
            return List.of(Finding.ok(where(), what(), "works"), Finding.fault(where(), "roles", "referrals are denied to the user (403): " + page.reason(),
                    "Give the user of ./cosell login the role Referrals admin in Partner Center (Account settings, User management)"));
        }
        if (!page.ok()) {
            return List.of(Finding.fault(where(), what(), "Partner Center refused a page of referrals (" + page.status() + "): " + page.reason(),
                    "Check partner-center.url"));
        }
        return List.of(Finding.ok(where(), what(), "works, and referrals can be read"));
    }
}
