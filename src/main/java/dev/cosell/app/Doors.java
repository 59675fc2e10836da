package dev.cosell.app;

import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Whether the servers that were started are the ones that answer at their ports. */
final class Doors {
    private static final int PATIENCE = 5_000;

    private Doors() {}

    /**
     * Camel only logs that a port was taken; so the server is asked for something that nobody else can know.
     *
     * @throws IllegalStateException naming the setting of a port that somebody else listens on
     */
    static void require(CamelContext camel, Settings settings, Setting hostKey, Setting portKey) {
        int port = settings.number(portKey);
        String mark = UUID.randomUUID().toString();
        Route route = VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(port))
                .get("/" + mark).order(Integer.MIN_VALUE).handler(asked -> asked.end(mark));
        try {
            if (!answer(settings.text(hostKey), port, mark).endsWith(mark)) {
                throw FreePorts.taken(settings, hostKey, portKey, "something else answers there");
            }
        } catch (IOException unanswered) {
            throw FreePorts.taken(settings, hostKey, portKey, unanswered.getMessage());
        } finally {
            route.remove();
        }
    }

    private static String answer(String host, int port, String mark) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE);
            socket.connect(new InetSocketAddress(address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress()
                    : address, port), PATIENCE);
            socket.getOutputStream().write(("GET /" + mark + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
