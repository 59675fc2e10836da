package dev.cosell.live;

import java.nio.file.Path;
import org.apache.camel.FailedToCreateRouteException;

/** What of an exception tells a person most. */
public final class Reason {
    private Reason() {}

    /**
     * Our own sentence when there is one, because it names what to do. Otherwise the innermost message, which says what
     * is wrong, after the route in which it is wrong; the others say only that something is.
     */
    public static String of(Throwable failed) {
        String route = "";
        Throwable innermost = failed;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (isOurSentence(cause)) {
                return route + cause.getMessage();
            }
            if (cause instanceof FailedToCreateRouteException bad && bad.getRouteId() != null) {
                route = "Route " + bad.getRouteId() + ": ";
            }
            innermost = cause;
        }
        return route + words(innermost);
    }

    private static String words(Throwable innermost) {
        if (innermost instanceof ClassNotFoundException missing) {
            return "There is no class " + missing.getMessage() + ". Correct the type of the bean that names it, or put"
                    + " its jar into the folder ext/ beside routes/ and start again";
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }

    /** As {@link #of(Throwable)}, with the file under {@code routes} that holds what is wrong. */
    public static String of(Throwable failed, Path routes) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException bad && bad.getRouteId() != null) {
                return file("id: " + bad.getRouteId(), routes) + of(failed);
            }
            if (cause instanceof ClassNotFoundException missing) {
                return file("type: " + missing.getMessage(), routes) + of(failed);
            }
        }
        return of(failed);
    }

    private static String file(String line, Path routes) {
        return RouteFiles.all(routes).look().texts().entrySet().stream()
                .filter(file -> file.getValue().lines().anyMatch(text -> text.strip().equals(line)))
                .map(file -> file.getKey() + ": ").findFirst().orElse("");
    }

    private static boolean isOurSentence(Throwable cause) {
        StackTraceElement[] thrown = cause.getStackTrace();
        boolean onlyWraps = cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage());
        return thrown.length > 0 && thrown[0].getClassName().startsWith("dev.cosell.") && cause.getMessage() != null
                && !onlyWraps;
    }
}
