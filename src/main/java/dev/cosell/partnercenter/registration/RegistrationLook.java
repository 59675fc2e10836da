package dev.cosell.partnercenter.registration;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;

/** Whose the webhook registration is, for whoever only looks. */
public sealed interface RegistrationLook {
    /** It is ours. */
    record Ours() implements RegistrationLook {}

    /** Nobody is registered. */
    record None() implements RegistrationLook {}

    /** @param holder host of the other product's address */
    record Foreign(String holder) implements RegistrationLook {}

    /** The call, for {@code direct:partner-center-webhook-call}. */
    static Request ask() {
        return WebhookRegistration.request("GET", WebhookRegistration.PATH, null);
    }

    /** @param answer with status 200 or 404 */
    static RegistrationLook of(RegistrationWish wish, Answer answer) {
        PresentRegistration present = answer.ok() ? PresentRegistration.of(answer.object()) : null;
        if (present == null) {
            return new None();
        }
        return present.url().equals(wish.url()) ? new Ours() : new Foreign(present.holder());
    }
}
