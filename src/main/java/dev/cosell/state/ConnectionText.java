package dev.cosell.state;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.NestedExceptionUtils;

/**
 * A JDBC URL with the password taken out, because the pool and the drivers tell the URL in their logs and errors.
 *
 * @param password from the URL, or the one given beside it; null when there is none
 */
record ConnectionText(String url, String password) {
    private static final Pattern PASSWORD = Pattern.compile("(?i)([?&;])password=([^;&]*)");

    static ConnectionText of(String url, String password) {
        Matcher found = PASSWORD.matcher(url);
        if (!found.find()) {
            return new ConnectionText(url, password);
        }
        String rest = url.substring(found.end());
        String separator = rest.isEmpty() || found.group(1).equals(";") ? "" : found.group(1);
        String without = url.substring(0, found.start()) + separator + (separator.isEmpty() ? rest : rest.substring(1));
        return new ConnectionText(without, decoded(url, found.group(2)));
    }

    /** Only PostgreSQL's driver knows percent signs in its URLs. */
    private static String decoded(String url, String password) {
        return url.startsWith("jdbc:postgresql:") ? URLDecoder.decode(password, StandardCharsets.UTF_8) : password;
    }

    /** The URL without its parameters. */
    String address() {
        return url.split("[?;]", 2)[0].replaceAll("//[^/@]*@", "//");
    }

    /** The deepest cause in the driver's own words, on one line. */
    String reason(Throwable fault) {
        Throwable deepest = NestedExceptionUtils.getMostSpecificCause(fault);
        String said = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        String safe = password == null || password.isEmpty() ? said : said.replace(password, "***");
        return safe.replace(url, address()).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address();
    }
}
