package dev.cosell.operations;

import dev.cosell.queue.Hints;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has parked links looked at again: few at once, many behind what changes meanwhile, while whoever asked watches how
 * far it is. Of many that are not handed over when the process ends, each is looked at when its time comes.
 */
public final class ParkedRetry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedRetry.class);

    private final AskedLooks looks;
    private final LinkSearch links;
    private final HandingOver handingOver;
    private final Clock clock;
    private volatile Run last;

    ParkedRetry(AskedLooks looks, Hints hints, LinkSearch links, Clock clock) {
        this.looks = looks;
        this.links = links;
        this.handingOver = new HandingOver(hints, "cosell-retry");
        this.clock = clock;
    }

    /**
     * How far it is.
     *
     * @param done  links whose hint is on disk, and those that were parked no more when their turn came
     * @param fault why it stopped early; null when it did not
     */
    public record Progress(String who, Instant begun, int of, int done, boolean running, String fault) {}

    private record Run(String who, Instant begun, int of, List<OfCrm> parts) {
        Map<String, OfCrm> goingOn() {
            return parts.stream().filter(OfCrm::goesOn).collect(Collectors.toMap(OfCrm::crm, part -> part));
        }

        Progress progress() {
            int left = parts.stream().mapToInt(OfCrm::left).sum();
            return new Progress(who, begun, of, of - left, parts.stream().anyMatch(OfCrm::goesOn),
                    parts.stream().map(part -> part.fault).filter(Objects::nonNull).findFirst().orElse(null));
        }
    }

    /** The one under way, or the last one; empty when nobody has asked since the start. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(last).map(Run::progress);
    }

    /**
     * Begins. Few are on the queue when it returns.
     *
     * @param who asks for it, for the audit
     * @return how, for behind the sentence that it is done; empty when at once
     * @throws UnderWay when they are many and another one of many is under way of each CRM; nothing was begun
     */
    public String begin(List<LinkSearch.Parked> parked, String who) {
        if (Hints.areMany(parked.size())) {
            List<String> left = beginMany(parked, who);
            return ", a few at a time, behind live changes" + (left.isEmpty() ? ""
                    : "; not the " + String.join(" and the ", left) + ", of which another retry is under way");
        }
        looks.atOnce(stillParked(parked.stream().map(LinkSearch.Parked::id).toList()), who);
        noteFew(parked.size(), who);
        return "";
    }

    /** Another one of many is under way. */
    public static final class UnderWay extends RuntimeException {
        private UnderWay(Progress now) {
            super("Another retry is under way, " + now.done() + " of " + now.of()
                    + " are handed over; wait until it has ended");
        }
    }

    /** @return how many of which CRM are left to one that is under way: one that rests holds up no other */
    private synchronized List<String> beginMany(List<LinkSearch.Parked> parked, String who) {
        Map<String, OfCrm> before = last == null ? Map.of() : last.goingOn();
        Map<String, List<Long>> wanted = parked.stream().collect(Collectors.groupingBy(LinkSearch.Parked::crm,
                TreeMap::new, Collectors.mapping(LinkSearch.Parked::id, Collectors.toList())));
        List<OfCrm> begun = wanted.entrySet().stream().filter(each -> !before.containsKey(each.getKey()))
                .map(each -> new OfCrm(each.getKey(), each.getValue(), who)).toList();
        if (begun.isEmpty()) {
            throw new UnderWay(last.progress());
        }
        List<OfCrm> parts = Stream.concat(before.values().stream(), begun.stream()).toList();
        last = new Run(who, clock.instant(), parts.stream().mapToInt(part -> part.ids.size()).sum(), parts);
        begun.forEach(handingOver::begin);
        return wanted.entrySet().stream().filter(each -> before.containsKey(each.getKey()))
                .map(each -> each.getValue().size() + " of " + each.getKey()).toList();
    }

    /** Few that are handed over beside many take nothing from what is told of those. */
    private synchronized void noteFew(int count, String who) {
        if (progress().filter(Progress::running).isEmpty()) {
            last = new Run(who, clock.instant(), count, List.of());
        }
    }

    private List<Link> stillParked(List<Long> ids) {
        return links.byIds(ids).stream().map(LinkSearch.Found::link)
                .filter(link -> link.state() == LinkState.PARKED || link.state() == LinkState.CLAIMED).toList();
    }

    /** Those of one CRM, for each of which hours may pass until its turn. */
    private final class OfCrm implements HandingOver.Rest {
        private final String crm;
        private final List<Long> ids;
        private final String who;
        /** Noted in the audit, not yet on the queue. */
        private List<Hint> piece = List.of();
        private int read;
        private volatile int done;
        private volatile String fault;

        OfCrm(String crm, List<Long> ids, String who) {
            this.crm = crm;
            this.ids = ids;
            this.who = who;
        }

        int left() {
            return ids.size() - done;
        }

        boolean goesOn() {
            return left() > 0 && fault == null;
        }

        @Override
        public String crm() {
            return crm;
        }

        @Override
        public List<Hint> next() {
            while (piece.isEmpty() && left() > 0) {
                int end = Math.min(ids.size(), done + HandingOver.PIECE);
                List<Link> parked = stillParked(ids.subList(done, end));
                looks.note(parked, who);
                piece = parked.stream().map(LookAgain::behindOthers).toList();
                read = end;
                if (piece.isEmpty()) {
                    done = end;
                }
            }
            return piece;
        }

        @Override
        public void handedOver() {
            piece = List.of();
            done = read;
        }

        @Override
        public void failed(RuntimeException defect) {
            LOG.warn("Retrying parked records of {} stopped after {} of {}", crm, done, ids.size(), defect);
            fault = "It stopped: " + defect.getMessage();
        }
    }

    @Override
    public void close() {
        handingOver.close();
    }
}
