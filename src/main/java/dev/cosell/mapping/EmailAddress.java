package dev.cosell.mapping;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the e-mail address in what people and other programs put into a field for one. */
public final class EmailAddress {
    // Possessive, because the steps of a long text that may be taken back would not fit on the stack.
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern ADDRESS = Pattern
            .compile("(?:^|[\\s<(\\[,;:\"'])((?!')" + ATOM + "(?:\\." + ATOM + ")*+@" + LABEL + "(?:\\." + LABEL
                    + ")++)(?=$|[\\s\\p{Z}>)\\],;:!?/\"'.])");

    private EmailAddress() {}

    /**
     * The only address in a text such as {@code Noor <noor@contoso.example>}; null when the text holds none, or
     * several.
     */
    public static String in(String text) {
        List<String> found = ADDRESS.matcher(text.strip()).results().map(EmailAddress::address).toList();
        boolean one = found.stream().map(address -> address.toLowerCase(Locale.ROOT)).distinct().count() == 1;
        return one ? found.get(0) : null;
    }

    private static String address(MatchResult result) {
        return result.group(1);
    }
}
