package dev.cosell.sync.decide;

import dev.cosell.text.Sentences;
import dev.cosell.text.Visible;
import dev.cosell.verbs.CrmRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The text of an opportunity's Audit field: newest entry first, one line a sentence, never longer than the field. */
public final class AuditText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);

    /** What an entry begins with that says why a record is parked, behind what was written before that. */
    public static final String NOT_SYNCED = "Not synced: ";

    private AuditText() {}

    /** @return null when the newest entry already says just this, so that nothing needs to be written */
    public static String with(String present, Instant now, List<String> sentences, int longest) {
        String said = Visible.line(Sentences.joined(sentences));
        if (sentences.isEmpty() || newest(present).equals(said)) {
            return null;
        }
        String text = TIME.format(now) + "  " + said + (present.isEmpty() ? "" : "\n" + present);
        return text.length() <= longest ? text : text.substring(0, endOfLine(text, longest));
    }

    /** What adds the sentences to a record's Audit text; empty when its newest entry already says just this. */
    public static Map<String, Object> in(CrmRecord record, Instant now, List<String> sentences) {
        return in(record, record.audit(), now, sentences);
    }

    /** The same below the sentences of another text than the record's own. */
    public static Map<String, Object> in(CrmRecord record, String present, Instant now, List<String> sentences) {
        String text = with(present, now, sentences, record.view().auditLength());
        return text == null ? Map.of() : Map.of(record.view().auditField(), text);
    }

    /** Whether the newest entry says that the record is not synced. */
    static boolean tellsOfFailure(String present) {
        return newest(present).contains(NOT_SYNCED);
    }

    private static String newest(String present) {
        String line = present.lines().findFirst().orElse("");
        int text = line.indexOf("  ");
        return text < 0 ? line : line.substring(text + 2);
    }

    private static int endOfLine(String text, int longest) {
        int end = text.lastIndexOf('\n', longest);
        return end > 0 ? end : Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    }
}
