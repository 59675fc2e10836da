package dev.cosell.sync.steps;

import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.books.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What waited for a direction that a person has released: tens of thousands of deals may. How far they are gone through
 * is in the database, because no instance outlives all of them for certain.
 */
public final class Releases {
    /** In the place of a link's id: behind the last of them. */
    private static final String ALL = "all";
    /** For how long deals that were held while it was released are looked for. */
    private static final Duration AFTERMATH = Duration.ofMinutes(10);
    /** By so much the clock of another instance may be behind. */
    private static final Duration ASKEW = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int PIECE = 500;

    private final Brakes brakes;
    private final BrakeStore store;
    private final Watermarks positions;
    private final Clock clock;
    /** When those were stored that were held late and let go since, by the id of the link. */
    private final Map<Long, Instant> letGo = new HashMap<>();

    public Releases(Brakes brakes, BrakeStore store, Watermarks positions, Clock clock) {
        this.brakes = brakes;
        this.store = store;
        this.positions = positions;
        this.clock = clock;
    }

    /** What is to be handed over next; the same again until it is. */
    record Turn(List<Pass> passes, List<Waiting> late) {
        static final Turn NONE = new Turn(List.of(), List.of());

        Stream<Waiting> deals() {
            return Stream.concat(passes.stream().flatMap(pass -> pass.deals().stream()), late.stream());
        }
    }

    /**
     * Of one direction.
     *
     * @param source the name under which the position is kept
     * @param from   the position as it was read
     * @param to     the position when these deals are on the queue
     */
    private record Pass(String source, String from, String to, List<Waiting> deals) {}

    /**
     * @param synced whether a CRM is enabled
     * @param free   whether its queue has room for many
     * @param most   so many of each direction
     */
    Turn next(Predicate<String> synced, Predicate<String> free, int most) {
        List<BrakeStore.Known> released = brakes.released().stream().filter(each -> synced.test(each.crm())).toList();
        return new Turn(released.stream().filter(each -> free.test(each.crm()))
                .flatMap(each -> pass(each, most).stream()).toList(), late(released, most));
    }

    /** All of it is on the queue. */
    void handedOver(Turn turn) {
        letGo.values().removeIf(at -> at.isBefore(clock.instant().minus(LONGEST)));
        turn.late().forEach(link -> letGo.put(link.id(), link.updatedAt()));
        turn.passes().forEach(pass -> positions.advance(pass.source(), pass.from(), pass.to()));
    }

    private Optional<Pass> pass(BrakeStore.Known each, int most) {
        String source = "released-" + each.crm() + "-" + each.direction().word();
        String from = positions.read(source);
        String release = each.released() + " ";
        String reached = from != null && from.startsWith(release) ? from.substring(release.length()) : "0";
        if (reached.equals(ALL)) {
            return Optional.empty();
        }
        List<Waiting> deals = store.waiting(each.crm(), each.direction(), Instant.EPOCH, Long.parseLong(reached), most);
        String through = deals.size() < most ? ALL : String.valueOf(deals.get(deals.size() - 1).id());
        return Optional.of(new Pass(source, from, release + through, deals));
    }

    /**
     * Deals that were held when their direction had just been released, by an instance that had not heard of it yet:
     * once each time, because a hint may wait in the queue for long. Nobody waits for this look, however long it takes.
     *
     * @param most so many, or one piece of them more
     */
    private List<Waiting> late(List<BrakeStore.Known> released, int most) {
        Instant since = clock.instant().minus(AFTERMATH);
        List<Waiting> found = new ArrayList<>();
        for (BrakeStore.Known each : released.stream().filter(one -> one.released().isAfter(since)).toList()) {
            long after = 0;
            List<Waiting> piece;
            do {
                piece = store.waiting(each.crm(), each.direction(), each.released().minus(ASKEW), after, PIECE);
                piece.stream().filter(link -> !link.updatedAt().equals(letGo.get(link.id()))).forEach(found::add);
                after = piece.isEmpty() ? after : piece.get(piece.size() - 1).id();
            } while (piece.size() == PIECE && found.size() < most);
        }
        return found;
    }
}
