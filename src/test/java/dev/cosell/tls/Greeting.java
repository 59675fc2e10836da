package dev.cosell.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a mail server says before a connection becomes safe. */
final class Greeting {
    private Greeting() {}

    static TlsServer.Handshake before(TlsServer.Handshake handshake) {
        return (Socket caller) -> {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII), 1);
            say(caller.getOutputStream(), "220 mail.example");
            in.readLine();
            say(caller.getOutputStream(), "250-mail.example\r\n250 STARTTLS");
            in.readLine();
            say(caller.getOutputStream(), "220 go on");
            return handshake.with(caller);
        };
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
