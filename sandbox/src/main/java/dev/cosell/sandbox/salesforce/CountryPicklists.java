package dev.cosell.sandbox.salesforce;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The countries of addresses in an org with state and country picklists: the name in one field and the code in the one
 * beside it, of which a write gives either. States are taken as they come.
 */
final class CountryPicklists {
    private static final String CODE = "Code";
    private static final Map<String, String> NAMES = Arrays.stream(Locale.getISOCountries()).collect(
            Collectors.toUnmodifiableMap(Function.identity(), CountryPicklists::name));
    private static final Map<String, String> CODES = NAMES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private CountryPicklists() {}

    private static String name(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }

    /** Whether an org has the field only with such picklists. */
    static boolean bring(Field field) {
        return field.name().endsWith("Country" + CODE) || field.name().endsWith("State" + CODE);
    }

    /** Fills what was not given, and refuses a country that is in no list. */
    static void align(Row row, Set<String> given) {
        for (Field code : row.type().fields()) {
            if (code.name().endsWith("Country" + CODE)) {
                Field name = row.type().field(code.name().substring(0, code.name().length() - CODE.length()));
                if (given.contains(code.name())) {
                    row.values().put(name.name(), listed(NAMES, code, row.text(code.name())));
                } else if (given.contains(name.name())) {
                    row.values().put(code.name(), listed(CODES, name, row.text(name.name())));
                }
            }
        }
    }

    private static String listed(Map<String, String> other, Field field, String value) {
        if (value != null && !other.containsKey(value)) {
            throw Refusal.bad("FIELD_INTEGRITY_EXCEPTION", "There's a problem with this country, even though it may "
                    + "appear correct. Please select a country/territory from the list of valid countries.: "
                    + field.label(), field.name());
        }
        return value == null ? null : other.get(value);
    }
}
