package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.text.Storable;
import dev.cosell.verbs.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what Dataverse refuses into faults that say what a person can do. */
final class Refusals {
    static final String SYSTEM = "dynamics";
    static final String NOT_THERE = "0x80040217";
    private static final String NO_OPPORTUNITY = "0x80100006";
    private static final String[] NO_PRIVILEGE = {"0x80040220", "0x80040231"};
    static final String ALREADY_CLOSED = "0x80040515";
    static final String TOKEN_EXPIRED = "0x80044352";
    static final String BAD_PAGING_COOKIE = "0x8004112A";
    private static final String OTHER_VERSION = "0x80060882";
    private static final String[] KEY_HELD = {"0x80040237", "0x80060892"};
    /** What gateways and the OData layer give in the place of a code. */
    private static final String[] NO_CODE = {"", "0x0"};
    private static final Pattern BEING_CUSTOMIZED = Pattern.compile("(?i)0x8004f06[1-7]");
    private static final Pattern SECURED_COLUMN = Pattern
            .compile("(?i)secured (field|column)|column security|field.level security|attribute permission");
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PRIVILEGE = Pattern.compile("prv\\w+");

    private Refusals() {}

    /** The error code of an answer, in the letters in which it came; empty when it has none. */
    static String code(Answer answer) {
        return answer.object().get("error") instanceof Map<?, ?> error && error.get("code") instanceof String code
                ? code : "";
    }

    /** Whether an answer has one of these codes. The service writes their digits in capital and in small letters. */
    static boolean says(Answer answer, String... codes) {
        String code = code(answer);
        return Arrays.stream(codes).anyMatch(code::equalsIgnoreCase);
    }

    private static String text(Answer answer) {
        boolean has = answer.object().get("error") instanceof Map<?, ?> error && error.get("message") instanceof String;
        String text = has ? (String) ((Map<?, ?>) answer.object().get("error")).get("message") : answer.text();
        return Storable.shortened(text, 501);
    }

    /** Whether the row is no longer the one that was read. Neither a duplicate rule nor a key that is held is that. */
    private static boolean moved(Answer answer) {
        return answer.status() == 412 && (says(answer, OTHER_VERSION) || says(answer, NO_CODE));
    }

    /**
     * Whether a creation met a row that is there already. Which one it does not tell for sure: that of the address, or
     * one that holds the same values in another key of the table; only a look tells.
     */
    static boolean mayExist(Answer answer) {
        return answer.status() == 412 && (says(answer, KEY_HELD) || moved(answer));
    }

    /**
     * Whether the record itself is what is not there, and not another row or table that the request names. Ids are the
     * same in every language.
     */
    static boolean gone(Answer answer, String id) {
        return answer.status() == 404 && says(answer, NOT_THERE, NO_OPPORTUNITY)
                && (names(answer, id) || !GUID.matcher(text(answer)).find());
    }

    private static boolean names(Answer answer, String id) {
        return text(answer).toLowerCase(Locale.ROOT).contains(id.toLowerCase(Locale.ROOT));
    }

    /** Whether a right is missing that this user lacks, who need not be the one that calls. */
    static boolean lacksRight(Answer answer, String user) {
        return answer.status() == 403 && says(answer, NO_PRIVILEGE) && names(answer, user);
    }

    /** Whether it is too early alone: somebody customizes the environment, and nothing was done. */
    static boolean tooEarly(Answer answer) {
        return BEING_CUSTOMIZED.matcher(code(answer)).matches();
    }

    /**
     * Throws the fault that an answer stands for; does nothing when it is a success. @param what the record, for people
     */
    static void check(Answer answer, String what) {
        if (!answer.ok()) {
            throw fault(answer, what);
        }
    }

    /**
     * The rows of an answer that is a list.
     *
     * @throws Fault.Transient when it is a success and no list: that is not Dataverse's answer, and not an empty one
     */
    static List<Map<String, Object>> rows(Answer answer, String what) {
        check(answer, what);
        if (!(answer.object().get("value") instanceof List<?>)) {
            throw StrangeAnswer.fault(SYSTEM, "to the " + what + " without a list");
        }
        return answer.list("value");
    }

    /** The row itself, of which every answer shows the key. @throws Fault.Transient when it does not */
    static Map<String, Object> row(Map<String, Object> row, String key) {
        if (!(row.get(key) instanceof String)) {
            throw StrangeAnswer.fault(SYSTEM, "with a row that has no " + key);
        }
        return row;
    }

    static Fault fault(Answer answer, String what) {
        if (tooEarly(answer)) {
            return Fault.Transient.undone(SYSTEM, "Dynamics 365 is being customized (" + code(answer) + "), so the "
                    + what + " has to wait: " + text(answer), null);
        }
        if (moved(answer)) {
            return new Fault.VersionConflict(SYSTEM, "The " + what + " in Dynamics 365 changed after it was read: "
                    + text(answer));
        }
        return answer.status() == 403 ? forbidden(answer, what)
                : new Fault.Data(SYSTEM, List.of(DynamicsCause.reason(code(answer), "Dynamics 365 refused the " + what
                        + " (" + answer.status() + " " + code(answer) + "): " + text(answer))));
    }

    private static Fault forbidden(Answer answer, String what) {
        if (says(answer, "0x80072560")) {
            return new Fault.Auth(SYSTEM,
                    "Dynamics 365 does not know the application of this connection: create an application "
                            + "user for its client id in the Power Platform admin centre and give it the security role "
                            + "of the sync");
        }
        if (says(answer, "0x80040225")) {
            return new Fault.Auth(SYSTEM,
                    "The application user of this connection is disabled in Dynamics 365: enable it in the Power "
                            + "Platform admin centre");
        }
        if (SECURED_COLUMN.matcher(text(answer)).find()) {
            return new Fault.Data(SYSTEM, DynamicsCause.SECURED, "Dynamics 365 refused the " + what + ": "
                    + text(answer) + " " + DynamicsCause.SECURED.remedy());
        }
        Matcher privilege = PRIVILEGE.matcher(text(answer));
        if (privilege.find()) {
            return new Fault.Denied(SYSTEM, "The application user lacks the privilege " + privilege.group()
                    + " in Dynamics 365 for the " + what + ": add it to the security role of the sync, or, if it is "
                    + "there and below the level Organization, raise it to that (" + text(answer) + ")");
        }
        // The texts are in the language of the user; only names of privileges are the same in all.
        return new Fault.Denied(SYSTEM, "The application user may not do the " + what + " in Dynamics 365 ("
                + text(answer) + "): it lacks a privilege, to be added to the security role of the sync, or a column "
                + "is secured, and the application user needs a column security profile that may read and update it");
    }
}
