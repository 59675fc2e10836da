package dev.cosell.page;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BasicAuthHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may come in: a handler that lets a request go on with a {@link Person} as its user, or fails it. Another way to
 * sign in is another one
 * of these.
 */
interface Access extends Handler<RoutingContext> {
    String REALM = "Cosell Sync";

    /** Watches over an answer that goes on for as long as somebody listens: it ends when they may not any more. */
    default void watch(RoutingContext request) {}

    /** Ends the session that a request belongs to, where there are sessions. */
    default void signOut(RoutingContext request) {
        request.fail(new Refused(409, "You are not signed in by a session, so there is none to end"));
    }

    /**
     * @param host  the address that is listened on
     * @param users empty when nobody has a password
     */
    static Access of(Vertx vertx, String host, List<PageUser> users) {
        Access passwords = byPassword(vertx, users);
        return passwords != null ? passwords : isLoopback(host) ? Access::onThisMachine : Access::closed;
    }

    /** Null when nobody has a password. */
    static Access byPassword(Vertx vertx, List<PageUser> users) {
        return users.isEmpty() ? null : BasicAuthHandler.create(new Passwords(vertx, users), REALM)::handle;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static void closed(RoutingContext request) {
        request.fail(new Refused(403, "Nobody may come in from another machine without a password: set "
                + "management.users (./cosell user makes an entry) or management.sign-in.issuer, or let "
                + "management.host be 127.0.0.1"));
    }

    /**
     * Whoever sits at this machine is an operator. A web page that a browser was made to take for this machine, by a
     * name that was bound to its address, shows itself by that name; a proxy shows itself by what it adds.
     */
    @SuppressWarnings("deprecation") // who signed in is set in another way in Vert.x 5, and in 4 in this one alone
    private static void onThisMachine(RoutingContext request) {
        SocketAddress from = request.request().remoteAddress();
        boolean here = from != null && isLoopback(from.hostAddress());
        boolean passedOn = Stream.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
                .anyMatch(request.request().headers()::contains);
        if (here && !passedOn && named(request.request().authority())) {
            request.setUser(new Person("Somebody on this machine", Person.Role.OPERATOR).user());
            request.next();
        } else {
            request.fail(new Refused(403, "Without passwords this is served to this machine alone, as localhost or "
                    + "127.0.0.1: for other names, and behind a proxy, set management.users (./cosell user makes an "
                    + "entry)"));
        }
    }

    private static boolean named(HostAndPort asked) {
        return asked != null && Set.of("localhost", "127.0.0.1", "[::1]", "::1")
                .contains(asked.host().toLowerCase(Locale.ROOT));
    }
}
