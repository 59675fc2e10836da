package dev.cosell.dynamics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts in OData addresses and references. */
final class OData {
    private OData() {}

    /** A text as a quoted literal, percent-encoded. */
    static String literal(String text) {
        return encoded(quoted(text));
    }

    /** An expression, percent-encoded; literals in it are not encoded before. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A text as a quoted literal, inside an expression that is encoded later or in a body, where nothing is. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
