package dev.cosell.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A system in memory: its records with all their earlier states, a version with each write, and its own clock. */
abstract class Model {
    /** Status of a deal as people see it. */
    enum Status { NEW, OPEN, WON, LOST }

    /** How long, in milliseconds, a new record may be missing in a search. */
    private static final long LATEST = 30_000;

    final String system;
    final World world;
    /** How far its clock is ahead, in milliseconds. */
    final long skew;
    private final Map<String, List<Map<String, Object>>> records = new LinkedHashMap<>();
    private final Map<String, Long> made = new HashMap<>();
    private long version = 100;

    Model(String system, World world, long skew) {
        this.system = system;
        this.world = world;
        this.skew = skew;
    }

    /** The record as it is now; null when it never was or is deleted. */
    Map<String, Object> get(String id) {
        List<Map<String, Object>> states = records.get(id);
        return states == null ? null : states.get(states.size() - 1);
    }

    /** As it was before its last change; the first state when there was none. */
    Map<String, Object> stale(String id) {
        List<Map<String, Object>> states = records.get(id);
        return states == null ? null : states.get(Math.max(0, states.size() - 2));
    }

    /** As it was so many changes ago; null when it was not there then. */
    Map<String, Object> ago(String id, int changes) {
        List<Map<String, Object>> states = records.get(id);
        return states.size() <= changes ? null : states.get(states.size() - 1 - changes);
    }

    /** All its states so far; null where it was not there. */
    List<Map<String, Object>> states(String id) {
        return records.getOrDefault(id, List.of());
    }

    Collection<String> ids() {
        return records.keySet();
    }

    List<Map<String, Object>> with(String field, String value) {
        return records.keySet().stream().map(this::get).filter(each -> each != null && value.equals(each.get(field)))
                .toList();
    }

    /** The same as a search finds it whose index is behind: what was made just now is not in it. */
    List<Map<String, Object>> found(String field, String value) {
        boolean behind = world.calls.isStale();
        return records.keySet().stream().filter(id -> !behind || world.time.now() - made.get(id) > LATEST)
                .map(this::get).filter(each -> each != null && value.equals(each.get(field))).toList();
    }

    /** A write of whoever: gives the record its next version. */
    Map<String, Object> commit(String id, Consumer<Map<String, Object>> change) {
        Map<String, Object> before = get(id);
        Map<String, Object> next = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
        change.accept(next);
        stamp(next, ++version, Instant.ofEpochMilli(world.time.now() + skew));
        Map<String, Object> stored = Collections.unmodifiableMap(next);
        made.putIfAbsent(id, world.time.now());
        records.computeIfAbsent(id, key -> new ArrayList<>()).add(stored);
        world.changed(this, id, before, stored);
        return stored;
    }

    void delete(String id) {
        records.get(id).add(null);
        world.changed(this, id, null, null);
    }

    /** Whether a record was there once and is not any more. */
    boolean gone(String id) {
        return records.containsKey(id) && get(id) == null;
    }

    /** The number with zeros before it; {@code String.format} takes much of the time of a history. */
    static String digits(int number, int length) {
        String text = Integer.toString(number);
        return "0".repeat(length - text.length()) + text;
    }

    abstract void stamp(Map<String, Object> record, long number, Instant at);

    abstract String version(Map<String, Object> record);

    abstract Object read(Map<String, Object> record, Field field);

    abstract void put(Map<String, Object> record, Field field, Object value);

    abstract Status status(Map<String, Object> record);

    abstract void status(Map<String, Object> record, Status status);

    boolean isClosed(Map<String, Object> record) {
        return status(record) == Status.WON || status(record) == Status.LOST;
    }

    String shown(String id, Field field) {
        Map<String, Object> record = get(id);
        return record == null ? null : Field.shown(read(record, field));
    }
}
