package dev.cosell.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on the loopback that counts the callers who say something to it when the connection is safe, and answers 404
 * to whatever that is.
 */
final class TlsServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] NOTHING = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger accepted = new AtomicInteger();
    private final Handshake handshake;
    private final String greeting;

    /** Makes a connection safe; fails when the caller does not want it. */
    interface Handshake {
        Streams with(Socket caller) throws IOException;
    }

    /** What is said on a safe connection. */
    record Streams(InputStream in, OutputStream out) {}

    /** @param greeting what it says first; empty when the caller begins */
    TlsServer(Handshake handshake, String greeting) throws IOException {
        this.handshake = handshake;
        this.greeting = greeting;
        Thread answering = new Thread(this::answer, "tls-server");
        answering.setDaemon(true);
        answering.start();
    }

    String address() {
        return "https://localhost:" + door.getLocalPort();
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many callers have spoken to this server. */
    int accepted() {
        return accepted.get();
    }

    private void answer() {
        while (!door.isClosed()) {
            try (Socket caller = door.accept()) {
                caller.setSoTimeout(PATIENCE_MILLIS);
                serve(caller);
            } catch (SocketException closed) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket caller) {
        try {
            Streams safe = handshake.with(caller);
            safe.out().write(greeting.getBytes(StandardCharsets.US_ASCII));
            safe.out().flush();
            if (safe.in().read() >= 0) {
                accepted.incrementAndGet();
                safe.out().write(NOTHING);
                safe.out().flush();
            }
        } catch (IOException refused) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
