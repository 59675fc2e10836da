package dev.cosell.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people write, with the editor that they have. */
public final class TextFile {
    /** Editors of Windows put it in front of a text, where it is no part of it. */
    private static final char MARK = '\ufeff';

    private TextFile() {}

    /** The file was saved in another encoding; the message says so, and in which line it shows. */
    public static final class NotUtf8 extends CharacterCodingException {
        private final int line;

        private NotUtf8(int line) {
            this.line = line;
        }

        @Override
        public String getMessage() {
            return "is not UTF-8 (line " + line + "). Save it in that encoding";
        }
    }

    /**
     * The whole text, without the mark of its encoding.
     *
     * @throws NotUtf8     when it is in another encoding
     * @throws IOException when it cannot be read
     */
    public static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer read = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(read, text, true).isError()) {
            throw new NotUtf8(line(bytes, read.position()));
        }
        text.flip();
        return text.length() > 0 && text.charAt(0) == MARK ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int at = 0; at < end; at++) {
            line += bytes[at] == '\n' ? 1 : 0;
        }
        return line;
    }
}
