package dev.cosell.queue;

/** The broker could not be started. The message is for people. */
public final class BrokerUnavailable extends RuntimeException {
    BrokerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
