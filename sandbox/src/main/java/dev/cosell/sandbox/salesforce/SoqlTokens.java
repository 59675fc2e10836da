package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;

/** The words, signs and strings of a query. A string keeps its opening quote as a mark and is already unescaped. */
final class SoqlTokens {
    /** Stands before a percent sign or an underscore that is no wildcard; a backslash may be one that was typed. */
    static final char NO_WILDCARD = '\ue000';

    private final List<String> tokens = new ArrayList<>();
    private int at;

    SoqlTokens(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '\'') {
                i = string(text, i + 1);
            } else if (isWordPart(text, i)) {
                int start = i;
                while (i < text.length() && isWordPart(text, i)) {
                    i++;
                }
                tokens.add(text.substring(start, i));
            } else {
                int length = i + 1 < text.length() && List.of("!=", "<=", ">=", "<>").contains(text.substring(i, i + 2))
                        ? 2 : 1;
                tokens.add(text.substring(i, i + length));
                i += length;
            }
        }
    }

    /** Points, colons and signs belong to a word only in numbers, dates and LAST_N_DAYS:n. */
    private static boolean isWordPart(String text, int i) {
        char c = text.charAt(i);
        if (Character.isLetterOrDigit(c) || c == '_') {
            return true;
        }
        boolean digitNext = i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
        boolean digitBefore = i > 0 && (Character.isDigit(text.charAt(i - 1)));
        return switch (c) {
            case '.' -> digitNext && digitBefore;
            case '-', '+', ':' -> digitNext;
            default -> false;
        };
    }

    private int string(String text, int from) {
        StringBuilder value = new StringBuilder("'");
        int i = from;
        while (i < text.length() && text.charAt(i) != '\'') {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
                value.append(switch (text.charAt(i)) {
                    case 'n' -> "\n";
                    case 'r' -> "\r";
                    case 't' -> "\t";
                    case '\'', '"', '\\' -> String.valueOf(text.charAt(i));
                    case '%', '_' -> String.valueOf(NO_WILDCARD) + text.charAt(i);
                default -> throw Refusal.bad("MALFORMED_QUERY",
                        "Invalid string literal '" + text.substring(from) + "'. Illegal character"
                                + " sequence '\\" + text.charAt(i) + "' in string literal.");
                });
            } else {
                value.append(text.charAt(i));
            }
            i++;
        }
        if (i >= text.length()) {
            throw Refusal.bad("MALFORMED_QUERY", "line 1: mismatched character '<EOF>' expecting '''");
        }
        tokens.add(value.toString());
        return i + 1;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** The token so many places ahead; empty behind the end. */
    String peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : "";
    }

    String next() {
        if (atEnd()) {
            throw unexpected();
        }
        return tokens.get(at++);
    }

    void skip(int count) {
        at += count;
    }

    boolean isString() {
        return peek(0).startsWith("'");
    }

    String string() {
        return next().substring(1);
    }

    boolean isName() {
        return !atEnd() && Character.isLetter(peek(0).charAt(0));
    }

    boolean isWord(String word) {
        return peek(0).equalsIgnoreCase(word);
    }

    boolean take(String sign) {
        boolean there = peek(0).equals(sign);
        at += there ? 1 : 0;
        return there;
    }

    boolean takeWord(String word) {
        boolean there = isWord(word);
        at += there ? 1 : 0;
        return there;
    }

    void expect(String word) {
        if (!takeWord(word)) {
            throw unexpected();
        }
    }

    String operator() {
        String sign = next();
        if (!List.of("=", "!=", "<>", "<", "<=", ">", ">=").contains(sign)) {
            at--;
            throw unexpected();
        }
        return sign.equals("<>") ? "!=" : sign;
    }

    int integer() {
        String word = next();
        if (!word.matches("\\d{1,9}")) {
            at--;
            throw unexpected();
        }
        return Integer.parseInt(word);
    }

    Refusal unexpected() {
        return Refusal.bad("MALFORMED_QUERY",
                atEnd() ? "unexpected token: '<EOF>'" : "unexpected token: '" + peek(0) + "'");
    }
}
