package dev.cosell.live;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/** What routes and mappings name in double braces: the settings, as they were read. */
public final class Placeholders {
    private Placeholders() {}

    /**
     * The settings go before variables of the environment and of Java, which count only for other names. Command line,
     * environment and file were weighed when the settings were read; Camel would let the environment win once more.
     */
    public static void goFirst(CamelContext camel) {
        PropertiesComponent placeholders = (PropertiesComponent) camel.getPropertiesComponent();
        placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
    }

    /** Gives them to a context that was not started yet. */
    public static void give(CamelContext camel, Properties settings) {
        goFirst(camel);
        camel.getPropertiesComponent().setInitialProperties(settings);
    }
}
