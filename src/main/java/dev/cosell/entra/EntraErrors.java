package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.cosell.verbs.Fault;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a refusal of Entra means: the class of fault and one sentence that says what a person must do. Entra's own
 * description is left out, because it repeats parts of the request; the AADSTS code and the correlation id in the log
 * lead support to it.
 */
final class EntraErrors {
    private static final Logger LOG = LoggerFactory.getLogger(EntraErrors.class);
    private static final Set<Integer> PASSING = Set.of(50196, 90033, 90055);
    private static final Set<Integer> CHALLENGE = Set.of(50074, 50076, 50079, 50158);
    private static final Set<Integer> EXPIRED = Set.of(70008, 70043, 700082);
    /** A policy of the tenant forbids this way to sign in. */
    private static final Set<Integer> BLOCKED = Set.of(53003, 530032, 530035);
    /** A policy of the tenant wants a device or an app that it knows. */
    private static final Set<Integer> UNMANAGED = Set.of(53000, 53001, 53002);
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,9})");
    /** The user has said no. */
    static final int DECLINED = 65004;

    private EntraErrors() {}

    /**
     * @param system  whose connection it is; its settings are named in remedies
     * @param command signs a user in; null where an application signs in by itself
     */
    static Fault fault(String system, String command, HTTPResponse response) {
        Map<String, Object> body = body(response);
        int status = response.getStatusCode();
        int code = code(body);
        String error = text(body, "error");
        if (status == 429 || status >= 500 || PASSING.contains(code) || "temporarily_unavailable".equals(error)) {
            return new Fault.Transient(system,
                    "Entra cannot answer just now (" + (code == 0 ? status : "AADSTS" + code) + ")");
        }
        if (error == null) {
            return new Fault.Transient(system, "Entra gave no readable answer (" + status + ")");
        }
        return fault(system, command, body, code);
    }

    /** @param refusal what Entra said, with at least an {@code error} */
    static Fault fault(String system, String command, Map<String, Object> refusal, int code) {
        String error = text(refusal, "error");
        LOG.debug("Entra refused the sign-in of {}: AADSTS{}, correlation id {}", system, code,
                text(refusal, "correlation_id"));
        return new Fault.Auth(system,
                sentence(settings(system), command, code, error, text(refusal, "suberror")) + reference(code, error));
    }

    /** Whether a policy of the tenant stands in the way, so that it is of no use to ask again. */
    static boolean blocked(HTTPResponse response) {
        int code = code(body(response));
        return BLOCKED.contains(code) || UNMANAGED.contains(code);
    }

    /** The code that an error description names; 0 when it names none, or is null. */
    static int codeIn(String description) {
        Matcher code = CODE.matcher(String.valueOf(description));
        return code.find() ? Integer.parseInt(code.group(1)) : 0;
    }

    private static String sentence(String system, String command, int code, String error, String suberror) {
        String signIn = command == null ? "check the app registration and the application user of this connection"
                : "sign in again with " + command;
        if (BLOCKED.contains(code)) {
            return blocked(command);
        }
        if (UNMANAGED.contains(code)) {
            return "Conditional Access of your tenant wants a device that it manages: " + (command == null
                    ? "an administrator has to except this app"
                    : "sign in with " + command + " --browser on such a device, or with --paste and a browser on one");
        }
        if (CHALLENGE.contains(code)) {
            return "Entra wants another proof of the user, such as a second factor: " + signIn;
        }
        if (EXPIRED.contains(code)) {
            return "The sign-in has expired: " + signIn;
        }
        return switch (code) {
            case 50173 -> "The sign-in was revoked, usually by a new password: " + signIn;
        case 50055, 50057 ->
            "The user's account is disabled or its password has expired: fix the account, then " + signIn;
        case 65001 ->
            "The app lacks consent: an administrator must grant it admin consent for its API permissions in Entra";
        case 7000215 -> "The client secret is wrong: correct " + system
                + ".client-secret (the secret's value, not its id) and start again";
        case 7000222 -> "The client secret has expired: create a new one in Entra, put it into " + system
                + ".client-secret and start again";
            case 7000218 -> "The app is no public client: set " + system + ".client-secret and start again";
            case 700025 -> "The app is a public client: leave " + system + ".client-secret empty and start again";
        case 700016 ->
            "The tenant has no such app: correct " + system + ".client-id or " + system + ".tenant and start again";
            case 90002 -> "There is no such tenant: correct " + system + ".tenant and start again";
        case 70011 -> "The scope is not valid: correct the addresses and scopes of " + system
                + " in the settings and start again";
        case 50011,
                500112 ->
            "The app registration does not know the address that a browser is sent back to: add "
                    + BrowserSignIn.REDIRECT
                    + " in Entra (Authentication, Mobile and desktop applications), then " + signIn;
            case 54005, 501481 -> "The code was used before or belongs to another sign-in: " + signIn;
        case 500011 ->
            "The tenant does not know the address of the API: correct the address of " + system + " and start again";
            default -> otherwise(system, error, suberror, signIn);
        };
    }

    private static String otherwise(String system, String error, String suberror, String signIn) {
        if ("consent_required".equals(suberror) || "consent_required".equals(error)) {
            return "The app lacks consent: an administrator must grant it admin consent for its API permissions in "
                    + "Entra";
        }
        return switch (error) {
            case "interaction_required", "login_required" -> "Entra wants to see the user: " + signIn;
            case "invalid_grant" -> "The sign-in is no longer good: " + signIn;
        default -> "Entra refused the sign-in: check " + system + ".tenant, " + system + ".client-id and " + system
                + ".client-secret";
        };
    }

    /** The name before the settings of a system; the two audiences of Partner Center share theirs. */
    private static String settings(String system) {
        return isPartnerCenter(system) ? "partner-center" : system;
    }

    private static boolean isPartnerCenter(String system) {
        return system.startsWith("partner-center");
    }

    /** Device codes are what such policies are mostly about. */
    private static String blocked(String command) {
        return command == null
                ? "Conditional Access of your tenant blocks this app: an administrator has to except it from the policy"
                : "Conditional Access of your tenant blocks this sign-in. Many tenants block device codes: sign in "
                        + "with "
                        + command + " --browser, or with "
                        + command
                        + " --paste where no browser is; if that is blocked too, an administrator has to except this "
                        + "user from the policy";
    }

    /** Without the correlation id, so that the same trouble is said in the same words. */
    private static String reference(int code, String error) {
        return " (" + (code == 0 ? printable(error) : "AADSTS" + code) + ")";
    }

    private static String printable(String error) {
        return error.matches("[a-z_]{1,60}") ? error : "error without a known name";
    }

    static Map<String, Object> body(HTTPResponse response) {
        try {
            return response.getBodyAsJSONObject();
        } catch (ParseException notJson) {
            return Map.of();
        }
    }

    static String text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text ? text : null;
    }

    private static int code(Map<String, Object> body) {
        return body.get("error_codes") instanceof Iterable<?> codes && codes.iterator().hasNext()
                && codes.iterator().next() instanceof Number number ? number.intValue() : 0;
    }
}
