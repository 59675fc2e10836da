package dev.cosell.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with the credentials of the real systems, a sentence each with its remedy. */
final class Credentials {
    private static final List<Key> NEEDED = List.of(Key.PARTNER_CENTER_TENANT, Key.PARTNER_CENTER_CLIENT_ID);
    private static final String PLACES = " in application.properties or as " + Key.CRMS.variable();

    private Credentials() {}

    /**
     * @param synced the CRMs that are synced
     * @param chosen whether somebody has said which these are; otherwise they are all there are
     * @param values as they are in force; never null
     */
    static List<String> faults(List<? extends CrmSettings> synced, boolean chosen, Function<Setting, String> values) {
        List<? extends CrmSettings> given = synced.stream().filter(crm -> isGiven(crm, values)).toList();
        List<String> faults = new ArrayList<>();
        if (chosen || given.size() == synced.size()) {
            return ofSystems(synced, values);
        }
        if (given.isEmpty()) {
            faults.add("crms is not set, so " + titles(synced) + " are synced: set crms" + PLACES
                    + " to those that you have");
            faults.addAll(ofSystems(synced, values));
            return faults;
        }
        String names = given.stream().map(CrmSettings::name).collect(Collectors.joining(", "));
        synced.stream().filter(crm -> !given.contains(crm)).forEach(crm -> faults.add("crms is not set, so "
                + crm.title() + " is synced too: set crms = " + names + PLACES + ", or give " + crm.title()
                + " its credentials, beginning with " + names(crm.needed())));
        faults.addAll(ofSystems(given, values));
        return faults;
    }

    private static boolean isGiven(CrmSettings crm, Function<Setting, String> values) {
        return crm.credentials().stream().anyMatch(key -> !values.apply(key).isEmpty());
    }

    private static List<String> ofSystems(List<? extends CrmSettings> crms, Function<Setting, String> values) {
        List<String> faults = new ArrayList<>();
        crms.forEach(crm -> faults.addAll(crm.credentialFaults(values)));
        Stream.concat(NEEDED.stream(), crms.stream().flatMap(crm -> crm.needed().stream()))
                .filter(key -> values.apply(key).isEmpty())
                .forEach(key -> faults
                        .add(key.text() + " is not set; set it in application.properties or as " + key.variable()
                                + ", or remove all credentials to run against the sandbox"));
        return faults;
    }

    private static String titles(List<? extends CrmSettings> crms) {
        return crms.stream().map(CrmSettings::title).collect(Collectors.joining(" and "));
    }

    private static String names(List<? extends Setting> keys) {
        return keys.stream().map(Setting::text).collect(Collectors.joining(", "));
    }
}
