package dev.cosell.http;

import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is particular to the calls of a system.
 *
 * @param oneName the one name of a host and port; links in answers are followed to every host with the name of the base
 * @param headers what each call carries besides its own headers
 */
public record Manner(UnaryOperator<String> oneName, Map<String, String> headers) {
    static final Manner PLAIN = new Manner(UnaryOperator.identity(), Map.of());

    public Manner {
        headers = Map.copyOf(headers);
    }

    /** Whether two addresses are of the same host and port. */
    boolean isOne(URI one, URI other) {
        return oneName.apply(one.getAuthority()).equalsIgnoreCase(oneName.apply(other.getAuthority()));
    }
}
