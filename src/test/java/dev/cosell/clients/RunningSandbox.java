package dev.cosell.clients;

import dev.cosell.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** The three stand-in servers on free ports, as {@code cosell sandbox} starts them. */
final class RunningSandbox implements AutoCloseable {
    private final int partnerCenter = freePort();
    private final int dynamics = freePort();
    private final int salesforce = freePort();
    private final Sandbox sandbox = Sandbox.start(new Sandbox.Plan("localhost",
            Map.of("partner-center", partnerCenter, "dynamics", dynamics, "salesforce", salesforce), null,
            "http://localhost:" + dynamics + "/nowhere"));

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String dynamics() {
        return "http://localhost:" + dynamics;
    }

    String salesforce() {
        return "http://localhost:" + salesforce;
    }

    /** Where Entra gives out tokens. */
    String tokenAddress() {
        return "http://localhost:" + partnerCenter + "/sandbox/oauth2/v2.0/token";
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
