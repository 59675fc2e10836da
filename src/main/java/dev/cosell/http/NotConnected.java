package dev.cosell.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** A failure before there was a connection: the call was not sent, so nothing can have come of it. */
public final class NotConnected {
    private NotConnected() {}

    /** @param failure with its causes */
    public static boolean is(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConnectException || cause instanceof ConnectTimeoutException
                        || cause instanceof UnknownHostException || cause instanceof NoRouteToHostException);
    }
}
