package dev.cosell.live;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.spi.FactoryFinderResolver;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;

/**
 * Loads all route files as they would be after an edit into a scratch context that starts no route, and throws it away.
 */
final class DryRun {
    private final CamelContext running;
    private final LiveMappings mappings;
    private final Properties placeholders;
    private final Consumer<Registry> components;

    /** @param components binds the components that need settings, made anew for each context */
    DryRun(CamelContext running, LiveMappings mappings, Properties placeholders, Consumer<Registry> components) {
        this.running = running;
        this.mappings = mappings;
        this.placeholders = placeholders;
        this.components = components;
    }

    /**
     * Ends normally when the files would start.
     *
     * @param texts    of all files, by name
     * @param declared names of the beans that the files in force declare; the new ones have to declare what they use
     * @throws Exception saying what is wrong
     */
    void of(RouteFiles files, Map<String, String> texts, Set<String> declared) throws Exception {
        try (DefaultCamelContext scratch = new DefaultCamelContext()) {
            scratch.disableJMX();
            scratch.getCamelContextExtension().addContextPlugin(FactoryFinderResolver.class, known());
            scratch.setAutoStartup(false);
            Placeholders.give(scratch, placeholders);
            scratch.setApplicationContextClassLoader(running.getApplicationContextClassLoader());
            shareBeans(scratch, declared);
            components.accept(scratch.getRegistry());
            PluginHelper.getRoutesLoader(scratch).loadRoutes(files.resources(texts.keySet(), texts));
            scratch.start();
            mappings.check(scratch.getRegistry(), texts);
            List<String> faults = Wiring.faults(scratch, mappings.crms());
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", faults));
            }
        }
    }

    /** Which classes Camel's parts are, the running context has found in the jars already. */
    private FactoryFinderResolver known() {
        return new FactoryFinderResolver() {
            @Override
            public FactoryFinder resolveFactoryFinder(ClassResolver classResolver, String path) {
                return running.getCamelContextExtension().getFactoryFinder(path);
            }

            @Override
            public FactoryFinder resolveBootstrapFactoryFinder(ClassResolver classResolver, String path) {
                return resolveFactoryFinder(classResolver, path);
            }
        };
    }

    /** Beans are the real ones; a component belongs to one context. */
    private void shareBeans(DefaultCamelContext scratch, Set<String> declared) {
        running.getRegistry().findByTypeWithName(Object.class).forEach((name, bean) -> {
            if (!(bean instanceof Component) && !(bean instanceof CamelContext) && !declared.contains(name)) {
                scratch.getRegistry().bind(name, bean);
            }
        });
    }
}
