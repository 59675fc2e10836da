package dev.cosell.settings;

import dev.cosell.mapping.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Environment variables that are called as if they were settings and are none. The environment belongs to others, too:
 * only names with a beginning that hardly any other program uses are looked at, and of these only what is nearly the
 * name of a setting ends the start.
 *
 * @param mistyped name to the one that was probably meant
 * @param unknown  names that are near none
 */
record StrayVariables(Map<String, String> mistyped, Set<String> unknown) {
    /** Behind a variable with this end stands the name of a file that holds the value. */
    static final String FILE = "_FILE";
    private static final List<String> BEGINNINGS = List.of("partner-center.", "marketplace-leads.", "management.",
            "webhook.", "alerts.", "backfill.", "sync.", "first-sync");
    /** What Kubernetes and Docker set for each service that a container can reach, whatever its name. */
    private static final Pattern OF_A_SERVICE = Pattern
            .compile(".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
    private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

    static StrayVariables in(Map<String, String> environment, Collection<Setting> settings,
            List<? extends CrmSettings> crms) {
        Set<String> known = settings.stream().map(Setting::variable)
                .flatMap(name -> Stream.of(name, name + FILE)).collect(Collectors.toSet());
        List<String> beginnings = beginnings(crms);
        Map<String, String> mistyped = new TreeMap<>();
        Set<String> unknown = new TreeSet<>();
        environment.forEach((name, value) -> beginnings.stream()
                .filter(beginning -> name.startsWith(beginning) && !known.contains(name) && !isOfAService(name, value))
                .forEach(beginning -> {
                    String nearest = nearest(name, beginning, known);
                    if (nearest == null) {
                        unknown.add(name);
                    } else {
                        mistyped.put(name, nearest);
                    }
                }));
        return new StrayVariables(mistyped, unknown);
    }

    private static List<String> beginnings(List<? extends CrmSettings> crms) {
        List<String> all = new ArrayList<>(BEGINNINGS);
        crms.forEach(crm -> all.addAll(List.of(crm.name() + ".", "setup." + crm.name() + ".")));
        return all.stream().map(text -> text.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')).toList();
    }

    private static boolean isOfAService(String name, String value) {
        return OF_A_SERVICE.matcher(name).matches()
                || name.endsWith("_PORT") && ADDRESS_OF_A_SERVICE.matcher(value).matches();
    }

    /** Compared without their beginning, because a long one in common makes no two names alike. */
    private static String nearest(String name, String beginning, Set<String> known) {
        String nearest = NearestWord.nearest(name.substring(beginning.length()), known.stream()
                .filter(each -> each.startsWith(beginning)).map(each -> each.substring(beginning.length())).toList());
        return nearest == null ? null : beginning + nearest;
    }

    static String fault(String name, String meant) {
        return "environment variable " + name + ": there is no setting of that name; did you mean " + meant
                + "? If it is another program's, start Cosell Sync without it";
    }
}
