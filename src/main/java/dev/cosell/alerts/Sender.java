package dev.cosell.alerts;

import dev.cosell.operations.AlarmCheck;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands letters over to the routes of the channels, each in a thread of its own, so that one that hangs holds up no
 * other.
 */
final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final CamelContext camel;
    private final ProducerTemplate template;
    private final AlertBook book;
    private final String installation;
    private final String page;
    private final Duration firstPause;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    /** By channel, since when and why nothing gets through. */
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            BasicThreadFactory.builder().namingPattern("cosell-alert-sender").daemon().build());

    /** @param firstPause after the first failure; each further one doubles it */
    Sender(CamelContext camel, AlertBook book, String installation, String page, Duration firstPause, Clock clock) {
        this.page = page;
        this.firstPause = firstPause;
        this.camel = camel;
        this.template = camel.createProducerTemplate();
        this.book = book;
        this.installation = installation;
        this.clock = clock;
    }

    /** Has health tell whether the channel works. */
    void show(String channel) {
        if (shown.add(channel)) {
            new AlarmCheck(Channels.health(channel), () -> problems.getOrDefault(channel, ""), health -> { })
                    .register(camel);
        }
    }

    /** Of others, whose route is gone, nothing is tried any more, so nothing of them is broken. */
    void keep(List<String> channels) {
        problems.keySet().retainAll(channels);
    }

    /** Sends what the book has for a channel, unless that is being done. */
    void send(String channel) {
        if (busy.add(channel)) {
            threads.execute(() -> {
                try {
                    fromBook(channel);
                } catch (RuntimeException away) {
                    LOG.debug("Letters for {} stay in the book", channel, away);
                } finally {
                    busy.remove(channel);
                }
            });
        }
    }

    private void fromBook(String channel) {
        Batch batch = book.take(channel);
        if (batch.letters().isEmpty()) {
            nothingToSend(channel);
        }
        while (!batch.letters().isEmpty()) {
            if (!handedOver(channel, batch)) {
                book.failed(batch, pause(batch.attempts()));
                return;
            }
            book.sent(batch);
            batch = book.take(channel);
        }
    }

    /** What failed here was sent by another instance meanwhile, is given up, or was in no book. */
    private void nothingToSend(String channel) {
        if (problems.containsKey(channel) && !book.triesAgain(channel) && problems.remove(channel) != null) {
            LOG.info("No alert by {} waits to be tried again", channel);
        }
    }

    private Duration pause(int attempts) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(attempts - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Letters that are in no book: they are tried once. */
    void sendNow(String channel, List<Letter> letters) {
        Batch batch = new Batch(UUID.randomUUID().toString(), letters);
        threads.execute(() -> handedOver(channel, batch));
    }

    private boolean handedOver(String channel, Batch batch) {
        try {
            template.requestBody(Channels.address(channel),
                    new Notice(batch.id(), installation, page, batch.letters()));
            if (problems.remove(channel) != null) {
                LOG.info("Alerts by {} get through again", channel);
            }
            return true;
        } catch (CamelExecutionException failed) {
            note(channel, failed.getCause() == null ? failed : failed.getCause());
            return false;
        }
    }

    private void note(String channel, Throwable fault) {
        Instant now = clock.instant();
        String reason = fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage().lines()
                .findFirst().orElse("");
        if (problems.put(channel, "Alerts by " + channel + " do not get through (last tried at " + Moment.text(now)
                + "): " + reason
                + ". They are tried again; check the settings alerts." + channel + ".*") == null) {
            LOG.warn("Alerts by {} do not get through and are tried again: {}", channel, reason);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
