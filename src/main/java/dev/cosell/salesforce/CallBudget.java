package dev.cosell.salesforce;

import dev.cosell.connection.SteadyTime;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many calls Salesforce still has for us: a budget of our own for each day (UTC), and a share of what the
 * organisation may call in 24 hours with all its clients together, which Salesforce tells with each answer
 * ({@code Sforce-Limit-Info}). From four fifths on polls run less often; when either is used up nothing is called and
 * changes wait in the queue.
 */
public final class CallBudget {
    /** {@code NEAR}: from four fifths of either on. {@code SPENT}: nothing is called. */
    public enum State { FREE, NEAR, SPENT }

    /** The CRM whose calls these are. */
    public static final String SYSTEM = SalesforceErrors.SYSTEM;

    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final double NEAR = 0.8;
    /** While it is near the end, one poll in so many is made. */
    private static final int TURNS = 5;
    /** The organisation's count falls by itself, and only an answer tells by how much. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);
    /** Calls are counted in so many steps a budget, because not every call shall write to the database. */
    private static final int STEPS = 100;
    /** Of the organisation, and of one app where Salesforce limits apps by themselves ({@code per-app-api-usage}). */
    private static final Pattern USAGE = Pattern.compile("api-usage=(\\d{1,10})/(\\d{1,10})");

    private final int dailyCalls;
    private final int orgShare;
    private final CallCount count;
    /** Tells the day. */
    private final Clock clock;
    /** Tells what has been waited for. */
    private final InstantSource time;

    private LocalDate day;
    /** Of all instances, as far as this one knows, and its own that the others do not know yet. */
    private long calls;
    private int uncounted;
    private long orgUsed;
    private long orgLimit;
    private Instant lookAgain = Instant.MIN;
    private Instant refusedUntil = Instant.MIN;
    private int turn;
    private State told = State.FREE;

    /**
     * @param dailyCalls calls of ours in a day at most; 0 for no budget of our own
     * @param orgShare   percent of the organisation's calls that may be used by anybody before we stop; 0 for no such
     *     limit
     * @param count      keeps the calls of a day, those of all instances
     */
    public CallBudget(int dailyCalls, int orgShare, CallCount count, Clock clock) {
        this.dailyCalls = dailyCalls;
        this.orgShare = orgShare;
        this.count = count;
        this.clock = clock;
        this.time = new SteadyTime(clock);
    }

    /** One without any limit. */
    static CallBudget none(Clock clock) {
        return new CallBudget(0, 0, (day, calls) -> 0, clock);
    }

    /** To be asked before each call, which it counts; throws {@link Fault.Throttled} when none is left. */
    public synchronized void take() {
        today();
        if (ownSpent()) {
            throw throttled("the " + dailyCalls + " calls a day of the setting salesforce.daily-calls are used up",
                    untilTomorrow());
        }
        Instant now = time.instant();
        if (orgSpent() && now.isBefore(lookAgain)) {
            throw throttled("the organisation has used " + orgUsed + " of its " + orgLimit + " calls, and the setting"
                    + " salesforce.org-call-share leaves the rest to others", Duration.between(now, lookAgain));
        }
        if (orgSpent()) {
            lookAgain = now.plus(LOOK_AGAIN);
        }
        calls++;
        uncounted++;
        if (dailyCalls > 0 && uncounted >= Math.max(1, dailyCalls / STEPS)) {
            calls = count.add(day, uncounted);
            uncounted = 0;
        }
        tell();
    }

    private Fault.Throttled throttled(String why, Duration wait) {
        return new Fault.Throttled(SYSTEM,
                "Salesforce is not called: " + why + "; next call in " + (wait.toMinutes() + 1) + " min", wait);
    }

    /**
     * Takes note of what an answer tells of the organisation's calls. @param limitInfo null or unknown text says
     * nothing
     */
    public synchronized void noted(String limitInfo) {
        if (limitInfo == null) {
            return;
        }
        Matcher usage = USAGE.matcher(limitInfo);
        long used = 0;
        long limit = 0;
        while (usage.find()) {
            long eachUsed = Long.parseLong(usage.group(1));
            long eachLimit = Long.parseLong(usage.group(2));
            if (limit == 0 || eachUsed * limit > used * eachLimit) {
                used = eachUsed;
                limit = eachLimit;
            }
        }
        if (limit == 0) {
            return;
        }
        boolean before = orgSpent();
        orgUsed = used;
        orgLimit = limit;
        if (orgSpent() && !before) {
            lookAgain = time.instant().plus(LOOK_AGAIN);
        }
        tell();
    }

    /** Salesforce has refused a call because the limit is used up. @param pause how long nothing is called now */
    public synchronized void refused(Duration pause) {
        refusedUntil = time.instant().plus(pause);
        tell();
    }

    /** For the poll: whether this turn is left out to save calls. */
    public synchronized boolean pollRests() {
        State state = state();
        if (state == State.SPENT) {
            return ownSpent() || isRefused() || time.instant().isBefore(lookAgain);
        }
        return state == State.NEAR && turn++ % TURNS != 0;
    }

    public synchronized State state() {
        today();
        if (ownSpent() || orgSpent() || isRefused()) {
            return State.SPENT;
        }
        boolean ownNear = dailyCalls > 0 && calls >= NEAR * dailyCalls;
        boolean orgNear = orgShare > 0 && orgUsed * 100 >= NEAR * orgShare * orgLimit && orgLimit > 0;
        return ownNear || orgNear ? State.NEAR : State.FREE;
    }

    private boolean isRefused() {
        return time.instant().isBefore(refusedUntil);
    }

    private boolean ownSpent() {
        return dailyCalls > 0 && calls >= dailyCalls;
    }

    private boolean orgSpent() {
        return orgShare > 0 && orgLimit > 0 && orgUsed * 100 >= orgShare * orgLimit;
    }

    /** Calls of today by all instances, as far as this one knows. */
    public synchronized long calls() {
        today();
        return calls;
    }

    /** 0 for no budget of our own. */
    public int dailyCalls() {
        return dailyCalls;
    }

    /** Calls of the organisation in the last 24 hours, as Salesforce told last; 0 before. */
    public synchronized long orgUsed() {
        return orgUsed;
    }

    /** Calls that Salesforce allows the organisation in 24 hours; 0 before it has told. */
    public synchronized long orgLimit() {
        return orgLimit;
    }

    private void today() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.equals(day)) {
            return;
        }
        calls = dailyCalls > 0 ? count.add(today, 0) : 0;
        uncounted = 0;
        day = today;
    }

    private Duration untilTomorrow() {
        return Duration.between(clock.instant(), day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /** Each state is said once when it is entered. */
    private void tell() {
        State state = state();
        if (state == told) {
            return;
        }
        told = state;
        switch (state) {
            case SPENT -> LOG.warn("Salesforce is not called for now: {}. Changes wait in the queue", used());
            case NEAR -> LOG.warn("Salesforce is polled less often: {}", used());
            default -> LOG.info("Salesforce is called as usual again: {}", used());
        }
    }

    private String used() {
        String own = calls + (dailyCalls > 0 ? " of " + dailyCalls : "") + " calls of ours today";
        return orgLimit > 0 ? own + ", " + orgUsed + " of " + orgLimit + " of the organisation" : own;
    }
}
