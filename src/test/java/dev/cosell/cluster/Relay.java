package dev.cosell.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections on this machine and passes them on; how, says whoever extends it. */
abstract class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param port 0 for any that is free */
    Relay(int port) {
        try {
            door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes a connection on until it ends; has its own thread. */
    abstract void forward(Socket client);

    /** To be called when all is in place. */
    final void start() {
        background(this::serve);
    }

    private void serve() {
        while (isOpen()) {
            try {
                Socket client = opened(door.accept());
                background(() -> forward(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    final int port() {
        return door.getLocalPort();
    }

    final boolean isOpen() {
        return !door.isClosed();
    }

    /** One that ends with the others. */
    final Socket opened(Socket socket) {
        open.add(socket);
        return socket;
    }

    final void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    final void closeAll() {
        List.copyOf(open).forEach(this::close);
    }

    final void background(Runnable work) {
        Thread thread = new Thread(work, getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeAll();
    }
}
