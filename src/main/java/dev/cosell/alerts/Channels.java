package dev.cosell.alerts;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** Where alerts go: every route whose id begins with {@value #PREFIX} and that is started. A customer's own is found as the shipped ones are. */
final class Channels {
    static final String PREFIX = "alert-to-";

    private final CamelContext camel;

    Channels(CamelContext camel) {
        this.camel = camel;
    }

    /** Their names, such as {@code mail}. */
    List<String> all() {
        return camel.getRoutes().stream().map(Route::getRouteId).filter(id -> id.startsWith(PREFIX))
                .filter(id -> camel.getRouteController().getRouteStatus(id).isStarted()).map(id -> id.substring(PREFIX.length())).sorted().toList();
    }

    /** The address that the route of a channel listens at. */
    static String address(String channel) {
        return "direct:" + PREFIX + channel;
    }

    /** The key of the matter that a channel does not work; it is told on the others. */
    static String matter(String channel) {
        return "alarm/" + health(channel);
    }

    /** The name of its health check. */
    static String health(String channel) {
        return "alerts-by-" + channel;
    }
}
