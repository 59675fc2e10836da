package dev.cosell.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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

    private final Path folder;
    private final Predicate<String> excluded;
    private Map<String, String> before = Map.of();

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
    public Map<String, String> now() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !name.startsWith(".") && !excluded.test(name)) {
                    texts.put(name, Files.readString(file));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
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
