package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.text.Past;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which deals are looked through for Microsoft's referral, by the list of their engagement alone: those that Microsoft
 * was asked for help with and may still move, where pages of all referrals do not show Microsoft's. Each is looked
 * through when it begins to wait, and again in its turn.
 */
public final class EngagementLooks {
    private static final Logger LOG = LoggerFactory.getLogger(EngagementLooks.class);
    private static final String PASS = "partner-center-engagements";
    /** With the usual interval of turns they are five calls a minute. */
    private static final int AT_ONCE = 50;
    private static final int PAGE = 500;
    private static final long ALL = Long.MAX_VALUE;

    private final LinkStore links;
    private final ReferralIndex index;
    private final Watermarks watermarks;
    private final List<String> crms;
    private final BooleanSupplier shown;
    private final Consumer<Hint> hints;
    private final Duration interval;
    private final Clock clock;
    /** Engagements that are left of this turn. */
    private final Deque<String> left = new ArrayDeque<>();
    private Turn turn = new Turn(null, null);

    /**
     * @param from  where the pass was before this turn, as {@link Watermarks} keep it; null for nowhere
     * @param after the same after it; null when nothing moves
     */
    private record Turn(String from, String after) {}

    /**
     * How far all deals are gone through.
     *
     * @param link up to which link
     */
    private record Pass(Instant begun, long link) {
        static Pass parse(String text) {
            String[] parts = text.split(" ");
            return new Pass(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        }

        String text() {
            return begun + " " + link;
        }
    }

    /**
     * @param crms     names of the enabled CRMs
     * @param shown    whether pages of all referrals show Microsoft's
     * @param hints    where a hint is offered
     * @param interval from the begin of one pass through all deals to that of the next
     */
    public EngagementLooks(LinkStore links, ReferralIndex index, Watermarks watermarks, List<String> crms,
            BooleanSupplier shown, Consumer<Hint> hints, Duration interval, Clock clock) {
        this.links = links;
        this.index = index;
        this.watermarks = watermarks;
        this.crms = List.copyOf(crms);
        this.shown = shown;
        this.hints = hints;
        this.interval = interval;
        this.clock = clock;
    }

    /** The engagement of our own referral, by whose id news of another's came; null for any other id. */
    public String ofOwn(@Variable("pair") Pair pair) {
        Link link = pair.link();
        boolean own = link != null && link.isJoined() && link.state() != LinkState.ORPHANED
                && pair.hint().id().equals(link.referralId());
        return own ? link.engagementId() : null;
    }

    /** An open deal waits for Microsoft from here on. If this look is lost, the deal has its turn all the same. */
    public void begun(Referral own) {
        String engagementId = own.engagementId();
        try {
            if (engagementId != null && index.microsoftsIn(List.of(engagementId)).isEmpty() && !shown.getAsBoolean()) {
                hints.accept(new Hint(Hint.PARTNER_CENTER, own.id(), null, Hint.Origin.RELATED));
            }
        } catch (Fault.Transient unavailable) {
            LOG.debug("Engagement {} is looked through in its turn: {}", engagementId, unavailable.getMessage());
        }
    }

    /**
     * The first engagement of a turn; null when there is none. A turn that broke off goes on behind the one at which it
     * did, unless another instance went on meanwhile.
     */
    public synchronized String first() {
        String from = watermarks.read(PASS);
        if (left.isEmpty() || !Objects.equals(from, turn.from())) {
            left.clear();
            turn = new Turn(null, null);
            if (!shown.getAsBoolean()) {
                begin(from);
            }
        }
        return following();
    }

    private void begin(String from) {
        Pass kept = from == null ? null : Pass.parse(from);
        boolean anew = kept == null || kept.link() == ALL && Past.isOver(kept.begun(), interval, clock.instant());
        if (!anew && kept.link() == ALL) {
            return;
        }
        Pass at = anew ? new Pass(clock.instant(), 0) : kept;
        List<Waiting> page = links.waiting(at.link(), PAGE);
        List<Waiting> asked = page.stream().filter(this::isAsked).limit(AT_ONCE).toList();
        long through = asked.size() == AT_ONCE ? asked.get(AT_ONCE - 1).id()
                : page.size() < PAGE ? ALL : page.get(PAGE - 1).id();
        Set<String> engagements = asked.stream().map(Waiting::engagementId).collect(Collectors.toSet());
        Set<String> ended = index.microsoftsIn(engagements).stream().filter(ReferralIndex.Named::closed)
                .map(ReferralIndex.Named::engagementId).collect(Collectors.toSet());
        engagements.stream().filter(each -> !ended.contains(each)).forEach(left::add);
        turn = new Turn(from, new Pass(at.begun(), through).text());
    }

    private boolean isAsked(Waiting link) {
        return crms.contains(link.crm()) && link.engagementId() != null && link.waits().isMicrosoftAsked();
    }

    /** The next engagement of this turn; null behind the last. */
    public synchronized String following() {
        return left.poll();
    }

    /** All of this turn were asked for. */
    public synchronized void over() {
        if (turn.after() != null) {
            watermarks.advance(PASS, turn.from(), turn.after());
        }
    }
}
