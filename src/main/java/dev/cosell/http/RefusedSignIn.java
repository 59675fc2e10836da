package dev.cosell.http;

import dev.cosell.verbs.Fault;
import java.util.regex.Pattern;

/** What a system's answer says about the sign-in behind its token. */
final class RefusedSignIn {
    /**
     * Partner Center's code for a user who has shown no second factor; in which shape of body it comes is not
     * documented.
     */
    private static final Pattern WITHOUT_SECOND_FACTOR = Pattern.compile("(?<!\\d)900421(?!\\d)");

    private RefusedSignIn() {}

    /**
     * Null when the answer finds no fault with the sign-in.
     *
     * @param remedy what a person can do about the sign-in
     */
    static Fault.Auth fault(String system, Answer answer, String remedy) {
        int status = answer.status();
        if (status != 401 && status != 403) {
            return null;
        }
        String challenge = String.valueOf(answer.header("WWW-Authenticate"));
        // Conditional access may end a sign-in while its tokens are still good.
        if (challenge.contains("insufficient_claims") || answer.text().contains("insufficient_claims")) {
            return new Fault.Auth(system, system + " wants another proof of the user than the sign-in gave (" + status
                    + " insufficient_claims): satisfy the tenant's conditional access and " + remedy);
        }
        if (status == 403) {
            return null;
        }
        if (system.startsWith("partner-center")
                && WITHOUT_SECOND_FACTOR.matcher(challenge + " " + answer.text()).find()) {
            return new Fault.Auth(system, system
                    + " refuses users who signed in without multi-factor authentication (401, 900421): " + remedy
                    + " and pass the second factor. If none is asked for, an administrator has to demand it of this "
                    + "user (security defaults or Conditional Access)");
        }
        return Fault.Auth.ofAFreshToken(system, system
                + " refused a fresh token (401): check the permissions and scopes of this connection, or " + remedy);
    }
}
