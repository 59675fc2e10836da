package dev.cosell.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of the doors of all instances as a load balancer does: each connection goes to the next instance that
 * takes it.
 */
final class FrontDoor extends Relay {
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    FrontDoor() {
        super(0);
        start();
    }

    void leadsTo(int port) {
        ports.add(port);
    }

    @Override
    void forward(Socket client) {
        Socket instance = next();
        if (instance == null) {
            close(client);
            return;
        }
        opened(instance);
        background(() -> pump(instance, client));
        pump(client, instance);
    }

    /** Null when no instance takes connections. */
    private Socket next() {
        for (int tries = 0; tries < ports.size(); tries++) {
            int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException away) {
                continue;
            }
        }
        return null;
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException broken) {
            // The other end learns of it by the close.
        } finally {
            close(from);
            close(to);
        }
    }
}
