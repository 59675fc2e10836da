package dev.cosell.operations;

import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.Direction;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waited for a direction that was released; tens of thousands of deals may. What is not handed over when the
 * process ends is looked at after the next start.
 */
final class ReleasedDeals implements HandingOver.Rest {
    private static final Logger LOG = LoggerFactory.getLogger(ReleasedDeals.class);

    private final BrakeStore brakes;
    private final String crm;
    private final Direction direction;
    private long done;
    private long read;

    ReleasedDeals(BrakeStore brakes, String crm, Direction direction) {
        this.brakes = brakes;
        this.crm = crm;
        this.direction = direction;
    }

    @Override
    public String crm() {
        return crm;
    }

    @Override
    public List<Hint> next() {
        List<Waiting> piece = brakes.waiting(crm, direction, Instant.EPOCH, done, HandingOver.PIECE);
        read = piece.isEmpty() ? done : piece.get(piece.size() - 1).id();
        return piece.stream().map(LookAgain::behindOthers).toList();
    }

    @Override
    public void handedOver() {
        done = read;
    }

    @Override
    public void failed(RuntimeException defect) {
        LOG.error("What waited for {} of {} was not all handed over; the next start does it", direction.word(), crm,
                defect);
    }
}
