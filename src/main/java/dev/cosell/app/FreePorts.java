package dev.cosell.app;

import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that nobody uses at the moment. */
public final class FreePorts {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;
    private static final double GOLDEN_RATIO = 0.6180339887498949;
    /** Neighbouring processes begin far from each other. */
    private static final AtomicInteger NEXT = new AtomicInteger(
            (int) (ProcessHandle.current().pid() * GOLDEN_RATIO % 1 * (HIGHEST - LOWEST)));

    private FreePorts() {}

    /**
     * Looks before anything is started; {@link Doors} looks again afterwards.
     *
     * @throws IllegalStateException naming the setting of a host or port that cannot be listened on
     */
    public static void require(Settings settings, Setting hostKey, Setting portKey) {
        String host = settings.text(hostKey);
        int port = settings.number(portKey);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException taken) {
            throw taken(settings, hostKey, portKey, taken.getMessage());
        }
    }

    /** What keeps a server from being there, and the setting to change: the host's where it is none of this machine. */
    static IllegalStateException taken(Settings settings, Setting hostKey, Setting portKey, String why) {
        if (!isOfThisMachine(settings.text(hostKey))) {
            return new IllegalStateException(hostKey.text() + " = " + settings.text(hostKey)
                    + " is no name or address of this machine, so nothing can listen there (" + why + "); set it to"
                    + " 127.0.0.1, to 0.0.0.0 for all addresses that this machine has, or to one of them");
        }
        return new IllegalStateException("Port " + settings.number(portKey) + " of " + settings.text(hostKey)
                + " cannot be listened on (" + why + "); stop the program that uses it, or set " + portKey.text()
                + " to a free one");
    }

    private static boolean isOfThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Puts a different free port for each key into the values. They lie below those that the operating systems give to
     * outgoing connections: one of these could take a port between this look and the start of its server. A port is not
     * given again soon: whoever called its last server may still try.
     */
    public static void give(Map<String, String> values, Setting... keys) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Setting key : keys) {
                ServerSocket socket = free();
                held.add(socket);
                values.put(key.text(), String.valueOf(socket.getLocalPort()));
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket free() throws IOException {
        IOException last = null;
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), HIGHEST - LOWEST);
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw last;
    }
}
