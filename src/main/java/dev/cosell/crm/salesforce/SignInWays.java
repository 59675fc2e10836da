package dev.cosell.crm.salesforce;

import dev.cosell.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings of one sign-in, which decide together in which way it is made. Camel's component finds that out by
 * itself, but does not know our settings: what it says names none of them.
 *
 * @param ways each of them is one by itself, with what it needs besides; without any of them the secret alone is one
 */
record SignInWays(SalesforceKey clientId, SalesforceKey secret, List<Way> ways) {
    static final SignInWays SYNC = new SignInWays(SalesforceKey.CLIENT_ID, SalesforceKey.CLIENT_SECRET,
            List.of(Way.by(SalesforceKey.REFRESH_TOKEN),
                    Way.by(SalesforceKey.KEYSTORE, SalesforceKey.USER_NAME, SalesforceKey.KEYSTORE_PASSWORD),
                    Way.by(SalesforceKey.PASSWORD, SalesforceKey.USER_NAME, SalesforceKey.CLIENT_SECRET)));
    static final SignInWays SETUP = new SignInWays(SalesforceKey.SETUP_CLIENT_ID, SalesforceKey.SETUP_CLIENT_SECRET,
            List.of(Way.by(SalesforceKey.SETUP_REFRESH_TOKEN),
                    Way.by(SalesforceKey.SETUP_PASSWORD, SalesforceKey.SETUP_USER_NAME,
                            SalesforceKey.SETUP_CLIENT_SECRET)));

    /** @param key sets this way apart from the others */
    record Way(SalesforceKey key, List<SalesforceKey> needs) {
        private static Way by(SalesforceKey key, SalesforceKey... needs) {
            return new Way(key, List.of(needs));
        }

        private static String names(List<Way> ways, String between) {
            return ways.stream().map(way -> way.key.text()).collect(Collectors.joining(between));
        }
    }

    /** What keeps a sign-in from being made, a sentence each. */
    List<String> faults(Function<Setting, String> values) {
        List<Way> set = ways.stream().filter(way -> isSet(way.key, values)).toList();
        if (set.size() > 1) {
            return List.of(Way.names(set, " and ")
                    + " are several ways to sign in: keep one of them and remove the others");
        }
        if (set.isEmpty()) {
            return isSet(secret, values) ? addressFaults(values)
                    : List.of(secret.text() + " is not set; set it in application.properties or as " + secret.variable()
                            + ", or choose another way to sign in with " + Way.names(ways, " or "));
        }
        Way way = set.get(0);
        return way.needs.stream().filter(need -> !isSet(need, values))
                .map(need -> way.key.text() + " needs " + need.text()).toList();
    }

    /** Where all organisations sign in, Salesforce takes no client credentials. */
    private List<String> addressFaults(Function<Setting, String> values) {
        return isOfAll(values.apply(SalesforceKey.LOGIN_URL))
                ? List.of(SalesforceKey.LOGIN_URL.text() + " must be your own domain, such as "
                        + "https://example.my.salesforce.com, to sign in with client credentials (" + secret.text()
                        + "): " + values.apply(SalesforceKey.LOGIN_URL) + " takes none")
                : List.of();
    }

    /** Whether an address is one that all organisations share. */
    static boolean isOfAll(String address) {
        return address.matches("(?i)https://(login|test)\\.salesforce\\.com([:/].*)?");
    }

    /** The same for a sign-in that need not be: without its client id none of it may be set. */
    List<String> faultsIfWanted(Function<Setting, String> values) {
        if (isSet(clientId, values)) {
            return faults(values);
        }
        List<SalesforceKey> all = new ArrayList<>(List.of(secret));
        ways.forEach(way -> {
            all.add(way.key);
            all.addAll(way.needs);
        });
        return all.stream().distinct().filter(key -> isSet(key, values))
                .map(key -> key.text() + " needs " + clientId.text()).toList();
    }

    private static boolean isSet(SalesforceKey key, Function<Setting, String> values) {
        return !values.apply(key).isEmpty();
    }
}
