package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what Dataverse refuses into faults that say what a person can do. */
final class Refusals {
    static final String SYSTEM = "dynamics";
    static final String NOT_THERE = "0x80040217";
    static final String ALREADY_CLOSED = "0x80040515";
    static final String TOKEN_EXPIRED = "0x80044352";
    static final String BAD_PAGING_COOKIE = "0x8004112A";
    private static final String DUPLICATE_FOUND = "0x80040333";
    private static final Pattern SECURED_COLUMN = Pattern
            .compile("(?i)secured (field|column)|column security|field.level security|attribute permission");
    private static final Pattern PRIVILEGE = Pattern.compile("prv\\w+");

    private Refusals() {}

    /** The error code of an answer; empty when it has none. */
    static String code(Answer answer) {
        return answer.object().get("error") instanceof Map<?, ?> error && error.get("code") instanceof String code
                ? code : "";
    }

    private static String text(Answer answer) {
        boolean has = answer.object().get("error") instanceof Map<?, ?> error && error.get("message") instanceof String;
        String text = has ? (String) ((Map<?, ?>) answer.object().get("error")).get("message") : answer.text();
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }

    /**
     * Whether a condition of the request did not hold: another version, or a row where none may be. A duplicate rule is
     * none.
     */
    static boolean condition(Answer answer) {
        return answer.status() == 412 && !DUPLICATE_FOUND.equals(code(answer));
    }

    /**
     * Throws the fault that an answer stands for; does nothing when it is a success. @param what the record, for people
     */
    static void check(Answer answer, String what) {
        if (!answer.ok()) {
            throw fault(answer, what);
        }
    }

    static Fault fault(Answer answer, String what) {
        if (condition(answer)) {
            return new Fault.VersionConflict(SYSTEM, "The " + what + " in Dynamics 365 changed after it was read: "
                    + text(answer));
        }
        return answer.status() == 403 ? forbidden(answer, what)
                : new Fault.Data(SYSTEM, List.of("Dynamics 365 refused the " + what + " (" + answer.status() + " "
                        + code(answer) + "): " + text(answer) + remedy(code(answer))));
    }

    private static Fault forbidden(Answer answer, String what) {
        if (code(answer).equals("0x80072560")) {
            return new Fault.Auth(SYSTEM,
                    "Dynamics 365 does not know the application of this connection: create an application "
                            + "user for its client id in the Power Platform admin centre and give it the security role "
                            + "of the sync");
        }
        if (code(answer).equals("0x80040225")) {
            return new Fault.Auth(SYSTEM,
                    "The application user of this connection is disabled in Dynamics 365: enable it in the Power "
                            + "Platform admin centre");
        }
        if (SECURED_COLUMN.matcher(text(answer)).find()) {
            return new Fault.Data(SYSTEM, List.of("Dynamics 365 refused the " + what + ": " + text(answer)
                    + " Add the application user to a column"
                    + " security profile that may read and update the column, or take its row out of the mapping"));
        }
        Matcher privilege = PRIVILEGE.matcher(text(answer));
        String missing = privilege.find() ? "the privilege " + privilege.group() : "a privilege";
        return new Fault.Denied(SYSTEM, "The application user lacks " + missing + " in Dynamics 365 for the " + what
                + ": add it to the security role of the sync (" + text(answer) + ")");
    }

    /** What a person can do, behind a blank; empty for a code that nobody here has met. */
    static String remedy(String code) {
        return switch (code) {
            case "0x80044331" -> " Shorten the text, or lengthen the column in Dynamics 365";
            // One code for choices and numbers; texts are in the user's language and tell nothing for sure.
        case "0x8004431A" ->
            " If the column is a choice, correct the value map of this row or add the choice in Dynamics 365; if it is "
                    + "a number, correct it where it was entered, or widen the column's smallest and largest value";
            case "0x80040203" -> " Correct the value where it was entered, or the converter of this row in the mapping";
            case "0x80040239" -> " Correct the date where it was entered: Dynamics 365 holds 1753 to 9999";
            case "0x8006088D" -> " Switch optimistic concurrency on for this table in Dynamics 365";
            case "0x80041102" -> " Create the table in Dynamics 365, or correct its name in the settings";
        case "0x80040516", "0x80100005" ->
            " Correct the value map of the state: such an opportunity is closed as won or lost";
            case "0x80048d19", "0x80060888", "0x80041103" ->
                " Check the name in the mapping and the settings, and that the column exists in Dynamics 365";
        case "0x80041140" ->
            " Add an alternate key on the Referral Identifier column in Dynamics 365 and wait until it is active";
        case DUPLICATE_FOUND ->
            " A duplicate detection rule of this environment stopped it: merge the records or correct the rule";
            case "0x80040200" -> " Give the column a value in the mapping, or stop requiring it in Dynamics 365";
            case "0x80040265" -> " A plug-in of this environment refused it; its owner can tell why";
            case "0x80040517" -> " Activate the account or contact in Dynamics 365";
            default -> "";
        };
    }
}
