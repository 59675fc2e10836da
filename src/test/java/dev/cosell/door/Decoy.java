package dev.cosell.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server nobody has any business with: counts who comes. */
final class Decoy implements AutoCloseable {
    private final ServerSocket socket;
    final AtomicInteger connections = new AtomicInteger();

    Decoy() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread listener = new Thread(this::count, "decoy");
        listener.setDaemon(true);
        listener.start();
    }

    private void count() {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
                connections.incrementAndGet();
            } catch (IOException closed) {
                return;
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
