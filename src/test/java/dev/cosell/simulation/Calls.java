package dev.cosell.simulation;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What happens between the product and a system: time passes, and what the history has in store. */
final class Calls {
    static final String BROKEN_RULE = "A rule of the system refuses it";
    static final String DENIED = "The user has no right on it";

    private final World world;
    private final Map<String, Deque<Event>> reads = new HashMap<>();
    private final Map<String, Deque<Event>> writes = new HashMap<>();
    private final Set<String> deniedIds = new HashSet<>();
    private final Set<String> signedOut = new HashSet<>();
    private long calls;
    private boolean stale;

    Calls(World world) {
        this.world = world;
    }

    void prepare(Event event) {
        ahead(isOfRead(event.kind())).computeIfAbsent(event.system(), key -> new ArrayDeque<>()).add(event);
    }

    private static boolean isOfRead(Event.Kind kind) {
        return kind == Event.Kind.STALE || kind == Event.Kind.READ_LOST;
    }

    private Map<String, Deque<Event>> ahead(boolean read) {
        return read ? reads : writes;
    }

    void deny(String id) {
        deniedIds.add(id);
    }

    void signOut(String system) {
        signedOut.add(system);
    }

    /** From here on nothing goes wrong any more. */
    void allIsWell() {
        reads.clear();
        writes.clear();
        deniedIds.clear();
        signedOut.clear();
    }

    void rightsBack(String system) {
        signedOut.remove(system);
        deniedIds.clear();
    }

    boolean isStale() {
        return stale;
    }

    <T> T read(Model model, String id, Supplier<T> answer) {
        Event happens = begin(model, id, true);
        if (happens != null && happens.kind() == Event.Kind.READ_LOST) {
            throw new Fault.Transient(model.system, "The read was lost");
        }
        stale = happens != null && happens.kind() == Event.Kind.STALE;
        T read = answer.get();
        stale = false;
        end();
        return read;
    }

    Map<String, Object> write(Model model, String id, Supplier<Map<String, Object>> apply) {
        Event happens = begin(model, id, false);
        if (happens != null) {
            switch (happens.kind()) {
                case LOST_BEFORE -> throw new Fault.Transient(model.system, "The call was lost");
                case REFUSED -> throw new Fault.Data(model.system,
                        Reason.all(Trouble.REFUSED, List.of(BROKEN_RULE)));
                case MOVED -> throw new Fault.VersionConflict(model.system, "The record is locked by somebody");
                case LATE -> {
                    world.late(happens.value(), () -> byProduct(apply));
                    throw new Fault.Transient(model.system, "The call takes too long");
                }
                default -> { }
            }
        }
        Map<String, Object> stored = byProduct(apply);
        if (happens != null && happens.kind() == Event.Kind.LOST_AFTER) {
            throw new Fault.Transient(model.system, "The answer was lost");
        }
        end();
        return stored;
    }

    private Map<String, Object> byProduct(Supplier<Map<String, Object>> apply) {
        boolean before = world.ledger.writing(true);
        try {
            return apply.get();
        } finally {
            world.ledger.writing(before);
        }
    }

    private Event begin(Model model, String id, boolean read) {
        world.step("before a call of " + model.system);
        world.time.pass(20 + calls++ * 37 % 150);
        if (signedOut.contains(model.system)) {
            throw new Fault.Auth(model.system, "Signed out");
        }
        if (deniedIds.contains(id)) {
            throw new Fault.Denied(model.system, DENIED);
        }
        Deque<Event> events = ahead(read).get(model.system);
        return events == null ? null : events.poll();
    }

    private void end() {
        world.time.pass(10 + calls++ * 53 % 90);
        world.step("after a call");
    }
}
