package dev.cosell.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request as it goes over the wire, byte by byte: no HTTP client stands between the forger and the door. */
record Delivery(String target, List<String> headers, byte[] body) {
    private static final int PATIENCE_MILLIS = 40_000;

    /** @param head everything before the body */
    record Answer(int status, String head, String body) {}

    Delivery to(String otherTarget) {
        return new Delivery(otherTarget, headers, body);
    }

    Delivery withBody(byte[] other) {
        return new Delivery(target, headers, other);
    }

    Delivery without(String name) {
        List<String> fewer = new ArrayList<>(headers);
        fewer.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return new Delivery(target, fewer, body);
    }

    /** One more header, also when there is one of this name already. */
    Delivery and(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Delivery(target, more, body);
    }

    Delivery with(String name, String value) {
        return without(name).and(name, value);
    }

    Answer send(int port) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            String head = "POST " + target + " HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n"
                    + String.join("\r\n", headers) + "\r\n\r\n";
            request.write(head.getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    private static Answer parsed(String text) {
        int end = text.indexOf("\r\n\r\n");
        String head = text.substring(0, end);
        String rest = text.substring(end + 4);
        return new Answer(Integer.parseInt(head.split(" ")[1]), head,
                head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")
                        ? dechunked(rest) : rest);
    }

    private static String dechunked(String text) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int line = text.indexOf("\r\n", at);
            int length = Integer.parseInt(text.substring(at, line).strip(), 16);
            if (length == 0) {
                return body.toString();
            }
            body.append(text, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }
}
