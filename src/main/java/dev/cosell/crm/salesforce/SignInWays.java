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
 * @param ways each of them is one by itself; without any of them the secret alone is one
 * @param with what each of these ways needs, in the same order
 */
record SignInWays(SalesforceKey clientId, SalesforceKey secret, List<SalesforceKey> ways,
        List<List<SalesforceKey>> with) {
    static final SignInWays SYNC = new SignInWays(SalesforceKey.CLIENT_ID, SalesforceKey.CLIENT_SECRET,
            List.of(SalesforceKey.REFRESH_TOKEN, SalesforceKey.KEYSTORE, SalesforceKey.PASSWORD),
            List.of(List.of(), List.of(SalesforceKey.USER_NAME, SalesforceKey.KEYSTORE_PASSWORD),
                    List.of(SalesforceKey.USER_NAME, SalesforceKey.CLIENT_SECRET)));
    static final SignInWays SETUP = new SignInWays(SalesforceKey.SETUP_CLIENT_ID, SalesforceKey.SETUP_CLIENT_SECRET,
            List.of(SalesforceKey.SETUP_REFRESH_TOKEN, SalesforceKey.SETUP_PASSWORD),
            List.of(List.of(), List.of(SalesforceKey.SETUP_USER_NAME, SalesforceKey.SETUP_CLIENT_SECRET)));

    /** What keeps a sign-in from being made, a sentence each. */
    List<String> faults(Function<Setting, String> values) {
        List<SalesforceKey> set = ways.stream().filter(way -> isSet(way, values)).toList();
        if (set.size() > 1) {
            return List.of(names(set, " and ")
                    + " are several ways to sign in: keep one of them and remove the others");
        }
        if (set.isEmpty()) {
            return isSet(secret, values) ? List.of()
                    : List.of(secret.text() + " is not set; set it in application.properties or as " + secret.variable()
                            + ", or choose another way to sign in with " + names(ways, " or "));
        }
        SalesforceKey way = set.get(0);
        return with.get(ways.indexOf(way)).stream().filter(need -> !isSet(need, values))
                .map(need -> way.text() + " needs " + need.text()).toList();
    }

    /** The same for a sign-in that need not be: without its client id none of it may be set. */
    List<String> faultsIfWanted(Function<Setting, String> values) {
        if (isSet(clientId, values)) {
            return faults(values);
        }
        List<SalesforceKey> all = new ArrayList<>(List.of(secret));
        all.addAll(ways);
        with.forEach(all::addAll);
        return all.stream().distinct().filter(key -> isSet(key, values))
                .map(key -> key.text() + " needs " + clientId.text()).toList();
    }

    private static boolean isSet(SalesforceKey key, Function<Setting, String> values) {
        return !values.apply(key).isEmpty();
    }

    private static String names(List<SalesforceKey> keys, String between) {
        return keys.stream().map(Setting::text).collect(Collectors.joining(between));
    }
}
