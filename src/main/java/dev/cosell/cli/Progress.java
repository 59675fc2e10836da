package dev.cosell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cosell.text.Visible;
import java.io.PrintWriter;
import java.util.Locale;

/** How far a backfill is: on a terminal one line that changes, elsewhere nothing. */
final class Progress {
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean terminal = System.console() != null;
    private final long begun = System.nanoTime();
    private long first = -1;

    Progress(PrintWriter out) {
        this.out = out;
    }

    void show(JsonNode job) {
        if (terminal) {
            out.print("\r" + line(job, (System.nanoTime() - begun) / 1e9) + "  ");
            out.flush();
        }
    }

    /** A sentence below it. */
    void say(String sentence) {
        end();
        out.println(Visible.lines(sentence));
        out.flush();
    }

    void end() {
        if (terminal && first >= 0) {
            out.println();
            out.flush();
        }
    }

    /** @param seconds since it is shown */
    String line(JsonNode job, double seconds) {
        boolean running = job.path("phase").asText().equals("RUNNING");
        long found = 0;
        for (JsonNode count : job.path("found")) {
            found += count.asLong();
        }
        long done = running ? job.path("done").asLong() : found;
        long all = running ? job.path("toHand").asLong() : found + job.path("toLook").asLong();
        if (first < 0) {
            first = done;
        }
        int filled = all == 0 ? 0 : (int) (WIDTH * done / all);
        return "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + " of " + all
                + (running ? " synced" : job.path("listed").asBoolean() ? " counted" : " so far")
                + (seconds < 1 ? "" : String.format(Locale.ROOT, ", %.0f a second",
                Math.max(0, done - first) / seconds));
    }
}
