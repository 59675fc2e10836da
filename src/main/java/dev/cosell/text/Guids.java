package dev.cosell.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GUIDs in the spellings that people and programs use: capitals, braces, blanks around them, no hyphens, or inside an
 * address.
 */
public final class Guids {
    private static final int LENGTH = 36;
    private static final String HEX = "[0-9a-fA-F]";
    private static final String HYPHENATED = HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{12}";
    private static final Pattern ALONE = Pattern.compile("\\{?\\s*(" + HYPHENATED + "|" + HEX + "{32})\\s*}?");
    private static final Pattern WITHIN = Pattern.compile("(?<![0-9a-zA-Z-])" + HYPHENATED + "(?![0-9a-zA-Z-])");
    private static final Pattern OF_RECORD = Pattern.compile("[?&]id=(?:\\{|%7[bB])?(" + HYPHENATED + ")");

    private Guids() {}

    /**
     * The one GUID that a text stands for.
     *
     * @param text null allowed
     * @return in lower case with hyphens; null when the text is something else
     */
    public static String read(String text) {
        if (isPlain(text)) {
            return text;
        }
        Matcher alone = ALONE.matcher(text == null ? "" : text.strip());
        return alone.matches() ? plain(alone.group(1)) : null;
    }

    /**
     * The same, or the GUID of the record that a Dynamics 365 address ({@code …main.aspx?etn=opportunity&id=…}) opens.
     */
    public static String readRecord(String text) {
        String alone = read(text);
        if (alone != null || text == null) {
            return alone;
        }
        Matcher address = OF_RECORD.matcher(text);
        return address.find() ? plain(address.group(1)) : null;
    }

    /** Every GUID in a text, such as those of a portal's address; null allowed. */
    public static List<String> within(String text) {
        return text == null ? List.of()
                : WITHIN.matcher(text).results().map(MatchResult::group).map(Guids::plain).distinct().toList();
    }

    /** Whether it is spelled as {@link #read} gives it, which nearly all are. */
    private static boolean isPlain(String text) {
        if (text == null || text.length() != LENGTH) {
            return false;
        }
        for (int at = 0; at < LENGTH; at++) {
            char sign = text.charAt(at);
            boolean hyphen = at == 8 || at == 13 || at == 18 || at == 23;
            if (hyphen ? sign != '-' : (sign < '0' || sign > '9') && (sign < 'a' || sign > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String plain(String guid) {
        String digits = guid.replace("-", "").toLowerCase(Locale.ROOT);
        return String.join("-", digits.substring(0, 8), digits.substring(8, 12), digits.substring(12, 16),
                digits.substring(16, 20), digits.substring(20));
    }
}
