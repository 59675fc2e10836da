package dev.cosell.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.AntPathMatcher;

/**
 * The texts of the files under {@code routes/}, looked at from time to time. Looking is used because notifications of
 * the file system miss mounted folders and links that are swapped, and come in the middle of a write.
 */
public final class RouteFiles {
    private static final String ENDING = ".camel.yaml";
    private static final Duration MOST_AGE = Duration.ofSeconds(10);

    private final Path folder;
    private final Predicate<String> excluded;
    private final Map<Path, Reading> readings = new HashMap<>();
    private Map<String, String> before = Map.of();

    /** What tells that a file was written since, without reading it; links are followed. */
    private record Stamp(FileTime modified, long size, Object file) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /** @param until in nanoseconds of this process, when it is read again whatever its stamp says */
    private record Reading(Stamp stamp, String text, long until) {}

    private RouteFiles(Path folder, Predicate<String> excluded) {
        this.folder = folder;
        this.excluded = excluded;
    }

    /** All of a folder. */
    static RouteFiles all(Path folder) {
        return new RouteFiles(folder, name -> false);
    }

    /** Those that are loaded with these placeholders, in which Camel's own settings name patterns of others. */
    public static RouteFiles loaded(Path folder, Properties placeholders) {
        List<String> excluded = List.of(placeholders.getProperty("camel.main.routesExcludePattern", "").split(","));
        return new RouteFiles(folder,
                name -> excluded.stream().anyMatch(pattern -> AntPathMatcher.INSTANCE.match(pattern, name)));
    }

    /** Texts by file name. */
    public synchronized Map<String, String> now() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !name.startsWith(".") && !excluded.test(name)) {
                    texts.put(name, text(file));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }

    /** Some file systems and copying tools leave a written file with the time and size that it had. */
    private String text(Path file) throws IOException {
        Stamp stamp = Stamp.of(file);
        Reading last = readings.get(file);
        if (last == null || !last.stamp().equals(stamp) || System.nanoTime() - last.until() >= 0) {
            last = new Reading(stamp, Files.readString(file), System.nanoTime() + MOST_AGE.toNanos());
            readings.put(file, last);
        }
        return last.text();
    }

    /** The texts that are as they were at the last look: whoever wrote them has finished. */
    Map<String, String> settled() {
        Map<String, String> now = now();
        Map<String, String> settled = new TreeMap<>(now);
        settled.entrySet().removeIf(file -> !file.getValue().equals(before.get(file.getKey())));
        before = now;
        return settled;
    }

    String location(String name) {
        return "file:" + folder.resolve(name);
    }

    /** The named ones of these texts, as Camel loads them. */
    public List<Resource> resources(Collection<String> names, Map<String, String> texts) {
        return names.stream().map(name -> ResourceHelper.fromString(location(name), texts.get(name))).toList();
    }

    /** Names of the files in which this word stands. */
    static List<String> mentioning(String word, Map<String, String> texts) {
        return texts.entrySet().stream().filter(file -> file.getValue().contains(word)).map(Map.Entry::getKey).sorted()
                .toList();
    }
}
