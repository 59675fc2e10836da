package dev.cosell.live;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the routes and mappings of edited files in the place of those that run. */
final class RunningRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRoutes.class);
    private static final String POLICIES = "routeConfiguration:";

    private final RouteFiles files;
    private final LiveMappings mappings;
    private final KeptPauses pauses;
    private final Map<String, String> lost = new ConcurrentSkipListMap<>();

    RunningRoutes(RouteFiles files, LiveMappings mappings, KeptPauses pauses) {
        this.files = files;
        this.mappings = mappings;
        this.pauses = pauses;
    }

    /**
     * Why the routes of a file do not all run, by its name: neither an edit nor what was before it would start. Empty
     * when all run.
     */
    Map<String, String> lost() {
        return Map.copyOf(lost);
    }

    /**
     * When it fails, what was in force is put back; what could not even be put back is {@link #lost}. What is lost and
     * not edited stands in nobody's way.
     *
     * @param edited  names of the files to exchange; one without a text in {@code next} is gone
     * @param inForce texts of all files until now, by name
     * @param next    the same from now on
     */
    void replace(CamelContext camel, Set<String> edited, Map<String, String> inForce, Map<String, String> next)
            throws Exception {
        Set<String> names = touched(edited, next);
        pauses.around(camel, !lost.isEmpty(), () -> exchangeOrPutBack(camel, names, inForce, next));
    }

    /** Tries to begin what is lost; all other routes run on meanwhile. */
    void putBackLost(CamelContext camel, Map<String, String> inForce) throws Exception {
        Set<String> names = lost().keySet();
        pauses.around(camel, true, () -> {
            putBackEach(camel, names, inForce);
            if (!lost.keySet().containsAll(names)) {
                mappings.refresh(camel.getRegistry(), inForce);
            }
        });
    }

    /**
     * A file with policies governs the routes of other files, which take them over only when they are made; those of a
     * lost one are made later.
     */
    private Set<String> touched(Set<String> edited, Map<String, String> texts) {
        Set<String> names = new TreeSet<>();
        if (edited.stream().anyMatch(name -> texts.getOrDefault(name, "").contains(POLICIES))) {
            names.addAll(RouteFiles.mentioning("routeConfigurationId:", texts));
            names.removeAll(lost.keySet());
        }
        names.addAll(edited);
        return names;
    }

    private void exchangeOrPutBack(CamelContext camel, Set<String> names, Map<String, String> inForce,
            Map<String, String> next) throws Exception {
        try {
            for (String name : names) {
                remove(camel, name, ids(next.get(name)));
            }
            PluginHelper.getRoutesLoader(camel)
                    .updateRoutes(files.resources(names.stream().filter(next::containsKey).toList(), next));
            takeOverBeans(camel, inForce, next);
            lost.keySet().removeAll(names);
        } catch (Throwable unexpected) {
            putBackEach(camel, names, inForce);
            putBackBeans(camel, next, inForce);
            throw unexpected;
        }
    }

    /**
     * None of the new routes may stay: one that has begun would keep an old one from taking its place again. Then each
     * file is tried by itself, because Camel ends with the first route that does not start, and what is behind it is
     * not to blame.
     */
    private void putBackEach(CamelContext camel, Set<String> names, Map<String, String> inForce) {
        try {
            for (String name : names) {
                remove(camel, name, Set.of());
            }
        } catch (Throwable stays) {
            LOG.debug("Not every route could be taken away; those that are put back replace it", stays);
        }
        lost.keySet().removeIf(name -> names.contains(name) && !inForce.containsKey(name));
        names.stream().filter(inForce::containsKey)
                .sorted(Comparator.comparing(name -> !isNeededByOthers(inForce.get(name))))
                .forEach(name -> putBack(camel, name, inForce));
    }

    /** The failure that this follows is the one to tell. */
    private void putBackBeans(CamelContext camel, Map<String, String> failed, Map<String, String> inForce) {
        try {
            takeOverBeans(camel, failed, inForce);
        } catch (Throwable still) {
            LOG.debug("The tables stay as they were", still);
        }
    }

    /** Routes take over beans and policies when they are made. */
    private static boolean isNeededByOthers(String text) {
        return text.contains(POLICIES) || text.contains("beans:");
    }

    private void putBack(CamelContext camel, String name, Map<String, String> inForce) {
        try {
            PluginHelper.getRoutesLoader(camel).updateRoutes(files.resources(List.of(name), inForce));
            if (lost.remove(name) != null) {
                LOG.info("The routes of {} run again", name);
            }
        } catch (Throwable still) {
            String sentence = name + ": its routes do not run, because what was in force cannot be put back: "
                    + Reason.of(still) + ". This is tried again every few seconds";
            if (lost.put(name, sentence) == null) {
                LOG.error("{}", sentence);
            }
        }
    }

    private void takeOverBeans(CamelContext camel, Map<String, String> before, Map<String, String> after) {
        unbindWhatIsGone(camel, before, after);
        mappings.refresh(camel.getRegistry(), after);
    }

    /** Camel binds what a text declares, and leaves bound what it declares no more. */
    private static void unbindWhatIsGone(CamelContext camel, Map<String, String> before, Map<String, String> after) {
        Set<String> gone = Declared.beans(before.values());
        gone.removeAll(Declared.beans(after.values()));
        gone.forEach(camel.getRegistry()::unbind);
    }

    private static Collection<String> ids(String text) {
        return text == null ? Set.of() : Declared.in(text).routes();
    }

    /**
     * A route that an edit has renamed or taken away must not run on beside the others. The definitions are asked,
     * because one that did not start is no route of the context.
     */
    private static void remove(CamelContext camel, String name, Collection<String> kept) throws Exception {
        ModelCamelContext model = (ModelCamelContext) camel;
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            Resource source = route.getResource();
            if (source != null && source.getLocation().endsWith("/" + name) && !kept.contains(route.getRouteId())) {
                model.removeRouteDefinition(route);
            }
        }
    }
}
