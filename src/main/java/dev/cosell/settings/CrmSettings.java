package dev.cosell.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the reader of settings has to know of a CRM. */
public interface CrmSettings {
    /**
     * The name in the setting {@code crms}, in front of its settings and in the names of its files, routes and beans.
     */
    String name();

    /** The name for people, such as {@code Dynamics 365}. */
    String title();

    /** Every setting that this CRM alone reads, each beginning with its name, {@code setup.} or {@code sandbox.}. */
    List<? extends Setting> keys();

    /** Those of them that mean a real system: one with a value ends the sandbox mode. */
    Collection<? extends Setting> credentials();

    /** Those of them without which the CRM cannot be reached; asked for outside of the sandbox mode. */
    List<? extends Setting> needed();

    /**
     * What is wrong with its credentials taken together, a sentence each that names the settings; asked for outside of
     * the sandbox mode.
     *
     * @param values as they are in force; never null
     */
    default List<String> credentialFaults(Function<Setting, String> values) {
        return List.of();
    }

    /** The port of its stand-in server in the sandbox, {@code sandbox.<name>-port}; empty when the sandbox has none. */
    Optional<Setting> sandboxPort();

    /**
     * Addresses and credentials of the stand-in server, in force in sandbox mode whatever is set.
     *
     * @param present the values set so far, for the ports of the servers
     */
    Map<Setting, String> sandboxValues(Function<Setting, String> present);

    /** Defaults of sandbox mode where they differ. */
    default Map<Setting, String> sandboxDefaults() {
        return Map.of();
    }

    /** Hosts that it is reached under beside those of its settings, as {@link Settings#hosts} has them. */
    default Set<String> hosts(Settings settings) {
        return Set.of();
    }

    /** Placeholders that its routes use beside the settings themselves, such as whether a route starts. */
    default Map<String, String> placeholders(Settings settings) {
        return Map.of();
    }
}
