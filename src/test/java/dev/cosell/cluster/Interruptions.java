package dev.cosell.cluster;

import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.stories.World;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Ends, freezes and starts instances in a random order, which is the same for the same seed. At least one of them goes
 * on all the time.
 */
final class Interruptions {
    private static final List<Kind> OF_INSTANCES = List.of(Kind.KILLED, Kind.STOPPED, Kind.FROZEN);

    private final Cluster cluster;
    private final Random random;
    private final Duration away;
    private final Duration between;
    private final Consumer<String> told;
    private final List<Interruption> all = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> wanted = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /**
     * @param away    how long an instance is away at most
     * @param between how long all are there at most until the next one goes
     */
    Interruptions(Cluster cluster, Random random, Duration away, Duration between, Consumer<String> told) {
        this.cluster = cluster;
        this.random = random;
        this.away = away;
        this.between = between;
        this.told = told;
    }

    List<Interruption> all() {
        return List.copyOf(all);
    }

    /** Until {@link #end} is called; then all instances work again. */
    void goOn() {
        List<Kind> order = new ArrayList<>();
        while (!over) {
            pause(between);
            Runnable next = wanted.poll();
            if (next != null) {
                next.run();
                continue;
            }
            if (order.isEmpty()) {
                order.addAll(OF_INSTANCES);
                Collections.shuffle(order, random);
            }
            several(order);
        }
    }

    void end() {
        over = true;
    }

    /** One after the other goes, and they come back in another order. */
    private void several(List<Kind> order) {
        List<InstanceProcess> going = new ArrayList<>(cluster.instances());
        Collections.shuffle(going, random);
        int many = going.size() > 2 && random.nextInt(3) == 0 ? 2 : 1;
        List<Runnable> back = new ArrayList<>();
        for (InstanceProcess instance : going.subList(0, many)) {
            back.add(go(order.isEmpty() ? Kind.KILLED : order.remove(0), instance));
        }
        pause(away);
        Collections.shuffle(back, random);
        back.forEach(Runnable::run);
    }

    /** One instance goes this way, and comes back. */
    void one(Kind kind, InstanceProcess instance) {
        Runnable back = go(kind, instance);
        pause(away);
        back.run();
    }

    private Runnable go(Kind kind, InstanceProcess instance) {
        long at = System.nanoTime();
        tell(instance.name() + " is " + kind);
        switch (kind) {
            case KILLED -> instance.kill();
            case STOPPED -> instance.stop();
            case FROZEN -> instance.freeze();
            default -> throw new IllegalArgumentException(kind + " is nothing of an instance");
        }
        return () -> {
            if (kind == Kind.FROZEN) {
                instance.thaw();
            } else {
                instance.start();
            }
            instance.awaitReady();
            tell(instance.name() + " is back");
            all.add(new Interruption(kind, instance.name(), at, System.nanoTime()));
        };
    }

    /** The primary broker dies for good, as soon as all instances work. */
    void killBroker() {
        wanted.add(() -> note(Kind.BROKER_KILLED, () -> {
            cluster.parts().brokers().killPrimary();
            cluster.parts().brokers().awaitBackup();
        }));
    }

    /** PostgreSQL is restarted, as soon as all instances work. */
    void restartDatabase() {
        wanted.add(() -> note(Kind.DATABASE_RESTARTED, () -> cluster.parts().database().restart()));
    }

    private void note(Kind kind, Runnable what) {
        long at = System.nanoTime();
        tell(kind.toString());
        what.run();
        tell("and works again");
        all.add(new Interruption(kind, "", at, System.nanoTime()));
    }

    private void pause(Duration most) {
        int half = (int) most.toMillis() / 2;
        World.pause(half + random.nextInt(half));
    }

    private void tell(String what) {
        told.accept(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }
}
