package dev.cosell.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of YAML as maps, lists and plain values. A key that stands twice is refused. */
final class Yaml {
    private Yaml() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> read(Path file) {
        try {
            Load yaml = new Load(LoadSettings.builder().build());
            return (Map<String, Object>) yaml.loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value that a path of keys leads to; null where one of them is missing. */
    @SuppressWarnings("unchecked")
    static <T> T at(Object from, String... path) {
        Object value = from;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return (T) value;
    }

    static Map<String, Object> map(Object from, String... path) {
        Map<String, Object> found = at(from, path);
        return found == null ? Map.of() : found;
    }

    static List<Object> list(Object from, String... path) {
        List<Object> found = at(from, path);
        return found == null ? List.of() : found;
    }

    /** Every text in it, keys left out. */
    static Stream<String> texts(Object from) {
        if (from instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(Yaml::texts);
        }
        return from instanceof Iterable<?> all ? StreamSupport.stream(all.spliterator(), false).flatMap(Yaml::texts)
                : Stream.of(String.valueOf(from));
    }
}
