package dev.cosell.mapping;

/** Text without the marks of success and failure that Microsoft's connectors left in front of opportunity names. */
final class DealName extends Text {
    private static final String MARKS = "\u2714\u2713\u2716\u2718\uFE0F";

    DealName(int limit) {
        super(limit);
    }

    @Override
    String clean(String text) {
        if (text == null || MARKS.indexOf(text.charAt(0)) < 0) {
            return super.clean(text);
        }
        int start = 0;
        while (start < text.length()
                && (MARKS.indexOf(text.charAt(start)) >= 0 || Character.isWhitespace(text.charAt(start)))) {
            start++;
        }
        return start == text.length() ? null : super.clean(text.substring(start));
    }
}
