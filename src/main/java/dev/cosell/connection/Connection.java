package dev.cosell.connection;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the sign-in with one system works. Broken, it lets one call through now and then to see whether a person has
 * mended it, refuses all others without a call, and is reported once.
 */
public final class Connection {
    /**
     * What is wrong.
     *
     * @param reason what a person must do
     */
    public record Problem(Reason reason, Instant since) {
        /** The reason in words, with its code. */
        public String message() {
            return reason.text();
        }
    }

    public static final Duration USUAL_PACE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration HAIR = Duration.ofSeconds(1);
    /** A fault that comes back within this time was never mended; its first report is enough. */
    private static final Duration SAME_INCIDENT = Duration.ofMinutes(10);

    private final String system;
    private final Clock clock;
    private final Duration pace;
    private final Pause pause;
    private final TokenRefusals refusals;

    private volatile Problem problem;
    private volatile Instant answered;
    private volatile Instant suspectedSince;
    private Instant tryAt = Instant.MIN;
    private boolean trying;
    private Instant verified;
    private String reported;
    private Instant reportedAt;

    /** @param pace time between two attempts while it is broken */
    public Connection(String system, Clock clock, Duration pace) {
        this(system, Pauses.ALONE, clock, pace);
    }

    /** @param pauses of all instances */
    Connection(String system, Pauses pauses, Clock clock, Duration pace) {
        this.pause = new Pause(system, pauses, clock);
        this.system = system;
        this.clock = clock;
        this.pace = pace;
        this.refusals = new TokenRefusals(pace.compareTo(USUAL_PACE) < 0 ? pace : USUAL_PACE);
    }

    public Connection(String system, Clock clock) {
        this(system, clock, USUAL_PACE);
    }

    public String system() {
        return system;
    }

    /** Kept by all calls of this connection. */
    public Pause pause() {
        return pause;
    }

    public boolean broken() {
        return problem != null;
    }

    /** Empty while the connection works. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** When the system last answered; empty when it has not since the start. */
    public Optional<Instant> answered() {
        return Optional.ofNullable(answered);
    }

    /**
     * To be asked before each call.
     *
     * @return whether the connection is broken and this call is the one that tries it
     * @throws Fault.Auth while the connection is broken and no attempt is due
     */
    public boolean check() {
        return problem != null && attempt();
    }

    private synchronized boolean attempt() {
        Instant now = clock.instant();
        if (problem == null) {
            return false;
        }
        if (!due(now)) {
            throw Fault.Auth.reminder(system, problem.reason());
        }
        tryAt = now.plus(pace);
        trying = true;
        return true;
    }

    /** Whether the next call would be let through as an attempt. */
    public synchronized boolean attemptDue() {
        return problem != null && due(clock.instant());
    }

    /**
     * An attempt that is further away than any pause is one of before the clock was set back. A hair does not count:
     * clocks are put right all the time, and whoever waited for the refusal would try again at once.
     */
    private boolean due(Instant now) {
        return !now.isBefore(tryAt) || tryAt.isAfter(now.plus(pace).plus(HAIR));
    }

    /** Somebody has signed in: the next call is an attempt. */
    public synchronized void tryNow() {
        tryAt = Instant.MIN;
    }

    /**
     * Takes note when the fault means that no call can succeed.
     *
     * @return with what the call ends: the fault, or the wish for a pause when it may pass by itself
     */
    public Fault noted(Fault fault) {
        if (!(fault instanceof Fault.Auth auth) || fault instanceof Fault.Denied || auth.known()) {
            return fault;
        }
        if (auth.isOfAFreshToken() && mayPass()) {
            Duration wait = refusals.pause();
            return pause.noted(new Fault.Throttled(system, system + " refused a fresh token, as servers do that are "
                    + "restarted; next call in " + wait.toSeconds() + " s", wait));
        }
        stop(auth);
        return fault;
    }

    /** Whoever watches the connection makes the next call if nobody else does: see {@link #suspected}. */
    private synchronized boolean mayPass() {
        Instant now = clock.instant();
        boolean passing = problem == null && !refusals.last(now, answered);
        if (passing && suspectedSince == null) {
            suspectedSince = now;
        }
        return passing;
    }

    /** Whether fresh tokens are refused at the moment, so that another one would be refused, too. */
    public synchronized boolean refusesFreshTokens() {
        return problem == null && refusals.goOn(clock.instant(), answered);
    }

    /** No call can succeed until a person does what the fault says. */
    public synchronized void stop(Fault.Auth fault) {
        Instant now = clock.instant();
        tryAt = now.plus(pace);
        trying = false;
        suspectedSince = null;
        problem = new Problem(fault.faults().get(0), problem == null ? now : problem.since());
        boolean same = Objects.equals(reported, fault.getMessage()) && now.isBefore(reportedAt.plus(SAME_INCIDENT));
        if (same) {
            LOG.debug("{} is still disconnected: {}", system, fault.getMessage());
        } else {
            LOG.error(
                    "{} is disconnected: {}. Its changes wait in the queue and resume automatically once this is fixed",
                    system, fault.getMessage());
        }
        reported = fault.getMessage();
        reportedAt = now;
    }

    /** The system has answered a call as one that it accepts. */
    public void worked() {
        answered = clock.instant();
        if (problem != null) {
            mended();
        }
    }

    private synchronized void mended() {
        // An answer to a call that was sent before the sign-in broke says nothing.
        if (problem != null && trying) {
            LOG.info("{} is connected again after {} s", system,
                    Duration.between(problem.since(), clock.instant()).toSeconds());
            problem = null;
            trying = false;
        }
    }

    /**
     * Whether a call was denied for its record alone. The first denial is not believed: the connection is suspected,
     * and whoever watches it reads something else to find out ({@link #verified}); until then the answer is false.
     */
    public synchronized boolean deniesRecord() {
        Instant now = clock.instant();
        if (verified != null && now.isBefore(verified.plus(USUAL_PACE))) {
            return true;
        }
        if (problem == null && suspectedSince == null) {
            suspectedSince = now;
        }
        return false;
    }

    /** Whether a call was denied, or its fresh token refused, and nobody knows yet whether all would be. */
    public boolean suspected() {
        return suspectedSince != null;
    }

    /** It could not be found out; the next denial or refusal asks again. */
    public synchronized void unsure() {
        suspectedSince = null;
    }

    /** Another read than the denied one has succeeded. */
    public synchronized void verified() {
        verified = clock.instant();
        suspectedSince = null;
    }
}
