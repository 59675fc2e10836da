package dev.cosell.dynamics;

import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Dynamics 365 refuses a record for, by its own error codes. Its texts are in the user's language and tell nothing
 * for sure.
 */
public enum DynamicsCause implements Cause {
    TOO_LONG("CS-601", "A text is longer than its column in Dynamics 365.",
            "Shorten the text, or lengthen the column in Dynamics 365.", "0x80044331"),
    OUT_OF_RANGE("CS-602", "A choice or a number is not what its column in Dynamics 365 takes.",
            "If the column is a choice, correct the value map of this row or add the choice in Dynamics 365; if "
                    + "it is a number, correct it where it was entered, or widen the column's smallest and largest "
                    + "value.",
            "0x8004431A"),
    WRONG_VALUE("CS-603", "Dynamics 365 does not take a value.",
            "Correct the value where it was entered, or the converter of this row in the mapping.", "0x80040203"),
    DATE("CS-604", "A date is outside of what Dynamics 365 holds.",
            "Correct the date where it was entered: Dynamics 365 holds 1753 to 9999.", "0x80040239"),
    NO_VERSIONS("CS-605", "A table of Dynamics 365 has no optimistic concurrency.",
            "Switch optimistic concurrency on for this table in Dynamics 365.", "0x8006088D"),
    NO_TABLE("CS-606", "Dynamics 365 does not have a table that the settings name.",
            "Create the table in Dynamics 365, or correct its name in the settings.", "0x80041102",
            "0x8006088a"),
    STATE("CS-607", "Dynamics 365 does not take the state of an opportunity.",
            "Correct the value map of the state: such an opportunity is closed as won or lost.", "0x80040516",
            "0x80100005"),
    NO_COLUMN("CS-608", "Dynamics 365 does not know a column.",
            "Check the name in the mapping and the settings, and that the column exists in Dynamics 365.", "0x80048d19",
            "0x80060888", "0x80041103"),
    NO_KEY("CS-609", "The Referral Identifier has no alternate key in Dynamics 365.",
            "Add an alternate key on the Referral Identifier column in Dynamics 365 and wait until it is "
                    + "active.", "0x80041140"),
    DUPLICATE("CS-610", "A duplicate detection rule of Dynamics 365 stopped the record.",
            "A duplicate detection rule of this environment stopped it: merge the records or correct the rule.",
            "0x80040333"),
    NO_VALUE("CS-611", "A column that Dynamics 365 requires has no value.",
            "Give the column a value in the mapping, or stop requiring it in Dynamics 365.", "0x80040200"),
    PLUG_IN("CS-612", "A plug-in of the Dynamics 365 environment refused the record.",
            "A plug-in of this environment refused it; its owner can tell why.", "0x80040265"),
    INACTIVE("CS-613", "The account or contact is not active in Dynamics 365.",
            "Activate the account or contact in Dynamics 365.", "0x80040517"),
    SECURED("CS-614", "A column of Dynamics 365 is secured against the application user.",
            "Add the application user to a column security profile that may read and update the column, or take "
                    + "its row out of the mapping."),
    KEY_HELD("CS-615", "Another record of Dynamics 365 holds what an alternate key allows only once.",
            "Give this record or the other one another value in the columns of the key, merge the two, or take the key "
                    + "away in Dynamics 365.",
            "0x80060892", "0x80040237"),
    OWNER("CS-616", "Who is to own the opportunity has no right to it in Dynamics 365.",
            "Give that user a security role for sales, or set dynamics.owner-from-team to off."),
    OTHER("CS-699", "Dynamics 365 refused what nobody here has met before; its own words say why.",
            "Correct what it names, on the record or in the mapping.");

    /** In which a text of Dynamics 365 names columns, tables and plug-ins, whatever its language. */
    private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9]*_[a-z0-9_]+\\b|'([A-Za-z][A-Za-z0-9_.]*)'");

    /** How the English text names a key and its columns. */
    private static final Pattern KEY = Pattern
            .compile("Entity Key (.+?) violated\\. A record with the same value for (.+?) already exists");

    private final Entry entry;
    private final List<String> theirs;

    DynamicsCause(String code, String meaning, String remedy, String... theirs) {
        entry = new Entry(code, meaning, remedy);
        this.theirs = List.of(theirs);
    }

    /**
     * @param theirCode error code of Dynamics 365, in capital or small letters; empty when it gave none
     * @param words     what it said about which record
     */
    static Reason reason(String theirCode, String words) {
        DynamicsCause cause = Arrays.stream(values())
                .filter(each -> each.theirs.stream().anyMatch(theirCode::equalsIgnoreCase)).findFirst().orElse(OTHER);
        String about = cause.column(words);
        return new Reason(cause, cause == OTHER ? theirCode : about,
                cause == OTHER ? words : words + " " + cause.remedy());
    }

    /** Empty where the text may quote values of the record, or no column is named. */
    private String column(String words) {
        return switch (this) {
            case PLUG_IN, DUPLICATE, INACTIVE, OTHER -> "";
            case KEY_HELD -> {
                Matcher key = KEY.matcher(words);
                yield key.find() ? key.group(1) + " (" + key.group(2) + ")" : "";
            }
            default -> {
                Matcher name = NAME.matcher(words);
                yield name.find() ? name.group(name.group(1) == null ? 0 : 1) : "";
            }
        };
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
