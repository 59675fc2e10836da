package dev.cosell.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where this application calls: hosts that the settings name, and nothing else, whatever an answer, a record or a route
 * says.
 */
public final class OutgoingHosts {
    /** The setting that lists further hosts. */
    private static final String SETTING = "outgoing.hosts";
    private static final String BELOW = "*";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Set<String> hosts;

    /**
     * @param hosts each as {@code host:port}, in small letters; {@code *.example.com:443} stands for every host below
     *     that domain
     */
    public OutgoingHosts(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    /** A call to a host that no setting names; it was not made. */
    public static final class Unknown extends IOException {
        private static final long serialVersionUID = 1;

        Unknown(String refusal) {
            super(refusal);
        }
    }

    /** Host and port of an address, the usual port where it names none. */
    public static String of(URI address) {
        boolean usual = address.getPort() < 0;
        int port = !usual ? address.getPort() : "http".equalsIgnoreCase(address.getScheme()) ? HTTP : HTTPS;
        return String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Why an address may not be called, in one sentence with the remedy; null when it may be. */
    public String refusal(URI address) {
        String host = of(address);
        boolean named = hosts.contains(host) || hosts.stream().filter(each -> each.startsWith(BELOW))
                .anyMatch(each -> host.endsWith(each.substring(BELOW.length())));
        return named ? null : "No setting names the host " + host.replaceFirst(":" + HTTPS + "$", "")
                + ", so it was not called; if it is the right one, add it to " + SETTING;
    }

    /** @throws Unknown when no setting names the host */
    public void require(URI address) throws Unknown {
        String refusal = refusal(address);
        if (refusal != null) {
            throw new Unknown(refusal);
        }
    }
}
