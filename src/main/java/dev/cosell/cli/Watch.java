package dev.cosell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Follows a backfill. It goes on whoever looks, so an application that is away for a while is asked again. */
final class Watch {
    private final Running running;
    private final Progress progress;
    private final Duration patience;
    private long answered = System.nanoTime();
    private boolean away;

    /** @param patience for how long it is asked again */
    Watch(Running running, Progress progress, Duration patience) {
        this.running = running;
        this.progress = progress;
        this.patience = patience;
    }

    /** @return the job as it is when it is not at work any more */
    JsonNode untilItRests(JsonNode begun) throws Running.Unanswered, InterruptedException {
        JsonNode job = begun;
        try {
            while (BackfillCommand.AT_WORK.contains(job.path("phase").asText())) {
                progress.show(job);
                TimeUnit.SECONDS.sleep(1);
                job = now(job);
            }
        } finally {
            progress.end();
        }
        return job;
    }

    private JsonNode now(JsonNode before) throws Running.Unanswered, InterruptedException {
        try {
            JsonNode job = running.get("/api/backfill/" + before.path("id").asText());
            answered = System.nanoTime();
            away = false;
            return job;
        } catch (Running.Away unanswered) {
            if (!away) {
                away = true;
                progress.say("The backfill goes on by itself; how it is, is asked again for a while. "
                        + unanswered.getMessage());
            }
            if (System.nanoTime() - answered > patience.toNanos()) {
                throw new Running.Unanswered("The backfill goes on by itself, and ./cosell backfill says how it is. "
                        + "Nobody could say so for a while: " + unanswered.getMessage());
            }
            return before;
        }
    }
}
