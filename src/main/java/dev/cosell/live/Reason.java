package dev.cosell.live;

import org.apache.camel.FailedToCreateRouteException;

/** What of an exception tells a person most. */
public final class Reason {
    private Reason() {}

    /**
     * Our own sentence when there is one, because it names what to do. Otherwise the innermost message, which says what is
     * wrong, after the route in which it is wrong; the others say only that something is.
     */
    public static String of(Throwable failed) {
        String route = "";
        Throwable innermost = failed;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (isOurSentence(cause)) {
                return route + cause.getMessage();
            }
            if (cause instanceof FailedToCreateRouteException bad && bad.getRouteId() != null) {
                route = "Route " + bad.getRouteId() + (bad.getLocation() == null ? "" : " (" + bad.getLocation() + ")") + ": ";
            }
            innermost = cause;
        }
        return route + (innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage());
    }

    private static boolean isOurSentence(Throwable cause) {
        StackTraceElement[] thrown = cause.getStackTrace();
        boolean onlyWraps = cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage());
        return thrown.length > 0 && thrown[0].getClassName().startsWith("dev.cosell.") && cause.getMessage() != null && !onlyWraps;
    }
}
