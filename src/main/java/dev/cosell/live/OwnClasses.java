package dev.cosell.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Classes that a customer has written, such as converters: those in the folder {@code ext} beside that of the routes,
 * and in the jars there. They are not on the class path, which is the one that the archive of classes was made for.
 */
public final class OwnClasses {
    private static final String FOLDER = "ext";

    private OwnClasses() {}

    /** Gives them to a context that has loaded no route yet. */
    public static void give(CamelContext camel, Path routes) {
        Path folder = routes.toAbsolutePath().resolveSibling(FOLDER);
        if (Files.isDirectory(folder)) {
            camel.setApplicationContextClassLoader(new URLClassLoader(FOLDER, places(folder),
                    OwnClasses.class.getClassLoader()));
        }
    }

    private static URL[] places(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            return Stream.concat(Stream.of(folder), jars.stream()).map(OwnClasses::url).toArray(URL[]::new);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The folder " + folder + " with classes of your own cannot be read",
                    unreadable);
        }
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
