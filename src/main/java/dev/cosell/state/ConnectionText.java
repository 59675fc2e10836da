package dev.cosell.state;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be said of a connection: where it leads and why it failed, never with which password. */
final class ConnectionText {
    private static final Pattern SECRET = Pattern.compile("(?i)(?:password|passwd|pwd)=([^;&]*)");

    private final String url;
    private final String password;

    ConnectionText(String url, String password) {
        this.url = url;
        this.password = password;
    }

    /** The URL without its parameters, where drivers keep user and password. */
    String address() {
        return url.split("[?;]", 2)[0].replaceAll("//[^/@]*@", "//");
    }

    /** The deepest cause in the driver's own words, on one line. */
    String reason(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String said = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        return withoutSecrets(said).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }

    private String withoutSecrets(String said) {
        String clean = said.replace(url, address());
        Matcher secret = SECRET.matcher(url);
        while (secret.find()) {
            clean = hidden(clean, secret.group(1));
        }
        return hidden(clean, password);
    }

    private static String hidden(String text, String secret) {
        return secret == null || secret.isEmpty() ? text : text.replace(secret, "***");
    }
}
