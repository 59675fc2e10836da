package dev.cosell.cluster;

import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.stories.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One application, and everything that can happen to it, in a random order that is the same for the same seed: its
 * process ends or freezes, the network to a system fails, its disk fills, what it stands on is restarted.
 */
final class OneProcess implements AutoCloseable {
    /** Says to delete the file of the database, among other remedies. */
    private static final String REMEDY = "restore a backup, or delete it and every deal is found again";

    private final Cluster cluster;
    private final InstanceProcess application;
    private final Networks networks;
    private final List<Kind> kinds;
    private final DataFolder data;
    private final Random random;
    private final Duration away;
    private final Consumer<String> told;
    private final List<Interruption> all = new CopyOnWriteArrayList<>();
    private final List<Kind> order = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile Duration longestStop = Duration.ZERO;

    /**
     * Runs and is ready.
     *
     * @param parts PostgreSQL and brokers, or embedded
     * @param disk  an empty folder on a small file system of its own for the data; null for none, and no full disk
     * @param away  how long something lasts at most
     */
    OneProcess(RealParts parts, Path disk, long seed, Duration away, Consumer<String> told) {
        this.random = new Random(seed);
        this.away = away;
        this.told = told;
        networks = new Networks(parts);
        Map<String, String> settings = new HashMap<>(networks.settings());
        settings.put("sync.breaker-writes", "1000000");
        cluster = new Cluster(parts, settings);
        data = new DataFolder((disk == null ? cluster.folder() : disk).resolve("data"));
        application = cluster.add("only", Map.of("data.directory", data.path().toString()));
        boolean embedded = parts.databaseUrl() == null;
        kinds = Stream.of(Kind.values()).filter(kind -> switch (kind) {
            case BROKER_KILLED, BROKER_RESTARTED, DATABASE_RESTARTED -> !embedded;
            case DISK_FULL -> embedded && disk != null;
            case QUEUE_TORN, DATABASE_TORN -> embedded;
            default -> true;
        }).toList();
        told.accept("the application's log is " + application.logFile());
        try {
            application.start();
            application.awaitReady();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    List<Interruption> all() {
        return List.copyOf(all);
    }

    /** The longest time from a SIGTERM to the end. */
    Duration longestStop() {
        return longestStop;
    }

    /** Torn files of the database with which it did not start, so that it began with an empty one. */
    int refused() {
        return refused.get();
    }

    /** The next thing happens and is over. */
    void next() {
        if (order.isEmpty()) {
            order.addAll(kinds);
            Collections.shuffle(order, random);
        }
        happens(order.remove(0));
    }

    private void happens(Kind kind) {
        long at = System.nanoTime();
        String what = Networks.fail(kind) ? networks.one(kind, random) : kind.toString();
        told.accept(what);
        switch (kind) {
            case KILLED -> again(application::kill);
            case STOPPED -> again(this::stop);
            case FROZEN -> {
                application.freeze();
                pause();
                application.thaw();
            }
            case QUEUE_TORN -> again(() -> {
                application.kill();
                data.tearQueue(random);
            });
            case DATABASE_TORN -> tearDatabase();
            case BROKER_KILLED -> {
                cluster.parts().brokers().killPrimary();
                cluster.parts().brokers().awaitBackup();
                pause();
                cluster.parts().brokers().startPrimaryAgain();
            }
            case BROKER_RESTARTED -> {
                cluster.parts().brokers().kill();
                pause();
                cluster.parts().brokers().start();
            }
            case DATABASE_RESTARTED -> cluster.parts().database().restart();
            case DISK_FULL -> fill();
            default -> pause();
        }
        networks.areFine();
        application.awaitReady();
        all.add(new Interruption(kind, what, at, System.nanoTime()));
        pause();
    }

    private void again(Runnable end) {
        end.run();
        pause();
        application.start();
    }

    private void stop() {
        long at = System.nanoTime();
        application.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - at);
        longestStop = took.compareTo(longestStop) > 0 ? took : longestStop;
    }

    /** Whoever is told that the file cannot be opened does what the application says. */
    private void tearDatabase() {
        int lines = application.log().size();
        again(() -> {
            application.kill();
            data.tearDatabase(random);
        });
        if (application.comesUp()) {
            return;
        }
        if (application.log().stream().skip(lines).noneMatch(line -> line.contains(REMEDY))) {
            throw new IllegalStateException("It ended without the remedy for a damaged file, see its log");
        }
        told.accept("its file is refused, and deleted");
        refused.incrementAndGet();
        data.deleteDatabase();
        application.start();
    }

    /** Something else writes until nothing is left, and is gone again; every other time the process stops meanwhile. */
    private void fill() {
        data.fill(told);
        pause();
        boolean stops = random.nextBoolean();
        if (stops) {
            stop();
        }
        data.free();
        if (stops) {
            application.start();
        }
    }

    private void pause() {
        int half = (int) away.toMillis() / 2;
        World.pause(half + random.nextInt(Math.max(1, half)));
    }

    @Override
    public void close() {
        cluster.close();
        networks.close();
    }
}
