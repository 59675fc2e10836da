package dev.cosell.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Dockerfile says of the image. */
final class Image {
    private final String text;

    Image() {
        try {
            text = Files.readString(Path.of("Dockerfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the last stage, as an instruction sets it last. */
    private String last(String instruction) {
        Matcher lines = Pattern.compile("^" + instruction + " +(.+)$", Pattern.MULTILINE).matcher(text);
        String found = null;
        while (lines.find()) {
            found = lines.group(1).strip();
        }
        return found;
    }

    String folder() {
        return last("WORKDIR");
    }

    long user() {
        return Long.parseLong(last("USER"));
    }

    int port() {
        return Integer.parseInt(last("EXPOSE"));
    }

    /** A folder, a file or {@code data} that the image has at this path, so that something may be mounted there. */
    boolean has(String path) {
        if (path.equals("/tmp") || path.equals(last("VOLUME"))) {
            return true;
        }
        String copied = path.startsWith(folder() + "/") ? path.substring(folder().length() + 1) : "";
        return text.contains(" " + copied + " ") && Files.exists(Path.of(copied));
    }
}
