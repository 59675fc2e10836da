package dev.cosell.check.partnercenter;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.http.Answer;
import dev.cosell.partnercenter.registration.RegistrationLook;
import dev.cosell.partnercenter.registration.RegistrationWish;
import java.util.List;

/** Whether a token for the registration is to be had, and whose the registration is. */
public final class WebhookCheck implements Check {
    private final Calls calls;
    private final RegistrationWish wish;
    private final boolean lacksSecret;

    /** @param lacksSecret whether the door takes notifications at a secret address only, which the public one is not */
    public WebhookCheck(Calls calls, RegistrationWish wish, boolean lacksSecret) {
        this.calls = calls;
        this.wish = wish;
        this.lacksSecret = lacksSecret;
    }

    @Override
    public String where() {
        return "partner-center";
    }

    @Override
    public String what() {
        return "webhook";
    }

    @Override
    public List<Finding> look() {
        if (wish.url().isEmpty()) {
            return List.of(Finding.ok(where(), what(),
                    "none is wanted (webhook.public-url is not set): the sweep alone finds changes"));
        }
        Answer answer = calls.ask("partner-center-webhook-call", RegistrationLook.ask(), Answer.class);
        if (answer.status() == 403) {
            return List.of(Finding.fault(where(), what(),
                    "Partner Center denies the registration (403): the role for it is missing",
                    wish.registrar().whenDenied()));
        }
        if (!answer.ok() && answer.status() != 404) {
            return List.of(Finding.fault(where(), what(),
                    "the registration cannot be read (" + answer.status() + "): " + answer.reason(),
                    "Check partner-center.webhook-url"));
        }
        Finding whose = judged(RegistrationLook.of(wish, answer));
        return lacksSecret ? List.of(whose, withoutSecret()) : List.of(whose);
    }

    private Finding withoutSecret() {
        return Finding.warning(where(), what(),
                "webhook.path-secret is set, so notifications are taken at an address with the secret alone, and "
                        + "webhook.public-url does not hold it",
                "Write {path-secret} at the end of webhook.public-url, or see that your proxy adds the secret");
    }

    private Finding judged(RegistrationLook look) {
        if (look instanceof RegistrationLook.Foreign foreign) {
            return wish.overwriteExisting() ? Finding.warning(where(), what(),
                    "the registration belongs to another product at " + foreign.holder(),
                    "./cosell run takes it over (webhook.overwrite-existing = true); end the other product, or it "
                            + "takes it back")
                    : Finding.fault(where(), what(),
                            "the registration belongs to another product at " + foreign.holder()
                                    + ", so no notification comes here",
                            "End the registration of that product, or set webhook.overwrite-existing = true to take it "
                                    + "over");
        }
        return look instanceof RegistrationLook.None
                ? Finding.warning(where(), what(), "nothing is registered yet",
                        "./cosell run registers its address when it starts")
                : Finding.ok(where(), what(), "the registration is ours");
    }
}
