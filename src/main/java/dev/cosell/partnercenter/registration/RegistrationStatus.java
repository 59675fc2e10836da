package dev.cosell.partnercenter.registration;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known about the webhook registration, for logs, JMX and health. */
public final class RegistrationStatus {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    private volatile String state = "not checked yet";
    private volatile String alarm = "";
    private volatile String validation = "";
    private volatile Instant checked;
    private volatile boolean takenBack;

    /** One sentence about who gets the notifications. */
    public String state() {
        return state;
    }

    /** What a person must look at; empty when all is well. */
    public String alarm() {
        return alarm;
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

    private void raise(String sentence) {
        if (!sentence.equals(alarm)) {
            LOG.error(sentence);
        }
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
