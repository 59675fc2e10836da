package dev.cosell.salesforce;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Record ids of Salesforce as people and programs write them. The 15 characters of reports and formulas tell upper from
 * lower case. The 18 characters of the API add three that say which of the others are capitals, so they can be read
 * even where the case was lost.
 */
public final class SalesforceIds {
    private static final Pattern ALONE = Pattern.compile("[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?");
    private static final Pattern IN_ADDRESS = Pattern
            .compile("https?://[^\\s]*?/([0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?)(?:[/?#].*)?");
    private static final String ORGANIZATION = "00D";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int SHORT = 15;
    private static final int GROUP = 5;

    private SalesforceIds() {}

    /**
     * The record that a text names, blanks around it or its address allowed.
     *
     * @param prefix the three characters that ids of the object begin with
     * @param text   null allowed
     * @return the 18 characters; null when the text is no id of this object
     */
    static String read(String prefix, String text) {
        String stripped = text == null ? "" : text.strip();
        Matcher address = IN_ADDRESS.matcher(stripped);
        String id = address.matches() ? address.group(1) : stripped;
        if (!ALONE.matcher(id).matches() || !id.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return null;
        }
        String cased = id.length() == SHORT ? id : cased(id);
        return cased != null && cased.startsWith(prefix) ? cased + suffix(cased) : null;
    }

    /** The organisation that a text names, as {@link #read} reads it; null when the text is no id of one. */
    public static String readOrganization(String text) {
        return read(ORGANIZATION, text);
    }

    /** The first 15 characters in the case that the last three tell; null when the three do not fit them. */
    private static String cased(String id) {
        StringBuilder cased = new StringBuilder();
        for (int at = 0; at < SHORT; at++) {
            int capitals = CAPITALS.indexOf(Character.toUpperCase(id.charAt(SHORT + at / GROUP)));
            boolean capital = capitals >= 0 && (capitals >> at % GROUP & 1) == 1;
            char character = id.charAt(at);
            if (capitals < 0 || capital && Character.isDigit(character)) {
                return null;
            }
            cased.append(capital ? Character.toUpperCase(character) : Character.toLowerCase(character));
        }
        return cased.toString();
    }

    private static String suffix(String id) {
        StringBuilder suffix = new StringBuilder();
        for (int group = 0; group < SHORT; group += GROUP) {
            int capitals = 0;
            for (int at = 0; at < GROUP; at++) {
                capitals |= Character.isUpperCase(id.charAt(group + at)) ? 1 << at : 0;
            }
            suffix.append(CAPITALS.charAt(capitals));
        }
        return suffix.toString();
    }
}
