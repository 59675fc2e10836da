package dev.cosell.http;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hosts that a test calls. */
public final class KnownHosts {
    private KnownHosts() {}

    /** The hosts of these addresses and no others. */
    public static OutgoingHosts of(String... addresses) {
        return new OutgoingHosts(Stream.of(addresses).map(URI::create).map(OutgoingHosts::of)
                .collect(Collectors.toSet()));
    }
}
