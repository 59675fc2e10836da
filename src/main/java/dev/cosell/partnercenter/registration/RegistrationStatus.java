package dev.cosell.partnercenter.registration;

import dev.cosell.verbs.Fault;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about the webhook registration, for logs, JMX and health. An alarm is of the instance that raised it,
 * but over as soon as any instance has found all right since.
 */
public final class RegistrationStatus {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    private final FoundRight shared;
    private volatile String state = "not checked yet";
    private volatile String alarm = "";
    private volatile String validation = "";
    private volatile Instant checked;
    private volatile boolean takenBack;
    /** What the instances had found right when the alarm was raised; null while that is not known. */
    private String before;

    /**
     * When one of the instances last found all right.
     *
     * @param read gives the moment and the sentence that was said then; null for never
     */
    public record FoundRight(Supplier<String> read, Consumer<String> write) {}

    public RegistrationStatus(FoundRight shared) {
        this.shared = shared;
    }

    /** One sentence about who gets the notifications. */
    public String state() {
        alarm();
        return state;
    }

    /** What a person must look at; empty when all is well. */
    public String alarm() {
        if (!alarm.isEmpty()) {
            askTheOthers();
        }
        return alarm;
    }

    /** By what has changed and not by its time: their clocks may differ, and one may have been ahead once. */
    private synchronized void askTheOthers() {
        String found = found();
        if (before == null) {
            before = found;
        }
        if (found == null || found.isEmpty() || found.equals(before)) {
            return;
        }
        String[] parts = found.split(" ", 2);
        over(parts[1], Instant.parse(parts[0]));
    }

    /** Empty for nothing; null while that is not known. */
    private String found() {
        try {
            return Objects.requireNonNullElse(shared.read().get(), "");
        } catch (Fault.Transient away) {
            LOG.debug("Whether another instance has found the webhook registration right is not known", away);
            return null;
        }
    }

    /** How the last test notification fared; empty when none was asked for since the start. */
    public String validation() {
        return validation;
    }

    /** When Partner Center was last asked with success; null before. */
    public Instant checked() {
        return checked;
    }

    void off(String sentence) {
        state = sentence;
        LOG.info(sentence);
    }

    void right(String sentence, Instant now) {
        over(sentence, now);
        shared.write().accept(now + " " + sentence);
    }

    private synchronized void over(String sentence, Instant now) {
        state = sentence;
        checked = now;
        if (!alarm.isEmpty()) {
            LOG.info("{}. The alarm is over: {}", sentence, alarm);
        }
        alarm = "";
        takenBack = false;
    }

    /** Logs an alarm when it is news. */
    void alarm(String sentence, Instant now) {
        state = "not ours";
        checked = now;
        takenBack = false;
        raise(sentence);
    }

    /** Partner Center or its sign-in denies us the look: an alarm, because only a person can end it. */
    void refused(String sentence) {
        state = sentence;
        takenBack = false;
        raise(sentence);
    }

    /** For what is mended already but must be known: stays until the next check finds everything right. */
    void takenBack(String stateNow, String sentence, Instant now) {
        state = stateNow;
        checked = now;
        takenBack = true;
        raise(sentence);
    }

    /** Whether the alarm is about what is mended already. */
    boolean isTakenBack() {
        return takenBack;
    }

    private synchronized void raise(String sentence) {
        if (!sentence.equals(alarm)) {
            LOG.error(sentence);
        }
        before = found();
        alarm = sentence;
    }

    /** Nobody could be asked; says so once for each reason. */
    void unknown(String sentence) {
        if (!sentence.equals(state)) {
            LOG.warn(sentence);
        }
        state = sentence;
    }

    void validated(String sentence, boolean good) {
        validation = sentence;
        if (good) {
            LOG.info(sentence);
        } else {
            LOG.warn(sentence);
        }
    }
}
