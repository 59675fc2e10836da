package dev.cosell.explain;

import dev.cosell.sync.books.MinuteFigures;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** What was synced and what waited in each minute of the last day, as a chart wants it. */
public final class Figures {
    private static final int MINUTES = 24 * 60;

    private final MinuteFigures minutes;
    private final List<String> crms;
    private final Clock clock;

    public Figures(MinuteFigures minutes, List<String> crms, Clock clock) {
        this.minutes = minutes;
        this.crms = List.copyOf(crms);
        this.clock = clock;
    }

    /** @param from the first of the minutes, each of which has a place in the lists of each CRM */
    public record Answer(String from, int minutes, List<OfCrm> crms) {}

    /**
     * @param changes decisions that wrote to a system; null for a minute that nobody counted
     * @param backlog hints that waited at the end of the minute; null for one that nobody counted
     */
    public record OfCrm(String name, List<Integer> changes, List<Integer> backlog) {}

    public Answer lastDay() {
        Instant from = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(MINUTES, ChronoUnit.MINUTES);
        List<MinuteFigures.Figure> figures = minutes.since(from);
        return new Answer(Moment.text(from), MINUTES, crms.stream().map(crm -> of(crm, figures, from)).toList());
    }

    private static OfCrm of(String crm, List<MinuteFigures.Figure> figures, Instant from) {
        Integer[] changes = new Integer[MINUTES];
        Integer[] backlog = new Integer[MINUTES];
        figures.stream().filter(each -> each.crm().equals(crm)).forEach(each -> {
            int place = (int) Duration.between(from, each.minute()).toMinutes();
            if (place < MINUTES) {
                changes[place] = each.changes();
                backlog[place] = each.backlog();
            }
        });
        return new OfCrm(crm, Arrays.asList(changes), Arrays.asList(backlog));
    }
}
