package dev.cosell.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stands between the application and what it speaks with, and does to their connections what networks do. */
final class Wire extends Relay {
    /** How it is with the network. */
    enum State {
        OPEN,
        /** Connections break, and new ones are closed at once. */
        CUT,
        /** Every piece of an answer is late. */
        SLOW,
        /** Connections stay open, and nothing comes through. */
        HALF_OPEN,
        /** Something in between answers that is not the system. */
        RUBBISH
    }

    private static final Duration LATE = Duration.ofMillis(400);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html>Please log in.</html",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{\"value\":[{\"id\":\"",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
            "\u0000\u0016\u0003\u0001 no HTTP at all\r\n\r\n");

    /** Where those listen that have a wire at their own port: an address of this machine that is not localhost. */
    static final String BEHIND = "127.0.0.2";

    private final InetSocketAddress end;
    private final AtomicInteger answers = new AtomicInteger();
    private volatile State state = State.OPEN;

    private Wire(int door, InetSocketAddress end) {
        super(door);
        this.end = end;
        start();
    }

    /** To somebody who listens on this port of {@link #BEHIND}; the wire takes the same one of localhost. */
    static Wire inPlaceOf(int port) {
        return new Wire(port, new InetSocketAddress(BEHIND, port));
    }

    /** To somebody who listens on this port of localhost; the wire takes any that is free. */
    static Wire to(int port) {
        return new Wire(0, new InetSocketAddress("localhost", port));
    }

    /** From now on. Connections of a state before are broken when they cannot go on. */
    void is(State now) {
        State before = state;
        state = now;
        if (now == State.CUT || before == State.HALF_OPEN) {
            closeAll();
        }
    }

    @Override
    void forward(Socket client) {
        if (state == State.CUT) {
            close(client);
            return;
        }
        try {
            Socket server = opened(new Socket(end.getAddress(), end.getPort()));
            background(() -> pump(server, client, false));
            pump(client, server, true);
        } catch (IOException away) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean request) {
        byte[] piece = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (state == State.RUBBISH && request) {
                    from.getOutputStream().write(ANSWERS.get(answers.getAndIncrement() % ANSWERS.size())
                            .getBytes(StandardCharsets.ISO_8859_1));
                    return;
                }
                if (state == State.SLOW && !request) {
                    LockSupport.parkNanos(LATE.toNanos());
                }
                awaitThrough();
                out.write(piece, 0, read);
            }
        } catch (IOException broken) {
            // The other end learns of it by the close.
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitThrough() {
        while (state == State.HALF_OPEN && isOpen()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
