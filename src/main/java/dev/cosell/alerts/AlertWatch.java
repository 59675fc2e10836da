package dev.cosell.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again what needs a person and has it told, in threads of its own. Without a channel it asks nobody
 * what that is, and only ends what was told while there was one.
 */
public final class AlertWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    private static final Duration KEPT = Duration.ofDays(7);

    private final Pace pace;
    private final Channels channels;
    private final Matters matters;
    private final AlertBook book;
    private final Sender sender;
    private final Supplier<String> digest;
    private final Clock clock;
    private final Instant started;
    /** What was told without the book, because the book itself was away. */
    private List<Matter> toldFromMemory = List.of();
    /** The last day whose digest is in the book, by whichever instance; null before the first. */
    private LocalDate digested;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-alerts").daemon().build());

    /**
     * When what is done.
     *
     * @param look   time between two looks
     * @param over   how long nothing must be seen of a matter before it counts as over
     * @param digest time of the day in the zone of this machine; null for no digest
     */
    public record Pace(Duration look, Duration over, LocalTime digest) {}

    /** @param digest how things stand, for the digest */
    AlertWatch(Pace pace, Channels channels, Matters matters, AlertBook book, Sender sender, Supplier<String> digest,
            Clock clock) {
        this.pace = pace;
        this.channels = channels;
        this.matters = matters;
        this.book = book;
        this.sender = sender;
        this.digest = digest;
        this.clock = clock;
        this.started = clock.instant();
    }

    public AlertWatch start() {
        timer.scheduleWithFixedDelay(this::look, pace.look().toMillis(), pace.look().toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** An executor forgets a task that has failed once. */
    private void look() {
        try {
            List<String> open = channels.all();
            sender.keep(open);
            if (open.isEmpty()) {
                endWhatNobodySees();
            } else {
                tell(open);
            }
        } catch (RuntimeException fault) {
            LOG.debug("Alerts were not looked after; they are at the next turn", fault);
        }
    }

    private void tell(List<String> open) {
        open.forEach(sender::show);
        List<Matter> now = matters.now();
        List<Matter> away = now.stream().filter(Matters::isAboutTheDatabase).toList();
        if (away.isEmpty()) {
            write(now, open);
            open.forEach(sender::send);
            // Last: it asks for figures, and whoever does not give them must hold up no letter.
            digest(open);
        } else if (toldFromMemory.isEmpty()) {
            fromMemory(Letter.Kind.BEGAN, away, open);
            toldFromMemory = away;
        }
    }

    private void write(List<Matter> now, List<String> open) {
        now.forEach(book::seen);
        book.tell(open, pace.over());
        endWhatNobodySees();
        if (!toldFromMemory.isEmpty()) {
            fromMemory(Letter.Kind.OVER, toldFromMemory, open);
            toldFromMemory = List.of();
        }
    }

    private void endWhatNobodySees() {
        // After a start, what is still so has to be seen again first.
        if (started.plus(pace.over()).isBefore(clock.instant())) {
            book.over(pace.over());
        }
        book.forget(KEPT);
    }

    /** The figures are asked for once a day, and not again at each look until midnight. */
    private void digest(List<String> open) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
        if (pace.digest() == null || today.equals(digested)
                || LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).isBefore(pace.digest())) {
            return;
        }
        List<String> matters = book.open();
        String needed = matters.isEmpty() ? "Nothing needs a person." : "Needs a person: " + String.join("; ", matters);
        book.digest(today, new Matter("digest/" + today, "", "Digest of " + today, digest.get() + "\n" + needed, ""),
                open);
        digested = today;
    }

    /** While the database is away each instance tells by itself, and tries once. */
    private void fromMemory(Letter.Kind kind, List<Matter> about, List<String> open) {
        List<Letter> letters = about.stream().map(matter -> new Letter(0, kind, matter, clock.instant(), 1)).toList();
        open.forEach(channel -> sender.sendNow(channel, letters));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        sender.close();
    }
}
