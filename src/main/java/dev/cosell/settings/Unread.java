package dev.cosell.settings;

import dev.cosell.text.Storable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Values of which the JVM could not read all letters, because the locale of the process has no word for them. The
 * launcher chooses one that has; who starts Java in another way, or where there is none, must not send question marks
 * to a customer.
 */
final class Unread {
    static final String REMEDY = " holds letters that could not be read: start in a UTF-8 locale (LC_ALL=C.UTF-8), or "
            + "write the value in application.properties, which is always read as UTF-8";

    private static final String REPLACEMENT = "\ufffd";
    /** What the launcher of Java 17 makes of a byte that its locale does not know. */
    private static final String LOST = "?";
    private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");

    private Unread() {}

    /** @param place where the value comes from */
    static boolean isIn(String value, String place) {
        return value.contains(REPLACEMENT) || !Storable.leftOut(value).isEmpty()
                || place.equals(SettingsReader.COMMAND_LINE) && value.contains(LOST) && lostLetters();
    }

    /** Whether an argument of this process has letters that its locale does not know. */
    private static boolean lostLetters() {
        if ("UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))) {
            return false;
        }
        try {
            for (byte each : Files.readAllBytes(ARGUMENTS)) {
                if (each < 0) {
                    return true;
                }
            }
        } catch (IOException notLinux) {
            return false;
        }
        return false;
    }
}
