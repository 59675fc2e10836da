package dev.cosell.salesforce.stream;

import dev.cosell.salesforce.OpportunityChanges;
import dev.cosell.verbs.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about the event stream, for logs, JMX and health. It never trusts the stream: the polls tell it what
 * changed, and it notices when the stream did not.
 */
public final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final int NAMED = 3;

    private final Pace pace;
    private final Clock clock;
    private final Announcements announcements;
    private String state = "off";
    private Instant since;
    private Instant listeningFrom;
    private Instant lostAt;
    private Instant lastEvent;
    private String position = "";
    private String told;
    private int clients;
    private int missed;
    private int missedInARow;
    private String deaf = "";
    private int deafClients;
    private Instant nextDeafClient;

    public EventStream(Clock clock) {
        this(Pace.USUAL, clock);
    }

    EventStream(Pace pace, Clock clock) {
        this.pace = pace;
        this.clock = clock;
        this.announcements = new Announcements(pace.grace());
        this.since = clock.instant();
    }

    Pace pace() {
        return pace;
    }

    // ---- what the subscription tells
    // ------------------------------------------------------------------------------------

    synchronized void connecting() {
        clients++;
        notListening("connecting");
    }

    /** @param from the position it goes on from; null for new events only */
    synchronized void listening(String from) {
        Instant now = clock.instant();
        position = from == null ? "" : from;
        become(deaf.isEmpty() ? "listening" : deaf);
        if (told != null) {
            LOG.info("Salesforce sends events again, after {} s", Duration.between(lostAt, now).toSeconds());
        } else if (clients == 1) {
            LOG.info("Salesforce sends events of changed opportunities; polls go on beside them");
        }
        told = null;
        lostAt = null;
        listeningFrom = now;
        announcements.forgive();
    }

    /** @param ordinary whether it happens in ordinary life, as the end of a session does */
    synchronized void lost(String reason, Duration pause, boolean ordinary) {
        notListening("disconnected: " + reason);
        String line = "Salesforce sends no events for the moment (" + reason + "); polls go on, the next attempt is in "
                + pause.toSeconds() + " s";
        if (Objects.equals(told, reason)) {
            LOG.debug(line);
        } else if (ordinary && told == null) {
            LOG.info(line);
        } else {
            LOG.warn(line);
        }
        told = reason;
    }

    synchronized void positionIsGone(String gone) {
        LOG.warn(
                "Salesforce does not keep the events behind position {} any more; it sends new ones, and the poll "
                        + "finds what happened in between",
                gone);
    }

    synchronized void waitsForSignIn() {
        notListening("waits until the sign-in at Salesforce works again");
    }

    synchronized void off() {
        rest("stopped");
    }

    /** Another instance listens, which is as good. */
    synchronized void elsewhere() {
        rest("another instance listens");
    }

    private void rest(String sentence) {
        notListening(sentence);
        lostAt = null;
        told = null;
    }

    private void notListening(String sentence) {
        become(sentence);
        lostAt = lostAt == null ? clock.instant() : lostAt;
        listeningFrom = null;
        announcements.forgive();
    }

    private void become(String sentence) {
        if (!sentence.equals(state)) {
            state = sentence;
            since = clock.instant();
        }
    }

    /** An event has come; what becomes of it is another question. */
    synchronized void heard(ChangeEvent event) {
        lastEvent = clock.instant();
        missedInARow = 0;
        announcements.announced(event.recordIds(), event.committed() == null ? lastEvent : event.committed());
        if (event.isVague()) {
            announcements.forgive();
        }
        if (!deaf.isEmpty()) {
            LOG.info("Salesforce sends events again");
            deaf = "";
            deafClients = 0;
            become("listening");
        }
    }

    synchronized void handedOver(ChangeEvent event) {
        position = event.position();
    }

    // ---- what the poll tells
    // --------------------------------------------------------------------------------------------

    /**
     * For the route of the poll: remembers which opportunities changed themselves without an event. Does nothing while
     * nobody listens.
     */
    public synchronized void compare(Changes unhandled) {
        if (listeningFrom != null) {
            Instant now = clock.instant();
            unhandled.changes().forEach(change -> OpportunityChanges.changedAt(change)
                    .ifPresent(stamp -> announcements.found(change.id(), stamp, listeningFrom, now)));
        }
    }

    /** Counts the changes that no event announced in time. Says whether a fresh client is worth an attempt. */
    synchronized boolean isDeaf() {
        Instant now = clock.instant();
        List<String> late = announcements.missed(now);
        if (late.isEmpty()) {
            return false;
        }
        missed += late.size();
        missedInARow += late.size();
        boolean due = missedInARow >= pace.missedInARow() && (deaf.isEmpty() || !now.isBefore(nextDeafClient));
        if (due) {
            sayDeaf(late);
            deafClients++;
            nextDeafClient = now.plus(pace.deafPause(deafClients));
        }
        return due;
    }

    private void sayDeaf(List<String> late) {
        if (deaf.isEmpty()) {
            deaf = "deaf: Salesforce sends no events, although polls found " + missedInARow
                    + " changed opportunities without one (lately "
                    + String.join(", ", late.subList(0, Math.min(NAMED, late.size())))
                    + "). Select Opportunity in Setup, Change Data Capture, and give"
                    + " the integration user read access to all opportunities. Polls go on";
            LOG.warn("The event stream is {}", deaf);
        }
        become(deaf);
    }

    // ---- what operators see
    // ---------------------------------------------------------------------------------------------

    /** One sentence. */
    public synchronized String state() {
        return state;
    }

    public synchronized Instant since() {
        return since;
    }

    /** When the last event came, null when none has. */
    public synchronized Instant lastEvent() {
        return lastEvent;
    }

    /** The replay id up to which events are handed over; empty for none yet. */
    public synchronized String position() {
        return position;
    }

    /** Clients made beyond the first. */
    public synchronized int rebuilds() {
        return Math.max(0, clients - 1);
    }

    /** Changes that a poll found and no event announced. */
    public synchronized int missed() {
        return missed;
    }

    /** What a person must look at; empty when all is well. */
    public synchronized String alarm() {
        if (!deaf.isEmpty()) {
            return "The event stream is " + deaf;
        }
        boolean lost = lostAt != null && clock.instant().isAfter(lostAt.plus(pace.alarm()));
        return lost ? "Salesforce has sent no events since " + lostAt + " (" + (told == null ? state : told)
                + "). Polls go on" : "";
    }
}
