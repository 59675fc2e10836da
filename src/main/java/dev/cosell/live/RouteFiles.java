package dev.cosell.live;

import dev.cosell.text.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private Look before = new Look(Set.of(), Map.of(), Map.of());

    /** What tells that a file was written since, without reading it; links are followed. */
    private record Stamp(FileTime modified, long size, Object file) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /** @param until in nanoseconds of this process, when it is read again whatever its stamp says */
    private record Reading(Stamp stamp, String text, long until) {}

    /**
     * What is there.
     *
     * @param names  of all files
     * @param texts  of those that can be read, by name
     * @param faults a sentence for each of the others, by name; one for the folder when it cannot be listed
     */
    public record Look(Set<String> names, Map<String, String> texts, Map<String, String> faults) {}

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

    /**
     * Texts by file name.
     *
     * @throws IllegalStateException when one cannot be read; the message names each such file
     */
    public Map<String, String> now() {
        Look look = look();
        if (!look.faults().isEmpty()) {
            throw new IllegalStateException(String.join("\n", look.faults().values()));
        }
        return look.texts();
    }

    /** One file that cannot be read keeps nobody from the others. */
    public synchronized Look look() {
        Look look = new Look(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !name.startsWith(".") && !excluded.test(name)
                        && !Files.isDirectory(file)) {
                    look(file, name, look);
                }
            }
        } catch (IOException unreadable) {
            look.faults().put(folder.toString(), fault("The folder " + folder, unreadable));
        } catch (UncheckedIOException whileListing) {
            look.faults().put(folder.toString(), fault("The folder " + folder, whileListing.getCause()));
        }
        return look;
    }

    private void look(Path file, String name, Look look) {
        try {
            look.texts().put(name, text(file));
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException unreadable) {
            look.faults().put(name, fault(name, unreadable));
        }
        look.names().add(name);
    }

    private static String fault(String what, IOException unreadable) {
        if (unreadable instanceof TextFile.NotUtf8) {
            return what + " " + unreadable.getMessage();
        }
        if (unreadable instanceof AccessDeniedException) {
            return what + " cannot be read. Give the user that the application runs as the right to read it";
        }
        return what + " cannot be read: " + unreadable;
    }

    /** Some file systems and copying tools leave a written file with the time and size that it had. */
    private String text(Path file) throws IOException {
        Stamp stamp = Stamp.of(file);
        Reading last = readings.get(file);
        if (last == null || !last.stamp().equals(stamp) || System.nanoTime() - last.until() >= 0) {
            last = new Reading(stamp, TextFile.read(file), System.nanoTime() + MOST_AGE.toNanos());
            readings.put(file, last);
        }
        return last.text();
    }

    /**
     * The names that are there now, and the texts and faults that are as they were at the last look: whoever wrote them
     * has finished.
     */
    synchronized Look settled() {
        Look now = look();
        Look settled = new Look(now.names(), same(now.texts(), before.texts()), same(now.faults(), before.faults()));
        before = now;
        return settled;
    }

    private static Map<String, String> same(Map<String, String> now, Map<String, String> before) {
        Map<String, String> same = new TreeMap<>(now);
        same.entrySet().removeIf(file -> !file.getValue().equals(before.get(file.getKey())));
        return same;
    }

    String location(String name) {
        return "file:" + folder.resolve(name);
    }

    /** The named ones of these texts, as Camel loads them. */
    public List<Resource> resources(Collection<String> names, Map<String, String> texts) {
        return names.stream().map(name -> ResourceHelper.fromString(location(name), texts.get(name))).toList();
    }

    /** What the named ones of these texts declare as beans, as Camel loads it; of their routes nothing. */
    public List<Resource> beans(Collection<String> names, Map<String, String> texts) {
        Map<String, String> beans = new TreeMap<>();
        names.forEach(name -> beans.put(name, new RouteText(texts.get(name)).beans()));
        beans.values().removeIf(String::isEmpty);
        return resources(beans.keySet(), beans);
    }

    /** Names of the files in which this word stands. */
    static List<String> mentioning(String word, Map<String, String> texts) {
        return texts.entrySet().stream().filter(file -> file.getValue().contains(word)).map(Map.Entry::getKey).sorted()
                .toList();
    }
}
