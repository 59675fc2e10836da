package dev.cosell.alerts;

import dev.cosell.text.Moment;
import dev.cosell.text.Visible;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a channel sends at once: all the news there are for it. The body of the routes {@code alert-to-…}.
 *
 * @param id           stays the same however often it is sent
 * @param installation name of this installation
 * @param page         address at which people open the page; empty when nobody has said
 * @param letters      at least one
 */
public record Notice(String id, String installation, String page, List<Letter> letters) {
    public Notice {
        letters = List.copyOf(letters);
    }

    /** One line. */
    public String subject() {
        return Visible.line(installation + ": " + (letters.size() == 1 ? letters.get(0).headline() : headlines()));
    }

    private String headlines() {
        long needed = letters.stream().filter(letter -> letter.kind() == Letter.Kind.BEGAN).count();
        return letters.size() + " messages" + (needed == 0 ? "" : ", " + needed + " of which need a person");
    }

    /** Everything, as plain text. */
    public String text() {
        return letters.stream().map(letter -> Visible.line(letter.headline()) + "\n" + body(letter))
                .collect(Collectors.joining("\n\n")) + "\n";
    }

    /** Names one letter wherever it is sent again. */
    String alertId(Letter letter) {
        return id + "/" + letter.id();
    }

    /** What stands below the headline of one letter. */
    String body(Letter letter) {
        Matter matter = letter.matter();
        return switch (letter.kind()) {
            case BEGAN -> Visible.lines(matter.detail()) + (matter.remedy().isEmpty() ? "" : "\nWhat to do: "
                    + matter.remedy()) + seen(letter);
            case OVER -> "It began at " + Moment.text(letter.since()) + ": " + Visible.lines(matter.detail());
            case DIGEST -> Visible.lines(matter.detail());
        };
    }

    private String seen(Letter letter) {
        return page.isEmpty() ? "" : "\nOn the page: " + link(letter);
    }

    /** Where the page shows it; empty when nobody has said where the page is. */
    String link(Letter letter) {
        return page.isEmpty() ? "" : page + "/#" + letter.matter().view();
    }
}
