package dev.cosell.sync.books;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A bounded set of keys whose answer we know. A missing key means "unknown", not "no". */
final class KnownKeys {
    private static final int LIMIT = 10_000;

    private final Set<String> keys = Collections.synchronizedSet(Collections.newSetFromMap(new Bounded()));

    boolean contains(String key) {
        return keys.contains(key);
    }

    void addAll(Collection<String> certain) {
        keys.addAll(certain);
    }

    boolean remove(String key) {
        return keys.remove(key);
    }

    void clear() {
        keys.clear();
    }

    private static final class Bounded extends LinkedHashMap<String, Boolean> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > LIMIT;
        }
    }
}
