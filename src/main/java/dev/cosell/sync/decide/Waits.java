package dev.cosell.sync.decide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a pair waits for. Kept with its link, written with the sync that is done anyhow.
 *
 * @param approvedAt when a person last approved what was held; null for never
 */
public record Waits(List<Held> held, List<Deadline> deadlines, Instant approvedAt) {
    public static final Waits NONE = new Waits(List.of(), List.of(), null);

    public Waits {
        held = List.copyOf(held);
        deadlines = List.copyOf(deadlines);
    }

    public boolean isNone() {
        return held.isEmpty() && deadlines.isEmpty();
    }

    public boolean same(Waits other) {
        return held.equals(other.held) && deadlines.equals(other.deadlines);
    }

    /** When the pair was first seen to want this move; null when it is not held. */
    Held held(String what) {
        return held.stream().filter(move -> move.what().equals(what)).findFirst().orElse(null);
    }

    /** Whether a person let a move go that was held since this moment. */
    public boolean approves(Instant since) {
        return approvedAt != null && !approvedAt.isBefore(since);
    }

    /**
     * The moment that an approval given now is noted with. What is held was seen by a clock that may be ahead of this
     * one: that of another instance, or this machine's own before it was set back.
     */
    public Instant approvedNow(Instant now) {
        return held.stream().map(Held::since).filter(since -> since.isAfter(now)).max(Comparator.naturalOrder())
                .orElse(now);
    }

    /** The earliest moment at which the pair has to be looked at again; null when no time is awaited. */
    public Instant next() {
        return Stream.concat(held.stream().map(Held::until), deadlines.stream().map(Deadline::next))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder()).orElse(null);
    }

    /** Whether Microsoft was asked for help with the open deal, whatever it has answered. */
    public boolean isMicrosoftAsked() {
        return deadlines.stream().anyMatch(deadline -> deadline.kind() == Deadline.Kind.MICROSOFT);
    }

    /** Microsoft's time to answer is over, and nobody has looked yet whether it did. */
    public boolean asksMicrosoft(Instant now) {
        return deadlines.stream()
                .anyMatch(deadline -> deadline.kind() == Deadline.Kind.MICROSOFT
                        && deadline.state() == Deadline.State.OPEN
                        && !deadline.remind().isAfter(now));
    }

    /** With what was found out about Microsoft's answer. */
    public Waits microsoft(Deadline.State state) {
        return new Waits(held,
                deadlines.stream().map(each -> each.kind() == Deadline.Kind.MICROSOFT ? each.as(state) : each).toList(),
                approvedAt);
    }

    Waits holding(List<Held> moves) {
        return new Waits(moves, deadlines, approvedAt);
    }

    /** The deadlines that speak now count as told. */
    Waits told(Instant now) {
        return new Waits(held,
                deadlines.stream().map(each -> each.speaks(now) ? each.told() : each).toList(),
                approvedAt);
    }

    /** With the deadlines a referral has now: a known one goes on as it stands or is met, one that ended goes. */
    public Waits with(List<Deadline> now) {
        if (now.isEmpty() && deadlines.isEmpty()) {
            return this;
        }
        List<Deadline> after = new ArrayList<>();
        for (Deadline each : now) {
            after.add(deadlines.stream().filter(known -> known.kind() == each.kind()).findFirst()
                    .map(known -> each.state() == Deadline.State.ANSWERED ? known.as(each.state()) : known)
                    .orElse(each));
        }
        return new Waits(held, after, approvedAt);
    }
}
