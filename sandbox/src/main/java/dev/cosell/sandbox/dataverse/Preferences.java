package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code Prefer} header of a call.
 *
 * @param pageSize    1 to 5000
 * @param annotations the annotations wanted besides the ones that are always there; null for none
 * @param applied     what {@code Preference-Applied} repeats
 */
record Preferences(boolean representation, boolean trackChanges, int pageSize, Pattern annotations,
        List<String> applied) {
    private static final int LARGEST_PAGE = 5000;
    private static final Pattern PART = Pattern.compile("([^,=\"\\s]+)(?:\\s*=\\s*(\"[^\"]*\"|[^,\\s]*))?");

    static Preferences of(Call call) {
        boolean representation = false;
        boolean track = false;
        int pageSize = LARGEST_PAGE;
        Pattern annotations = null;
        List<String> applied = new ArrayList<>();
        String header = call.header("Prefer");
        var parts = PART.matcher(header == null ? "" : header);
        while (parts.find()) {
            String value = parts.group(2) == null ? "" : parts.group(2).replace("\"", "");
            switch (parts.group(1)) {
                case "return" -> representation = value.equals("representation");
                case "odata.track-changes" -> track = true;
                case "odata.maxpagesize" -> pageSize = pageSize(value);
                case "odata.include-annotations" -> annotations = wildcards(value);
                default -> {
                    continue;
                }
            }
            applied.add(parts.group());
        }
        return new Preferences(representation, track, pageSize, annotations, applied);
    }

    private static int pageSize(String text) {
        try {
            return Math.max(1, Math.min(LARGEST_PAGE, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            throw Refusal.badUrl("The odata.maxpagesize preference must be a number.");
        }
    }

    private static Pattern wildcards(String text) {
        List<String> patterns = new ArrayList<>();
        for (String part : text.split(",")) {
            patterns.add(Pattern.quote(part.strip()).replace("*", "\\E.*\\Q"));
        }
        return Pattern.compile(String.join("|", patterns));
    }

    boolean wants(String annotation) {
        return annotations != null && annotations.matcher(annotation).matches();
    }

    Answer mark(Answer answer) {
        return applied.isEmpty() ? answer : answer.with("Preference-Applied", String.join(",", applied));
    }
}
