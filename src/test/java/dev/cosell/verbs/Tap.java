package dev.cosell.verbs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A wire with an ear: hands bytes on to a server unchanged and remembers what the client sent. */
final class Tap implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Tap(int port, int server) {
        this.server = server;
        try {
            door = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                start(() -> copy(client, behind, true));
                start(() -> copy(behind, client, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void copy(Socket from, Socket to, boolean listen) {
        byte[] buffer = new byte[16_384];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (listen) {
                    synchronized (heard) {
                        heard.write(buffer, 0, count);
                    }
                }
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException dropped) {
            // Either side may hang up, that is what is tested.
        }
    }

    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.UTF_8);
        }
    }

    void forget() {
        synchronized (heard) {
            heard.reset();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
