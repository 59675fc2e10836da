package dev.cosell.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Opens a page in the browser of whoever sits at this machine. */
final class Browser {
    private Browser() {}

    /** Whether a browser could be asked to open it; what becomes of that only the person sees. */
    static boolean open(URI page) {
        List<String> command = command(System.getProperty("os.name", ""), System.getenv(), page);
        if (command.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return true;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Empty where nobody could see a page. {@code BROWSER} names a program as it does for other commands. */
    static List<String> command(String system, Map<String, String> environment, URI page) {
        String chosen = environment.getOrDefault("BROWSER", "");
        String name = system.toLowerCase(Locale.ROOT);
        if (!chosen.isBlank()) {
            return List.of(chosen, page.toString());
        }
        if (name.contains("mac")) {
            return List.of("open", page.toString());
        }
        if (name.contains("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
        }
        return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
                ? List.of("xdg-open", page.toString()) : List.of();
    }
}
