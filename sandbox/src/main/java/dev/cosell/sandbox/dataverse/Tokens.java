package dev.cosell.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;

/** Words, quoted texts and signs of an OData expression. */
final class Tokens {
    /** @param quoted true for a text in single quotes, whose doubled quotes are already undone */
    record Operand(String text, boolean quoted) {
        boolean isNull() {
            return !quoted && "null".equals(text);
        }
    }

    private final String text;
    private int at;

    Tokens(String text) {
        this.text = text;
    }

    boolean atEnd() {
        skipSpace();
        return at >= text.length();
    }

    boolean take(char sign) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == sign) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char sign) {
        if (!take(sign)) {
            throw unexpected();
        }
    }

    boolean takeWord(String wanted) {
        skipSpace();
        int end = at + wanted.length();
        boolean whole = end >= text.length() || text.charAt(end) == ' ' || text.charAt(end) == '(';
        if (text.startsWith(wanted, at) && whole) {
            at = end;
            return true;
        }
        return false;
    }

    String word() {
        skipSpace();
        int start = at;
        while (at < text.length() && " (),'=]".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        return text.substring(start, at);
    }

    /** What stands in the parentheses that come next. */
    String parenthesized() {
        expect('(');
        int start = at;
        int depth = 1;
        boolean quoted = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return text.substring(start, at++);
            }
        }
        throw unexpected();
    }

    /** A literal; the type name before a quoted enumeration value is dropped. */
    Operand operand() {
        skipSpace();
        if (at < text.length() && text.charAt(at) != '\'') {
            String word = word();
            if (at >= text.length() || text.charAt(at) != '\'') {
                return new Operand(word, false);
            }
        }
        return new Operand(quoted(), true);
    }

    private String quoted() {
        expect('\'');
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append('\'');
                at++;
            } else {
                return value.toString();
            }
        }
        throw unexpected();
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    Refusal unexpected() {
        return Refusal.badUrl("Syntax error at position " + at + " in '" + text + "'.");
    }

    /** Splits at a sign, but not inside parentheses or quotes. Empty parts are left out. */
    static List<String> split(String text, char sign) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (!quoted && depth == 0 && c == sign) {
                add(parts, text.substring(start, i));
                start = i + 1;
            }
        }
        add(parts, text.substring(start));
        return parts;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            parts.add(part.strip());
        }
    }
}
