package dev.cosell.support;

import dev.cosell.cluster.Version;
import dev.cosell.mapping.text.MappingTexts;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.text.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a support bundle says of an installation, whether it runs or not. */
public final class Installation {
    private static final String MAPPING = "mapping-";

    private Installation() {}

    /**
     * @param routes the texts under {@code routes/}, by file name
     * @param now    when the bundle is made
     * @return texts, or what becomes JSON, by the name of the file in the bundle
     */
    public static Map<String, Object> files(Settings settings, Map<String, String> routes, Instant now) {
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("about.json", about(now));
        files.put("settings.json", settings.shown());
        Map<String, String> digests = new TreeMap<>();
        routes.forEach((name, text) -> digests.put(name, Digest.of(text)));
        files.put("routes.json", digests);
        mappings(settings.crms(), routes).forEach(name -> files.put("mapping/" + name, routes.get(name)));
        files.put("data-folder.json", sizes(settings.path(Key.DATA_DIRECTORY)));
        return files;
    }

    /** Those with tables, and those with the usual names: in one that is no YAML no table is found. */
    private static SortedSet<String> mappings(List<String> crms, Map<String, String> routes) {
        MappingTexts texts = new MappingTexts(routes);
        return Stream.concat(crms.stream().map(texts::files).flatMap(List::stream),
                routes.keySet().stream().filter(name -> name.startsWith(MAPPING)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the process that makes the bundle, which is the application itself when it runs. */
    public static Map<String, Object> about(Instant now) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("made", now.toString());
        about.put("version", Version.OURS);
        Stream.of("java.vendor", "java.runtime.version", "java.vm.name", "os.name", "os.version", "os.arch",
                "file.encoding", "sun.jnu.encoding").forEach(name -> about.put(name, System.getProperty(name)));
        about.put("timeZone", java.time.ZoneId.systemDefault().getId());
        about.put("processors", Runtime.getRuntime().availableProcessors());
        about.put("largestHeapBytes", Runtime.getRuntime().maxMemory());
        about.put("upSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        about.put("libraries", libraries());
        return about;
    }

    /** File names, which hold the versions: those on the class path, and those beside a jar that names them itself. */
    private static TreeSet<String> libraries() {
        TreeSet<String> names = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")) {
                names.add(jar.getFileName().toString());
                names.addAll(jarsIn(jar.resolveSibling("lib")));
            }
        }
        return names;
    }

    private static List<String> jarsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** In bytes, by the path below the folder; of files whose names are ours, so no content is looked at. */
    private static Map<String, Long> sizes(Path folder) {
        Map<String, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> sizes.put(folder.relativize(file).toString(), file.toFile().length()));
            } catch (IOException | UncheckedIOException unreadable) {
                sizes.put("(the folder could not be read whole)", 0L);
            }
        }
        return sizes;
    }
}
