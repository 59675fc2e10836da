package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A client of the streaming endpoint: what it listens to, how far it has read, and the poll that it waits on. */
final class BayeuxClient {
    final String id;
    final Map<String, Long> positions = new LinkedHashMap<>();
    long lastAnswer;
    /** Gets no events; they are there for whoever subscribes anew. */
    boolean deaf;
    private Consumer<Answer> waiting;
    private List<Object> unsent;
    private Runnable giveUpTimer;

    BayeuxClient(String id, long now) {
        this.id = id;
        this.lastAnswer = now;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    /** @param answers what goes out when the wait ends, the answer to connect last */
    void hold(Consumer<Answer> reply, List<Object> answers, Runnable giveUp) {
        waiting = reply;
        unsent = answers;
        giveUpTimer = giveUp;
    }

    /** Ends the wait with these events, or with none. */
    void release(List<Object> events, long now) {
        List<Object> all = new ArrayList<>(events);
        all.addAll(unsent);
        Consumer<Answer> reply = waiting;
        waiting = null;
        giveUpTimer.run();
        lastAnswer = now;
        reply.accept(Answer.json(200, all));
    }

    /** The events behind the positions, which move on. */
    List<Object> take(ChangeCapture capture) {
        List<Object> messages = new ArrayList<>();
        if (deaf) {
            return messages;
        }
        positions.replaceAll((channel, position) -> {
            long last = position;
            for (ChangeCapture.Event event : capture.after(channel, position)) {
                Map<String, Object> message = new LinkedHashMap<>();
                message.put("data", event.message());
                message.put("channel", channel);
                messages.add(message);
                last = event.replayId();
            }
            return last;
        });
        return messages;
    }
}
