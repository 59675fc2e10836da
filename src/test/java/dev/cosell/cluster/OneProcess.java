package dev.cosell.cluster;

import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.stories.World;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One application, and everything that can happen to it, in a random order that is the same for the same seed: its
 * process ends or freezes, the network to a system fails, its disk fills, what it stands on is restarted.
 */
final class OneProcess implements AutoCloseable {
    private static final List<Setting> SYSTEMS = List.of(Key.SANDBOX_PARTNER_CENTER_PORT, SalesforceKey.SANDBOX_PORT,
            DynamicsKey.SANDBOX_PORT);
    private static final Map<Kind, Wire.State> NETWORK = Map.of(Kind.CUT, Wire.State.CUT, Kind.SLOW, Wire.State.SLOW,
            Kind.HALF_OPEN, Wire.State.HALF_OPEN, Kind.RUBBISH, Wire.State.RUBBISH);

    private final Cluster cluster;
    private final InstanceProcess application;
    private final Map<String, Wire> wires = new LinkedHashMap<>();
    private final List<Kind> kinds;
    private final Path data;
    private final Random random;
    private final Duration away;
    private final Consumer<String> told;
    private final List<Interruption> all = new CopyOnWriteArrayList<>();
    private final List<Kind> order = new ArrayList<>();
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
        cluster = new Cluster(parts, Map.of("sync.breaker-writes", "1000000", "sandbox.host", Wire.BEHIND));
        SYSTEMS.forEach(port -> wires.put(port.text(),
                new Wire(Integer.parseInt(cluster.settings().get(port.text())))));
        data = (disk == null ? cluster.folder() : disk).resolve("data");
        application = cluster.add("only", Map.of("data.directory", data.toString()));
        boolean embedded = parts.databaseUrl() == null;
        kinds = Stream.of(Kind.values()).filter(kind -> switch (kind) {
            case BROKER_KILLED -> false;
            case DATABASE_RESTARTED -> !embedded;
            case DISK_FULL -> embedded && disk != null;
            case QUEUE_TORN -> embedded;
            default -> true;
        }).toList();
        application.start();
        application.awaitReady();
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
        String what = NETWORK.containsKey(kind) ? network(kind) : kind.toString();
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
                tear();
            });
            case DATABASE_RESTARTED -> cluster.parts().database().restart();
            case DISK_FULL -> fill();
            default -> pause();
        }
        wires.values().forEach(wire -> wire.is(Wire.State.OPEN));
        application.awaitReady();
        all.add(new Interruption(kind, what, at, System.nanoTime()));
        pause();
    }

    private String network(Kind kind) {
        List<String> names = new ArrayList<>(wires.keySet());
        String one = names.get(random.nextInt(names.size()));
        wires.get(one).is(NETWORK.get(kind));
        return "the network behind " + one + " is " + kind;
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

    /**
     * Something else writes until nothing is left, and is deleted again; every other time the process stops meanwhile.
     */
    private void fill() {
        Path other = data.resolveSibling("somebody-elses");
        try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
            byte[] piece = new byte[64 * 1024];
            while (true) {
                file.write(piece);
            }
        } catch (IOException full) {
            told.accept("nothing is left: " + full.getMessage());
        }
        pause();
        boolean stops = random.nextBoolean();
        if (stops) {
            stop();
        }
        try {
            Files.delete(other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (stops) {
            application.start();
        }
    }

    /** One file of the journal ends at a random byte. */
    private void tear() {
        try (Stream<Path> files = Files.list(data.resolve("queue").resolve("journal"))) {
            List<Path> journal = files.filter(file -> file.toString().endsWith(".amq")).sorted().toList();
            Path torn = journal.get(random.nextInt(journal.size()));
            try (RandomAccessFile file = new RandomAccessFile(torn.toFile(), "rw")) {
                file.setLength(random.nextInt(Math.max(1, (int) Math.min(file.length(), 64 * 1024))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pause() {
        int half = (int) away.toMillis() / 2;
        World.pause(half + random.nextInt(Math.max(1, half)));
    }

    @Override
    public void close() {
        cluster.close();
        wires.values().forEach(Wire::close);
    }
}
