package dev.cosell.settings;

import java.net.URI;

/** The forms of addresses, hosts and what becomes a part of an address; each check answers as in {@link Form}. */
final class AddressForm {
    private AddressForm() {}

    static String addressOrNothing(String value) {
        return value.isEmpty() ? null : address(value);
    }

    static String address(String value) {
        try {
            URI uri = URI.create(value);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isLocal(uri.getHost());
            return web && uri.getHost() != null && !value.endsWith("/") ? null
                    : "must be an https address without a slash at its end (http only for localhost)";
        } catch (IllegalArgumentException notAnAddress) {
            return "must be an https address";
        }
    }

    static String hostAddressOrNothing(String value) {
        return value.isEmpty() ? null : hostAddress(value);
    }

    /** What a browser shows behind the host, such as the page of an app, would stand before the paths of the API. */
    static String hostAddress(String value) {
        String fault = address(value);
        if (fault != null) {
            return fault;
        }
        URI uri = URI.create(value);
        String alone = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return value.equals(alone) ? null : "must end with the host: " + alone;
    }

    /** People of an Experience Cloud site sign in at its path; a page of Salesforce's own apps takes no sign-in. */
    static String signInAddress(String value) {
        String fault = address(value);
        if (fault != null) {
            return fault;
        }
        URI uri = URI.create(value);
        boolean sitesPath = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                && !uri.getRawPath().matches("/(lightning|one|setup|home)(/.*)?");
        return sitesPath ? null : hostAddress(value);
    }

    /** It becomes a part of the address that tokens are asked for at. */
    static String tenantOrNothing(String value) {
        return value.matches("([A-Za-z0-9][A-Za-z0-9.-]*)?") ? null
                : "must be the id of the tenant or one of its domain names, such as contoso.onmicrosoft.com";
    }

    /** Of one tenant: the others would let in whoever has an account anywhere. */
    static String issuerOrNothing(String value) {
        String wanted = "must be the issuer of one tenant, such as https://login.microsoftonline.com/<id of the "
                + "tenant>/v2.0";
        boolean entra = value.startsWith("https://login.microsoftonline.com/");
        boolean oneTenant = entra
                ? value.matches("https://[^/]+/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/v2\\.0")
                : !value.matches(".*/(common|organizations|consumers)(/.*)?");
        return value.isEmpty() || address(value) == null && oneTenant ? null : wanted;
    }

    /** An address that may hold the mark {@value Settings#PATH_SECRET_MARK}. */
    static String publicAddressOrNothing(String value) {
        return addressOrNothing(value.replace(Settings.PATH_SECRET_MARK, "secret"));
    }

    /** Names of hosts, of all below a domain, or with a port of their own. */
    static String hostsOrNothing(String value) {
        String host = "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?";
        return value.matches("(" + host + "(\\s*,\\s*" + host + ")*)?") ? null
                : "must be names of hosts, separated by commas, such as hooks.example.com, *.example.org";
    }

    /** Where certificates that sign are fetched from; without any the door would let nothing in. */
    static String certificateOrigins(String value) {
        return origins(value, "https") ? null
                : "must be https and a host each (http only for localhost), without a slash or path behind it, "
                        + "separated by commas, such as https://certificates.example.com";
    }

    /** Where those of issuers are fetched from, which need no protection: each is checked by what it is. */
    static String issuerOriginsOrNothing(String value) {
        return value.isEmpty() || origins(value, "https?") ? null
                : "must be http or https and a host each, without a slash or path behind it, separated by commas, such "
                        + "as http://www.microsoft.com";
    }

    private static boolean origins(String value, String scheme) {
        String host = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?";
        String origin = "(?i:(" + scheme + "://" + host + "|http://(localhost|127\\.0\\.0\\.1))(:\\d{1,5})?)";
        return value.matches(origin + "(\\s*,\\s*" + origin + ")*");
    }

    private static boolean isLocal(String host) {
        return "localhost".equals(host) || "127.0.0.1".equals(host);
    }
}
