package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.StrangeAnswer;
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
    static final String DUPLICATE_FOUND = "0x80040333";
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
        if (condition(answer)) {
            return new Fault.VersionConflict(SYSTEM, "The " + what + " in Dynamics 365 changed after it was read: "
                    + text(answer));
        }
        return answer.status() == 403 ? forbidden(answer, what)
                : new Fault.Data(SYSTEM, List.of(DynamicsCause.reason(code(answer), "Dynamics 365 refused the " + what
                        + " (" + answer.status() + " " + code(answer) + "): " + text(answer))));
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
            return new Fault.Data(SYSTEM, DynamicsCause.SECURED, "Dynamics 365 refused the " + what + ": "
                    + text(answer) + " " + DynamicsCause.SECURED.remedy());
        }
        Matcher privilege = PRIVILEGE.matcher(text(answer));
        String missing = privilege.find() ? "the privilege " + privilege.group() : "a privilege";
        return new Fault.Denied(SYSTEM, "The application user lacks " + missing + " in Dynamics 365 for the " + what
                + ": add it to the security role of the sync (" + text(answer) + ")");
    }
}
