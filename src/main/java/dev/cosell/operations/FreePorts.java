package dev.cosell.operations;

import dev.cosell.settings.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ports that nobody uses at the moment, for a start beside another one. */
public final class FreePorts {
    private FreePorts() {}

    /** Puts a different free port for each key into the values. */
    public static void give(Map<String, String> values, Key... keys) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Key key : keys) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
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
}
