package dev.cosell.state;

/**
 * The database could not be opened. The message is one sentence for people; it holds no secret and there is no cause.
 */
public final class DatabaseUnavailable extends RuntimeException {
    DatabaseUnavailable(String message) {
        super(message);
    }
}
