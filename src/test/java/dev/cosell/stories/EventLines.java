package dev.cosell.stories;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** A page that stays open: what the server-sent events have told it. It ends with the application. */
record EventLines(List<String> all) implements Flow.Subscriber<String> {
    static EventLines listen(int port) {
        EventLines lines = new EventLines(new CopyOnWriteArrayList<>());
        HttpClient.newHttpClient().sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/events")).build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(lines));
        return lines;
    }

    /** What was told last. */
    String last() {
        return all.stream().filter(line -> line.startsWith("data:")).reduce("", (one, next) -> next);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        all.add(line);
    }

    @Override
    public void onError(Throwable lost) {}

    @Override
    public void onComplete() {}
}
