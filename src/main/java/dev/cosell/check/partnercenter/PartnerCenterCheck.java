package dev.cosell.check.partnercenter;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether the user gets in, with a second factor, and may read referrals: one page of one referral. */
public final class PartnerCenterCheck implements Check {
    private static final String MFA = "isMfaCompliant";

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
                Map.of("client-request-id", UUID.randomUUID().toString(), "ValidateMfa", "true"), null), Answer.class);
        List<Finding> findings = new ArrayList<>(access(page));
        secondFactor(page).ifPresent(findings::add);
        return findings;
    }

    private List<Finding> access(Answer page) {
        if (page.status() == 403) {
            return List.of(Finding.ok(where(), what(), "works"), Finding.fault(where(), "roles",
                    "referrals are denied to the user (403): " + page.reason(),
                    "Give the user of ./cosell login the role Referrals admin in Partner Center (Account settings, "
                            + "User management)"));
        }
        if (!page.ok()) {
            return List.of(Finding.fault(where(), what(),
                    "Partner Center refused a page of referrals (" + page.status() + "): " + page.reason(),
                    "Check partner-center.url"));
        }
        return List.of(Finding.ok(where(), what(), "works, and referrals can be read"));
    }

    /** Partner Center may say in a header or in the body whether the user has shown a second factor, or not at all. */
    private Optional<Finding> secondFactor(Answer page) {
        Object said = page.header(MFA) != null ? page.header(MFA) : page.object().entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(MFA)).map(Map.Entry::getValue).findFirst().orElse(null);
        return switch (String.valueOf(said).strip().toLowerCase(Locale.ROOT)) {
        case "true" ->
            Optional.of(Finding.ok(where(), "second factor", "the user signed in with multi-factor authentication"));
        case "false" -> Optional.of(Finding.warning(where(), "second factor",
                "the user signed in without multi-factor authentication, which Partner"
                        + " Center refuses (401, 900421)",
                "Sign in again with ./cosell login and pass the second factor; if none is asked for, let an"
                        + " administrator demand it of this user (security defaults or Conditional Access)"));
            default -> Optional.empty();
        };
    }
}
