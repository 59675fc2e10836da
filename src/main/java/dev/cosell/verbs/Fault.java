package dev.cosell.verbs;

import dev.cosell.text.Sentences;
import java.time.Duration;
import java.util.List;

/**
 * Why a call or a decision could not be carried out, by class: the class alone decides what happens to the hint (see
 * {@code routes/failures.camel.yaml}). Messages are for people: they name the record, the rule, the remedy and the code
 * of the cause, and never hold a secret.
 */
public abstract sealed class Fault extends RuntimeException {
    private final String system;
    private final transient List<Reason> faults;

    private Fault(String system, List<Reason> faults, Throwable cause) {
        super(Sentences.joined(faults), cause);
        this.system = system;
        this.faults = List.copyOf(faults);
    }

    private Fault(String system, Trouble trouble, String words, Throwable cause) {
        this(system, List.of(new Reason(trouble, words)), cause);
    }

    /** What is wrong; never empty. */
    public List<Reason> faults() {
        return faults;
    }

    /**
     * The system that failed, as named in the settings: {@code partner-center}, {@code salesforce} or {@code dynamics}.
     */
    public String system() {
        return system;
    }

    /** Whether the write that ended like this may have been carried out all the same. */
    public boolean mayHaveArrived() {
        return false;
    }

    /**
     * A time-out, a lost connection or a 5xx answer: the same thing may work later. The outcome of a write is unknown,
     * unless the fault is made by {@link #undone}.
     */
    public static sealed class Transient extends Fault permits Early, ServerError {
        private boolean undone;

        public Transient(String system, String words, Throwable cause) {
            this(system, Trouble.AWAY, words, cause);
        }

        public Transient(String system, String words) {
            this(system, words, null);
        }

        private Transient(String system, Trouble trouble, String words, Throwable cause) {
            super(system, trouble, words, cause);
        }

        /** Of a call that did not reach the system, or that the system turned away: nothing was written. */
        public static Transient undone(String system, String words, Throwable cause) {
            Transient fault = new Transient(system, words, cause);
            fault.undone = true;
            return fault;
        }

        /** The same once it is known that nothing was written. */
        public Transient asUndone() {
            return undone(system(), faults().get(0).words(), getCause());
        }

        @Override
        public boolean mayHaveArrived() {
            return !undone;
        }
    }

    /**
     * The call ended with an error of the system's own, such as an answer 500, or with an answer that is none of its
     * own: perhaps just now, perhaps at this record always. What is said of a system that is away, too busy or too slow
     * is no such thing.
     */
    public static final class ServerError extends Transient {
        private final boolean strange;

        public ServerError(String system, String words) {
            this(system, words, false);
        }

        private ServerError(String system, String words, boolean strange) {
            super(system, words);
            this.strange = strange;
        }

        /** Of an answer that something in between may have given in the system's place. */
        public static ServerError strange(String system, String words) {
            return new ServerError(system, words, true);
        }

        /** Whether the answer was none of the system's own, so that it does not even show that the system answers. */
        public boolean isStrange() {
            return strange;
        }

        /** The same of a write whose outcome is unknown. */
        public ServerError saying(String words) {
            return new ServerError(system(), words, strange);
        }

        @Override
        public ServerError asUndone() {
            ServerError same = saying(faults().get(0).words());
            ((Transient) same).undone = true;
            return same;
        }
    }

    /**
     * Not now, for a reason of our own: referrals are still read for the first time, a CRM is paused, its first sync was
     * not let go, the mapping was edited meanwhile. Nothing is wrong, and the hint comes again.
     */
    public static final class Early extends Transient {
        public Early(String system, String words) {
            super(system, Trouble.EARLY, words, null);
        }
    }

    /** The system asked us to slow down. */
    public static final class Throttled extends Fault {
        private final Duration retryAfter;

        public Throttled(String system, String words, Duration retryAfter) {
            super(system, Trouble.THROTTLED, words, null);
            this.retryAfter = retryAfter;
        }

        /** How long the system wants to be left alone; never null. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * Another sync is just creating what this one needs too: come again in a moment. Nothing was written, and nobody is
     * to blame.
     */
    public static final class Taken extends Fault {
        public Taken(String system, String words) {
            super(system, Trouble.BUSY, words, null);
        }
    }

    /** Nobody but a person can repair this: wrong credentials, a missing role, a withdrawn consent. */
    public static sealed class Auth extends Fault permits Denied {
        private final boolean known;
        private boolean ofAFreshToken;

        public Auth(String system, String words) {
            this(system, new Reason(Trouble.SIGN_IN, words), false);
        }

        /** A token that had just been given out was refused, and no reason was said. It may pass by itself. */
        public static Auth ofAFreshToken(String system, String words) {
            Auth refused = new Auth(system, words);
            refused.ofAFreshToken = true;
            return refused;
        }

        private Auth(String system, Reason reason, boolean known) {
            super(system, List.of(reason), null);
            this.known = known;
        }

        /** Says again what is known to be wrong with a connection; the system was not asked. */
        public static Auth reminder(String system, Reason reason) {
            return new Auth(system, reason, true);
        }

        public boolean isOfAFreshToken() {
            return ofAFreshToken;
        }

        /** Whether this is no news but a {@link #reminder}. */
        public boolean known() {
            return known;
        }
    }

    /**
     * The sign-in is good, but this call was denied: the connection's user lacks a right, on everything or on this
     * record alone.
     */
    public static final class Denied extends Auth {
        public Denied(String system, String words) {
            super(system, new Reason(Trouble.DENIED, words), false);
        }
    }

    /** The record breaks rules of ours or of the target system: it is parked with all of them named. */
    public static final class Data extends Fault {
        /** @param faults one for each broken rule; never empty */
        public Data(String system, List<Reason> faults) {
            super(system, faults, null);
        }

        public Data(String system, Cause cause, String words) {
            this(system, List.of(new Reason(cause, words)));
        }
    }

    /** The record moved after it was read: read again and decide again. */
    public static final class VersionConflict extends Fault {
        public VersionConflict(String system, String words) {
            super(system, Trouble.MOVED, words, null);
        }
    }
}
