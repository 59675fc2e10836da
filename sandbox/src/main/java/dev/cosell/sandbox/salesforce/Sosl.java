package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed full-text search.
 *
 * @param words  words that all must occur; a star at the end stands for any rest of a word
 * @param scope  ALL, NAME, EMAIL or PHONE
 * @param limit  most rows in total
 */
record Sosl(List<String> words, String scope, List<Returning> returning, int limit) {

    /** One object of RETURNING. {@code rest} holds WHERE, ORDER BY and LIMIT as written, or nothing. */
    record Returning(String object, List<String> fields, String rest) {}

    private static final int MOST = 2000;
    private static final Pattern WHOLE = Pattern.compile(
            "\\s*FIND\\s*\\{(?<words>[^}]*)}(\\s+IN\\s+(?<scope>ALL|NAME|EMAIL|PHONE)\\s+FIELDS)?"
                    + "(\\s+RETURNING\\s+(?<returning>.+?))?(\\s+LIMIT\\s+(?<limit>\\d{1,4}))?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OBJECT = Pattern.compile("\\s*(\\w+)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
    private static final Pattern CLAUSE = Pattern.compile("(?i)\\s(WHERE|ORDER\\s+BY|LIMIT)\\s");

    static Sosl parse(String text) {
        Matcher match = WHOLE.matcher(text);
        if (!match.matches() || match.group("words").strip().length() < 2) {
            throw malformed(text);
        }
        List<Returning> returning = new ArrayList<>();
        if (match.group("returning") != null) {
            split(match.group("returning")).forEach(part -> returning.add(object(part)));
        }
        String scope = match.group("scope") == null ? "ALL" : match.group("scope").toUpperCase(Locale.ROOT);
        int limit = match.group("limit") == null ? MOST : Integer.parseInt(match.group("limit"));
        return new Sosl(List.of(match.group("words").strip().replace("\"", "").split("\\s+")), scope, returning, limit);
    }

    /** The parts between the commas that are in no parentheses. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Returning object(String text) {
        Matcher match = OBJECT.matcher(text);
        if (!match.matches()) {
            throw malformed(text);
        }
        if (match.group(2) == null) {
            return new Returning(match.group(1), List.of("Id"), "");
        }
        Matcher clause = CLAUSE.matcher(match.group(2));
        int end = clause.find() ? clause.start() : match.group(2).length();
        List<String> fields = List.of(match.group(2).substring(0, end).strip().split("\\s*,\\s*"));
        return new Returning(match.group(1), fields, match.group(2).substring(end));
    }

    private static Refusal malformed(String text) {
        return Refusal.bad("MALFORMED_SEARCH", "No search term found or the search is not understood: " + text);
    }
}
