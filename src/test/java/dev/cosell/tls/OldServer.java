package dev.cosell.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * The first word of a server that knows nothing newer than TLS 1.1, which the JDK's own cannot be any more: it takes a
 * cipher that the caller offered, and hears what the caller says to the version.
 */
final class OldServer {
    private static final HexFormat HEX = HexFormat.of();
    private static final String TLS_1_1 = "0302";
    private static final List<Short> CIPHERS_OF_THAT_TIME = List.of((short) 0xc013, (short) 0xc014, (short) 0xc009,
            (short) 0xc00a);
    private static final int ALERT = 21;
    private static final int PROTOCOL_VERSION = 70;

    private OldServer() {}

    static TlsServer.Streams speak(Socket caller) throws IOException {
        DataInputStream in = new DataInputStream(caller.getInputStream());
        caller.getOutputStream().write(hello(cipher(record(in))));
        caller.getOutputStream().flush();
        int type = in.readUnsignedByte();
        byte[] said = in.readNBytes(4 + 2);
        if (type == ALERT && said[5] == PROTOCOL_VERSION) {
            throw new IOException("The caller does not take the version");
        }
        return new TlsServer.Streams(new ByteArrayInputStream(said), caller.getOutputStream());
    }

    private static byte[] record(DataInputStream in) throws IOException {
        in.readNBytes(3);
        return in.readNBytes(in.readUnsignedShort());
    }

    /** Behind type and length of the message, version, random and session. */
    private static short cipher(byte[] clientHello) {
        ByteBuffer hello = ByteBuffer.wrap(clientHello).position(4 + 2 + 32);
        hello.position(hello.position() + 1 + hello.get(hello.position()));
        for (int left = hello.getShort(); left > 0; left -= 2) {
            short offered = hello.getShort();
            if (CIPHERS_OF_THAT_TIME.contains(offered)) {
                return offered;
            }
        }
        throw new IllegalStateException("The caller offers nothing of that time");
    }

    private static byte[] hello(short cipher) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(HEX.parseHex("02000026" + TLS_1_1));
        message.write(new byte[32]);
        message.write(0);
        message.write(ByteBuffer.allocate(3).putShort(cipher).array());
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(HEX.parseHex("16" + TLS_1_1 + "002a"));
        message.writeTo(record);
        return record.toByteArray();
    }
}
