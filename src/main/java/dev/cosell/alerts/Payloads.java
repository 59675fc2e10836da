package dev.cosell.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.text.Moment;
import dev.cosell.text.Storable;
import dev.cosell.text.Visible;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** The bean {@code alerts} of {@code routes/alerts.camel.yaml}: what each kind of channel wants to be sent, as JSON. */
public final class Payloads {
    /** Teams refuses a message of more than 28 KB. */
    private static final int CARD_LENGTH = 20_000;
    /** Slack cuts a text beyond 40,000 characters. */
    private static final int SLACK_LENGTH = 30_000;
    private static final String MORE = "\n… and more: see the log and the health page.";

    private final ObjectMapper json = new ObjectMapper();

    /**
     * An Adaptive Card, for a Workflow of Teams that posts cards. Its texts are runs, in which nothing is read as
     * markup.
     */
    public String teams(@Body Notice notice) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(run(notice.subject(), true));
        int room = CARD_LENGTH;
        for (Letter letter : notice.letters()) {
            String text = notice.body(letter);
            room -= text.length() + letter.headline().length();
            if (room < 0) {
                blocks.add(run(MORE.strip(), false));
                break;
            }
            if (notice.letters().size() > 1) {
                blocks.add(run(Visible.line(letter.headline()), true));
            }
            blocks.add(run(text, false));
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("msteams", Map.of("width", "Full"));
        card.put("body", blocks);
        return written(Map.of("type", "message", "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card))));
    }

    private static Map<String, Object> run(String text, boolean headline) {
        Map<String, Object> run = new LinkedHashMap<>(Map.of("type", "TextRun", "text", text));
        if (headline) {
            run.put("weight", "Bolder");
        }
        return Map.of("type", "RichTextBlock", "inlines", List.of(run));
    }

    /** Slack reads three characters of a text as markup. */
    public String slack(@Body Notice notice) {
        String text = notice.subject() + "\n" + notice.text();
        String shown = text.length() <= SLACK_LENGTH ? text : Storable.of(text.substring(0, SLACK_LENGTH)) + MORE;
        return written(Map.of("text", shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
    }

    /** For programs: every letter with its parts. */
    public String generic(@Body Notice notice) {
        return written(Map.of("type", "cosell.alert", "installation", notice.installation(),
                "alerts", notice.letters().stream().map(letter -> parts(notice, letter)).toList()));
    }

    private static Map<String, Object> parts(Notice notice, Letter letter) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("id", notice.alertId(letter));
        parts.put("kind", letter.kind().name());
        parts.put("matter", letter.matter().key());
        parts.put("code", letter.matter().code());
        parts.put("title", letter.matter().title());
        parts.put("detail", letter.matter().detail());
        if (letter.kind() == Letter.Kind.BEGAN) {
            parts.put("remedy", letter.matter().remedy());
        }
        parts.put("link", notice.link(letter));
        if (letter.kind() != Letter.Kind.DIGEST) {
            parts.put("since", Moment.text(letter.since()));
        }
        return parts;
    }

    private String written(Object tree) {
        try {
            return json.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
