package dev.cosell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Routes of a file under routes/, for a context that has the beans of these alone. */
public final class ShippedRoutes {
    private ShippedRoutes() {}

    /** All files with routes or mappings, sorted. */
    public static List<Path> files() {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the folder */
    public static Path copyTo(Path folder) {
        try {
            for (Path file : files()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param wanted by the id of the route; the others of the file are left out */
    public static void load(DefaultCamelContext context, String file, Predicate<String> wanted) throws Exception {
        load(context, ResourceHelper.resolveResource(context, "file:routes/" + file + ".camel.yaml"), wanted);
    }

    public static void load(DefaultCamelContext context, Resource file, Predicate<String> wanted) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(file);
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            if (file.getLocation().equals(route.getResource() == null ? null : route.getResource().getLocation())
                    && !wanted.test(route.getRouteId())) {
                context.removeRouteDefinition(route);
            }
        }
    }
}
