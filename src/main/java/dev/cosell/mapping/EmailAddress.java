package dev.cosell.mapping;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the e-mail address in what people and other programs put into a field for one. */
public final class EmailAddress {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern ADDRESS = Pattern.compile("(?:^|[\\s<(\\[,;:\"'])((?!')" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL
            + ")+)(?=$|[\\s>)\\],;\"'.])");

    private EmailAddress() {}

    /** The only address in a text such as {@code Noor <noor@contoso.example>}; null when the text holds none, or several. */
    public static String in(String text) {
        Set<String> found = ADDRESS.matcher(text.strip()).results().map(EmailAddress::address).collect(Collectors.toSet());
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static String address(MatchResult result) {
        return result.group(1);
    }
}
