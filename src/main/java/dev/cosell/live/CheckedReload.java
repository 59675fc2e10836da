package dev.cosell.live;

import java.util.Collection;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live reload that a bad edit cannot hurt: a changed file is loaded into a scratch context first, because Camel drops the old
 * routes of a file before it parses the new ones. Only what starts there is handed on.
 */
public final class CheckedReload extends RouteWatcherReloadStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedReload.class);

    private final LiveMappings mappings;
    private final Properties placeholders;
    private volatile String fault = "";

    public CheckedReload(String folder, LiveMappings mappings, Properties placeholders) {
        super(folder);
        this.mappings = mappings;
        this.placeholders = placeholders;
        setPattern("*.camel.yaml");
        setRemoveAllRoutes(false);
        setPollTimeout(500);
    }

    /** Why the newest edit under {@code routes/} is not in force; empty when all is. */
    public String fault() {
        return fault.isEmpty() ? mappings.fault() : fault;
    }

    @Override
    protected void onRouteReload(Collection<Resource> resources, boolean removeEverything) {
        if (resources == null) {
            return;
        }
        try {
            for (Resource resource : resources) {
                tryOut(resource);
            }
            super.onRouteReload(resources, removeEverything);
            mappings.refresh(getCamelContext().getRegistry());
            fault = "";
            LOG.info("{} is in force as edited", names(resources));
        } catch (Exception bad) {
            fault = names(resources) + ": " + reason(bad);
            LOG.error("The edit of {} is not in force, the last good one stays: {}", names(resources), reason(bad));
        }
    }

    private void tryOut(Resource resource) throws Exception {
        if (!resource.exists()) {
            return;
        }
        try (DefaultCamelContext scratch = new DefaultCamelContext()) {
            scratch.disableJMX();
            scratch.setAutoStartup(false);
            scratch.getPropertiesComponent().setInitialProperties(placeholders);
            shareBeans(getCamelContext(), scratch);
            PluginHelper.getRoutesLoader(scratch).loadRoutes(resource);
            scratch.start();
        }
    }

    /** Beans are the real ones; components are made anew, because a component belongs to one context. */
    private static void shareBeans(CamelContext from, DefaultCamelContext to) {
        from.getRegistry().findByTypeWithName(Object.class).forEach((name, bean) -> {
            if (!(bean instanceof Component) && !(bean instanceof CamelContext)) {
                to.getRegistry().bind(name, bean);
            }
        });
    }

    private static String names(Collection<Resource> resources) {
        return String.join(", ", resources.stream().map(resource -> {
            String location = resource.getLocation();
            return location.substring(location.lastIndexOf('/') + 1);
        }).toList());
    }

    /** The innermost message says what is wrong; the outer ones say only that something is. */
    public static String reason(Throwable bad) {
        Throwable cause = bad;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
